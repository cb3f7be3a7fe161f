/** What EventBridge's deliveries must keep to, from their events: retries, their number and age, and dead letters. Used by check. */
import type { ClusterState } from '../../../src/cluster/state.ts';
import type { RecordedEvent } from '../../../src/simulate/result.ts';

interface Known {
  readonly firstMs: number;
  readonly retries: number;
  readonly retryAtMs: number | undefined;
}

export class DeliveryRules {
  /** By rule, target and event. */
  readonly #known = new Map<string, Known>();
  readonly #wrongs: string[] = [];
  /** Dead letters by the name of their queue. */
  readonly #letters = new Map<string, number>();

  note({ atMs, invocation, cluster }: RecordedEvent): void {
    if (invocation === undefined) return;
    const { ruleName, targetId, eventId, retries, retryAtMs, deadLetter } = invocation;
    const key = [cluster, ruleName, targetId, eventId].join(' ');
    const before = retries === 0 ? undefined : this.#known.get(key);
    const say = (what: string): number => this.#wrongs.push(`${key}: ${what}`);
    if (retries > 0 && (before?.retries !== retries - 1 || before.retryAtMs !== atMs))
      say(`retry ${retries} at ${atMs} follows ${before?.retries}, which was due at ${before?.retryAtMs}`);
    if (retryAtMs !== undefined && retryAtMs - atMs !== Math.min(480_000, 1000 * 2 ** retries))
      say(`retry ${retries} is followed after ${retryAtMs - atMs} ms`);
    if ((retryAtMs === undefined) === (deadLetter === undefined)) say('is neither retried nor dead, or both');
    if (deadLetter !== undefined) {
      const isThrottled = deadLetter.ERROR_CODE === 'THROTTLING';
      if (isThrottled !== (deadLetter.EXHAUSTED_RETRY_CONDITION !== undefined)) say(`ends as ${deadLetter.ERROR_CODE}`);
      const queue = deadLetter.queueArn.slice(deadLetter.queueArn.lastIndexOf(':') + 1);
      this.#letters.set(queue, (this.#letters.get(queue) ?? 0) + 1);
    }
    this.#known.set(key, { firstMs: before?.firstMs ?? atMs, retries, retryAtMs });
  }

  /** Retries that have come due are no longer what is told last, unless they went well. */
  wrongs(state: ClusterState): string[] {
    const wrongs = this.#wrongs.splice(0);
    for (const [name, count] of this.#letters) {
      const sent = state.queues.get(name)?.totals.sent;
      if (sent !== undefined && sent < count)
        wrongs.push(`queue ${name} got ${sent} messages, ${count} of them dead letters`);
    }
    return wrongs;
  }
}
