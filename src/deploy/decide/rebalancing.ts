/**
 * Availability-zone rebalancing (ECS developer guide): in steady state a task of the fullest zone becomes unfit when a zone
 * with room has two fewer; its replacement starts first, and the spread puts it where fewest are.
 */
import { placementOf } from '../../cluster/apply/placement.ts';
import type { RebalancingState } from '../../cluster/commands.ts';
import type { ClusterView, TaskState } from '../../cluster/state.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

type Zones = ReadonlyMap<string, readonly TaskState[]>;

export function rebalancing(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  const { service } = seen;
  if (!service.isSteady || service.settings.availabilityZoneRebalancing !== 'ENABLED') return undefined;
  if (!service.isRebalancing && isEven(view, seen)) return undefined;
  const zones = tasksByZone(view, seen);
  const task = movable(view, seen, zones);
  if (task === 'NO_ROOM') return awaitRoom(view, seen);
  if (task !== undefined) return begin(seen, zones, task);
  return service.isRebalancing ? [tell(seen, 'COMPLETED', `is AZ balanced with ${listing(zones)}.`)] : undefined;
}

/** Without room it ends; something that becomes free begins it again. */
function awaitRoom(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  const { service } = seen;
  const stopped = service.isRebalancing ? [tell(seen, 'STOPPED', 'stopped AZ Rebalancing.')] : [];
  if (view.unevenServices.has(service)) return stopped.length === 0 ? undefined : stopped;
  return [...stopped, { kind: 'command', command: { type: 'AwaitRoom', service } }];
}

/** Nearly always so, and cheaper to see than which task would move: no zone has two more tasks than another. */
function isEven(view: ClusterView, { service, primary }: Observation): boolean {
  // Providers spread apart from each other.
  if (service.settings.capacityProviderStrategy.length > 1) return false;
  const zones = candidateZones(view, primary.settings.awsvpc?.subnets);
  let [least, most, here, everywhere] = [Number.POSITIVE_INFINITY, 0, 0, 0];
  for (const zone of zones) {
    let count = 0;
    for (const deployment of service.deployments) count += deployment.zones.get(zone) ?? 0;
    least = Math.min(least, count);
    most = Math.max(most, count);
    here += count;
  }
  // Those elsewhere have to be looked at.
  for (const deployment of service.deployments) for (const count of deployment.zones.values()) everywhere += count;
  return here === everywhere && most - least < 2;
}

function begin(seen: Observation, zones: Zones, task: TaskState): readonly Decision[] {
  const unfit = { cause: 'REBALANCING' } as const;
  const move: Decision = { kind: 'command', command: { type: 'JudgeTask', task, isHealthy: task.isHealthy, unfit } };
  if (seen.service.isRebalancing) return [move];
  return [tell(seen, 'STARTED', `is not AZ balanced with ${listing(zones)}. AZ Rebalancing in progress.`), move];
}

function tell({ service }: Observation, state: RebalancingState, message: string): Decision {
  return { kind: 'command', command: { type: 'Rebalance', service, state, message } };
}

/** `3 tasks in eu-central-1a, 1 tasks in eu-central-1b`. */
function listing(zones: Zones): string {
  return [...zones].map(([zone, tasks]) => `${tasks.length} tasks in ${zone}`).join(', ');
}

/** The first that may move, provider by provider: Fargate and Fargate Spot spread independently, so neither undoes the other. */
function movable(view: ClusterView, seen: Observation, zones: Zones): TaskState | 'NO_ROOM' | undefined {
  const providers = new Set([...zones.values()].flatMap((tasks) => tasks.map((task) => task.capacityProvider)));
  let found: 'NO_ROOM' | undefined;
  for (const provider of providers) {
    const own = [...zones].map(
      ([zone, tasks]) => [zone, tasks.filter((one) => one.capacityProvider === provider)] as const,
    );
    const task = movableOf(view, seen, fullestFirst(own), provider);
    if (task === 'NO_ROOM') found = task;
    else if (task !== undefined) return task;
  }
  return found;
}

/** The newest task of the fullest zone that may go, when another zone with room has two fewer. */
function movableOf(
  view: ClusterView,
  seen: Observation,
  zones: Zones,
  provider: string | undefined,
): TaskState | 'NO_ROOM' | undefined {
  const [fullest = []] = zones.values();
  const emptier = [...zones].filter(([, tasks]) => fullest.length - tasks.length >= 2).map(([zone]) => zone);
  if (emptier.length === 0) return undefined;
  const withRoom = zonesWithRoom(view, seen, provider);
  if (!emptier.some((zone) => withRoom.has(zone))) return 'NO_ROOM';
  return fullest.findLast((task) => task.protectedUntilMs <= view.nowMs);
}

function fullestFirst<Tasks extends readonly TaskState[]>(
  zones: Iterable<readonly [string, Tasks]>,
): Map<string, Tasks> {
  return new Map([...zones].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1)));
}

/** By zone, fullest first. */
function tasksByZone(view: ClusterView, { service, primary }: Observation): Map<string, TaskState[]> {
  const zones = new Map<string, TaskState[]>();
  for (const zone of candidateZones(view, primary.settings.awsvpc?.subnets)) zones.set(zone, []);
  for (const { tasks } of service.deployments) {
    for (const task of tasks) {
      if (task.desiredStatus !== 'RUNNING' || task.availabilityZone === undefined) continue;
      const same = zones.get(task.availabilityZone);
      if (same === undefined) zones.set(task.availabilityZone, [task]);
      else same.push(task);
    }
  }
  return fullestFirst(zones);
}

function candidateZones(view: ClusterView, subnets: readonly string[] | undefined): readonly string[] {
  if (subnets === undefined) return instanceZones(view);
  const zones = new Set(subnets.map((id) => view.subnets.get(id)?.availabilityZone ?? ''));
  return [...zones].filter((zone) => zone !== '' && !view.lostZones.has(zone)).sort();
}

interface KnownZones {
  readonly changes: number;
  readonly zones: readonly string[];
}

const known = new WeakMap<ClusterView, KnownZones>();

/** Zones with an instance that takes tasks; walked for again only after some instance changed. */
function instanceZones(view: ClusterView): readonly string[] {
  const changes = view.counters.instanceChanges;
  const before = known.get(view);
  if (before?.changes === changes) return before.zones;
  const found = new Set<string>();
  for (const { status, agentConnected, availabilityZone } of view.instances.values()) {
    if (status === 'ACTIVE' && agentConnected && availabilityZone !== undefined) found.add(availabilityZone);
  }
  const zones = [...found].sort();
  known.set(view, { changes, zones });
  return zones;
}

/** Where one more task could be placed now; on Fargate everywhere. */
function zonesWithRoom(view: ClusterView, { primary }: Observation, provider: string | undefined): ReadonlySet<string> {
  const { settings } = primary;
  const onFargate = settings.launchType === 'FARGATE' || provider === 'FARGATE' || provider === 'FARGATE_SPOT';
  if (onFargate) return new Set(candidateZones(view, settings.awsvpc?.subnets));
  const zones = new Set<string>();
  for (const { containerInstanceArn, gates } of view.engine.explain(placementOf(primary, provider)).instances) {
    const instance = view.instances.get(containerInstanceArn.slice(containerInstanceArn.lastIndexOf('/') + 1));
    if (instance?.availabilityZone !== undefined && gates.every(({ passed }) => passed))
      zones.add(instance.availabilityZone);
  }
  return zones;
}
