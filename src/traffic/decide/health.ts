/**
 * Rule: a target becomes what its checks say once enough answers in a row are in. Called by decide. The change is
 * decided when the answers turn, for the time of the last answer; answers that turn back before take it back.
 */
import type { TargetHealth, TargetState } from '../../cluster/state.ts';
import { answeredAtMs, answersNeeded } from '../checks.ts';
import type { Answer } from '../observe.ts';

export interface HealthChange {
  readonly target: TargetState;
  readonly health: TargetHealth;
  readonly reason?: string;
  /** Undefined: now, and what was due is taken back. */
  readonly atMs?: number;
}

/** Load balancers do not check targets that leave. */
const CHECKED: ReadonlySet<TargetHealth> = new Set(['initial', 'healthy', 'unhealthy']);

/** What to do about one target, if anything. */
export function changeHealth({ target, failure }: Answer, nowMs: number): HealthChange | undefined {
  const { group, health, due, registeredAtMs } = target;
  const wanted = failure === undefined ? 'healthy' : 'unhealthy';
  if (!CHECKED.has(health) || due?.health === wanted) return undefined;
  const reason = target.reason === undefined ? {} : { reason: target.reason };
  if (health === wanted) return due === undefined ? undefined : { target, health, ...reason };
  const answers = answersNeeded(group.settings, health, failure === undefined);
  const atMs = answeredAtMs(group.settings, registeredAtMs, nowMs, answers);
  return {
    target,
    health: wanted,
    ...(failure === undefined ? {} : { reason: failure }),
    ...(atMs > nowMs ? { atMs } : {}),
  };
}
