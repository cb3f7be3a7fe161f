/**
 * Spreads requests over targets, in whole requests. Called by the workload, once a second. Nothing is lost or made: the
 * parts always sum up to the whole, and over time every target gets the same.
 */
import type { TargetState } from '../cluster/state.ts';

export interface TargetRequests {
  readonly target: TargetState;
  readonly requests: number;
}

/**
 * Equal parts of `requests`. The remainder goes round: the second after begins where this one ended.
 * @param requests whole number, 0 or more.
 * @param parts how many; 0 gives none.
 * @param second running number of the second, from 0; at the same load the extra requests take turns.
 */
export function spreadEvenly(requests: number, parts: number, second: number): number[] {
  if (parts === 0) return [];
  const each = Math.floor(requests / parts);
  const extra = requests % parts;
  const first = ((second % parts) * extra) % parts;
  return Array.from({ length: parts }, (_, k) => each + ((k - first + parts) % parts < extra ? 1 : 0));
}

/**
 * Part of the requests that goes to a revision with a weight of so many tenths of a percent. What falls between two
 * whole requests is carried over, so that at the same load the sum over any number of seconds is exact to one request.
 * @param permille 0 to 1000.
 */
export function weightedPart(requests: number, permille: number, second: number): number {
  const whole = Math.floor(requests / 1000) * permille;
  const parts = (requests % 1000) * permille;
  const carried = (second % 1000) * (parts % 1000);
  return whole + Math.floor(parts / 1000) + Math.floor(((carried % 1000) + (parts % 1000)) / 1000);
}

/**
 * The targets that get traffic, in order of registration: the healthy ones. When none is, the unhealthy ones: the load
 * balancer fails open (ELB, target group health). New and draining ones never do.
 */
export function receivers(targets: Iterable<TargetState>): TargetState[] {
  const all = [...targets];
  const healthy = all.filter(({ health }) => health === 'healthy');
  return healthy.length > 0 ? healthy : all.filter(({ health }) => health === 'unhealthy');
}

/** The requests of one second over the targets that get traffic; without one the list is empty and all fail. */
export function spreadRequests(targets: Iterable<TargetState>, requests: number, second: number): TargetRequests[] {
  const open = receivers(targets);
  const parts = spreadEvenly(requests, open.length, second);
  return open.map((target, k) => ({ target, requests: parts[k] as number }));
}

/**
 * The requests of one second over two revisions of a service, blue/green, linear or canary: first by weight, then evenly
 * within each. A revision without a target that gets traffic loses its part, as behind a real listener rule.
 * @param permille weight of `next`, 0 to 1000.
 */
export function spreadByWeight(
  current: Iterable<TargetState>,
  next: Iterable<TargetState>,
  permille: number,
  requests: number,
  second: number,
): TargetRequests[] {
  const shifted = weightedPart(requests, permille, second);
  return [...spreadRequests(current, requests - shifted, second), ...spreadRequests(next, shifted, second)];
}
