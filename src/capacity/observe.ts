/** What a group is like: its instances by what can happen to them. Called by tick. */
import {
  aliveOf,
  type CapacityProviderState,
  type GroupInstance,
  type GroupState,
  providerOf,
} from '../cluster/capacity-state.ts';
import type { ClusterView } from '../cluster/state.ts';
import type { ScalingProcess } from '../model/auto-scaling-group.ts';

export interface Observation {
  readonly group: GroupState;
  readonly provider: CapacityProviderState | undefined;
  /** Those that count for the desired capacity, in order of launch. */
  readonly alive: readonly GroupInstance[];
  /** Of these, those that the health check wants to replace. */
  readonly unhealthy: readonly GroupInstance[];
  /** Held back only by draining and hooks. */
  readonly leaving: readonly GroupInstance[];
  /** Zones that are up. */
  readonly zones: readonly string[];
  readonly nowMs: number;
  /** Whether a process runs: it is not suspended. */
  runs(process: ScalingProcess): boolean;
}

/** What somebody has marked is so without a health check of the group's own. */
function isUnhealthy({ isHealthy, replaceAtMs }: GroupInstance, checks: boolean, nowMs: number): boolean {
  return (checks && !isHealthy) || (replaceAtMs !== undefined && replaceAtMs <= nowMs);
}

export function observe(view: ClusterView, group: GroupState): Observation {
  const alive = aliveOf(group);
  const runs = (process: ScalingProcess): boolean => !group.suspended.has(process);
  return {
    group,
    provider: providerOf(view.capacity, group),
    alive,
    unhealthy: runs('ReplaceUnhealthy') ? alive.filter((one) => isUnhealthy(one, runs('HealthCheck'), view.nowMs)) : [],
    leaving: [...group.instances].filter(({ state }) => state === 'Terminating:Wait'),
    zones: group.given.zones.filter((zone) => !view.lostZones.has(zone)),
    nowMs: view.nowMs,
    runs,
  };
}
