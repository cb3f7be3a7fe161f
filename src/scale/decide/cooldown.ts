/** Cooldowns of a scalable target (Application Auto Scaling guide). Called by decide. */
import type { ScalingRecord } from '../../cluster/scaling-state.ts';

/** It ends at its last millisecond: a cooldown of 0 never holds. */
export function inCooldown(record: ScalingRecord | undefined, nowMs: number): boolean {
  return record !== undefined && nowMs < record.cooldownEndsMs;
}
