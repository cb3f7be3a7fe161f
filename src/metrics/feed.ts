/**
 * The messages of a load, one by one: the n-th arrives in the first tenth of a second by whose end the load has come to n.
 * Made by the scenario; the cluster asks when something is due. Invariant: a load of nothing is never asked for.
 */
import type { Feed } from '../cluster/queue-state.ts';
import type { Curve } from './curve.ts';

/** Messages that arrive within it come together. */
const STEP_MS = 100;
/** A sum of rates misses a whole number by less. */
const SLACK = 1e-6;

function atStep(ms: number): number {
  return Math.ceil(ms / STEP_MS - SLACK) * STEP_MS;
}

export function createFeed(queueName: string, curve: Curve): Feed {
  let total = 0;
  let toMs = 0;
  const advance = (nowMs: number): void => {
    total += curve.integral(toMs, nowMs) / 1000;
    toMs = nowMs;
  };
  return {
    queueName,
    sent: 0,
    until(nowMs) {
      advance(nowMs);
      return Math.floor(total + SLACK);
    },
    nextMs(nowMs) {
      const changeMs = curve.nextChangeMs(nowMs);
      const perMs = curve.integral(nowMs, nowMs + 1) / 1000;
      const lacking = Math.floor(total + SLACK) + 1 - total;
      const wholeMs = perMs > 0 ? Math.max(nowMs + 1, nowMs + lacking / perMs) : Number.POSITIVE_INFINITY;
      const nextMs = Math.min(wholeMs, changeMs);
      return nextMs === Number.POSITIVE_INFINITY ? nextMs : Math.max(atStep(nextMs), nowMs + STEP_MS);
    },
  };
}
