/**
 * Which instances end on scale-in: the zone with the most that has one without protection, then the termination policies
 * inside it (Amazon EC2 Auto Scaling guide, instance termination). Called by decide. All protected: none.
 */
import type { GroupInstance } from '../../cluster/capacity-state.ts';
import type { ClusterView } from '../../cluster/state.ts';
import type { TerminationPolicy } from '../../model/auto-scaling-group.ts';
import type { Observation } from '../observe.ts';
import { countByZone } from './launches.ts';

const HOUR_MS = 3_600_000;

export function victims(view: ClusterView, seen: Observation, count: number): GroupInstance[] {
  const chosen: GroupInstance[] = [];
  while (chosen.length < count) {
    const left = seen.alive.filter((one) => !chosen.includes(one));
    const next = nextVictim(view, seen, left);
    if (next === undefined) break;
    chosen.push(next);
  }
  return chosen;
}

function nextVictim(view: ClusterView, seen: Observation, left: readonly GroupInstance[]): GroupInstance | undefined {
  const zones = [...new Set(left.map(({ availabilityZone }) => availabilityZone))];
  if (zones.length === 0) return undefined;
  const instanceCounts = countByZone(zones, left);
  const protectedCounts = countByZone(
    zones,
    left.filter(({ isProtected }) => isProtected),
  );
  const after = view.decisions.balanceZones({ instanceCounts, protectedCounts, change: -1 });
  const zone = zones.find((one) => (after[one] ?? 0) < (instanceCounts[one] ?? 0));
  if (zone === undefined) return undefined;
  // Between zones with equally many the policies decide.
  const isOpen = (one: GroupInstance): boolean => instanceCounts[one.availabilityZone] === instanceCounts[zone];
  const open = left.filter((one) => !one.isProtected && isOpen(one));
  return byPolicies(view, seen, left, open);
}

/** Each policy keeps those that it prefers; the last tie goes to the first zone by name, then the lowest instance id. */
function byPolicies(
  view: ClusterView,
  seen: Observation,
  left: readonly GroupInstance[],
  open: readonly GroupInstance[],
): GroupInstance | undefined {
  let kept = open;
  for (const policy of seen.group.settings.terminationPolicies) kept = prefer(view, seen, policy, { left, kept });
  const key = ({ availabilityZone, instanceId }: GroupInstance): string => `${availabilityZone} ${instanceId}`;
  return [...kept].sort((a, b) => (key(a) < key(b) ? -1 : 1))[0];
}

interface Choice {
  readonly left: readonly GroupInstance[];
  readonly kept: readonly GroupInstance[];
}

/** One launch template a group: policies that go by its version keep all. */
function prefer(
  view: ClusterView,
  seen: Observation,
  policy: TerminationPolicy,
  { left, kept }: Choice,
): readonly GroupInstance[] {
  switch (policy) {
    case 'OldestInstance':
      return most(kept, ({ launchedAtMs }) => -launchedAtMs);
    case 'NewestInstance':
      return most(kept, ({ launchedAtMs }) => launchedAtMs);
    case 'ClosestToNextInstanceHour':
      return most(kept, ({ launchedAtMs }) => (seen.nowMs - launchedAtMs) % HOUR_MS);
    case 'AllocationStrategy':
      return misallocated(view, seen, { left, kept });
    case 'Default':
      return most(
        misallocated(view, seen, { left, kept }),
        ({ launchedAtMs }) => (seen.nowMs - launchedAtMs) % HOUR_MS,
      );
    case 'OldestLaunchTemplate':
    case 'OldestLaunchConfiguration':
      return kept;
  }
}

/** Of a mixed group the kind, On-Demand or Spot, that is too many once one has gone. */
function misallocated(view: ClusterView, { group }: Observation, { left, kept }: Choice): readonly GroupInstance[] {
  const { mixed } = group.settings;
  if (mixed === undefined || left.length === 0) return kept;
  const { onDemandBaseCapacity, onDemandPercentageAboveBaseCapacity } = mixed;
  const { onDemand } = view.decisions.mixedInstances({
    onDemandBaseCapacity,
    onDemandPercentageAboveBaseCapacity,
    total: left.length - 1,
  });
  const isTooMany = left.filter(({ isSpot }) => !isSpot).length > onDemand;
  const preferred = kept.filter(({ isSpot }) => isSpot !== isTooMany);
  return preferred.length > 0 ? preferred : kept;
}

function most(instances: readonly GroupInstance[], key: (one: GroupInstance) => number): readonly GroupInstance[] {
  const best = instances.reduce((value, one) => Math.max(value, key(one)), Number.NEGATIVE_INFINITY);
  return instances.filter((one) => key(one) === best);
}
