/** Ranges of messages: cut apart by their outcome, and taken out by number. Called by queues. */
import type { Batch, Messages, QueueState } from '../queue-state.ts';

/** 0 to 1, of a message's receive; only the seed, the number and the count of receives decide. */
function chance(seed: number, number: number, receives: number): number {
  let h = (seed ^ Math.imul(number + 1, 0x9e3779b9) ^ Math.imul(receives, 0x85ebca6b)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return ((h ^ (h >>> 15)) >>> 0) / 0x1_0000_0000;
}

export function survivors(messages: readonly Messages[]): number {
  return messages.reduce((sum, one) => sum + one.count, 0);
}

/** Which of them fail. */
export function split(
  messages: readonly Messages[],
  failRate: number,
  seed: number,
): { done: readonly Messages[]; failed: readonly Messages[] } {
  if (failRate <= 0) return { done: messages, failed: [] };
  if (failRate >= 1) return { done: [], failed: messages };
  const done: Messages[] = [];
  const failed: Messages[] = [];
  for (const range of messages) {
    for (let k = 0; k < range.count; k++) {
      const one = { ...range, first: range.first + k, count: 1 };
      (chance(seed, one.first, range.receives) < failRate ? failed : done).push(one);
    }
  }
  return { done, failed };
}

/** What is left of a range without another. */
function without(range: Messages, gone: Messages): Messages[] {
  const from = Math.max(range.first, gone.first);
  const to = Math.min(range.first + range.count, gone.first + gone.count);
  if (from >= to) return [range];
  const parts = [
    { ...range, count: from - range.first },
    { ...range, first: to, count: range.first + range.count - to },
  ];
  return parts.filter(({ count }) => count > 0);
}

function withoutAll(ranges: readonly Messages[], gone: readonly Messages[]): Messages[] {
  return gone.reduce<Messages[]>((left, one) => left.flatMap((range) => without(range, one)), [...ranges]);
}

/** Deletes messages wherever they are. @returns how many were still there. */
export function remove(queue: QueueState, gone: readonly Messages[]): number {
  const before = queue.counts.visible + queue.counts.inFlight;
  queue.visible = withoutAll(queue.visible, gone);
  queue.counts.visible = survivors(queue.visible);
  for (const batch of queue.inFlight) thin(queue, batch, gone);
  return before - queue.counts.visible - queue.counts.inFlight;
}

/** Another task works on them: it goes on, and deletes nothing in the end. */
function thin(queue: QueueState, batch: Batch, gone: readonly Messages[]): void {
  const before = survivors(batch.messages);
  batch.messages = withoutAll(batch.messages, gone);
  queue.counts.inFlight -= before - survivors(batch.messages);
}
