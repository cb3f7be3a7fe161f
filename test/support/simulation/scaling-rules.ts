/** What Application Auto Scaling must keep to from one millisecond to the next: bounds, cooldowns, deployments. Used by check. */
import type { ScalableTargetState, ScalingRecord } from '../../../src/cluster/scaling-state.ts';
import type { ClusterState, ServiceState } from '../../../src/cluster/state.ts';
import type { RecordedEvent } from '../../../src/simulate/result.ts';

interface Seen {
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly lastIn: ScalingRecord | undefined;
  readonly lastOut: ScalingRecord | undefined;
  readonly isDeploying: boolean;
}

function isDeploying(service: ServiceState | undefined): boolean {
  return service?.deployments[0]?.rolloutState === 'IN_PROGRESS';
}

function holds(record: ScalingRecord | undefined, nowMs: number): boolean {
  return record !== undefined && nowMs < record.cooldownEndsMs;
}

export class ScalingRules {
  #seen = new Map<ScalableTargetState, Seen>();
  /** Counts that policies have set since the last look, by resource. */
  #set = new Map<string, number[]>();
  /** How often. */
  activities = 0;

  note({ activity }: RecordedEvent): void {
    const count = /^Setting desired count to (\d+)\.$/.exec(activity?.description ?? '')?.[1];
    // Of several scheduled actions in one moment each has bounds of its own.
    const isByPolicy = activity?.cause.startsWith('monitor alarm');
    if (activity === undefined || count === undefined || !isByPolicy) return;
    this.activities += 1;
    this.#set.set(activity.resourceId, [...(this.#set.get(activity.resourceId) ?? []), Number(count)]);
  }

  wrongs(state: ClusterState): string[] {
    const wrongs: string[] = [];
    for (const target of state.scalableTargets.values()) {
      const service = state.services.get(target.serviceName);
      const before = this.#seen.get(target);
      const { minCapacity, maxCapacity, lastIn, lastOut } = target;
      const now = { minCapacity, maxCapacity, lastIn, lastOut, isDeploying: isDeploying(service) };
      wrongs.push(...this.#boundWrongs(target, before ?? now, now));
      if (before !== undefined && now.lastIn !== undefined && now.lastIn !== before.lastIn)
        wrongs.push(...inWrongs(target, before, now.lastIn.atMs));
      this.#seen.set(target, now);
    }
    this.#set.clear();
    return wrongs;
  }

  /** A call of the same millisecond may have moved the bounds after the action. */
  #boundWrongs({ resourceId }: ScalableTargetState, before: Seen, now: Seen): string[] {
    const least = Math.min(before.minCapacity, now.minCapacity);
    const most = Math.max(before.maxCapacity, now.maxCapacity);
    return (this.#set.get(resourceId) ?? [])
      .filter((count) => count < least || count > most)
      .map((count) => `${resourceId} is set to ${count}, outside ${least} to ${most}`);
  }
}

/** A scale-in waits for every cooldown; a scale-out since ends that of the scale-in before, but has its own. */
function inWrongs({ resourceId }: ScalableTargetState, before: Seen, atMs: number): string[] {
  const { lastIn, lastOut } = before;
  const isEnded = (lastOut?.atMs ?? -1) >= (lastIn?.atMs ?? 0);
  const wrongs: string[] = [];
  if (holds(lastIn, atMs) && !isEnded) wrongs.push(`${resourceId} scales in within the cooldown of a scale-in`);
  if (holds(lastOut, atMs)) wrongs.push(`${resourceId} scales in within the cooldown of a scale-out`);
  if (before.isDeploying) wrongs.push(`${resourceId} scales in during a deployment`);
  return wrongs;
}
