/**
 * AWS/SQS metrics of the cluster's queues, each whole minute (SQS developer guide, available metrics). Made by the run; the
 * minute calls it. Invariant: a queue that is empty and that nobody sends to is not looked at.
 */
import type { QueueState } from '../cluster/queue-state.ts';
import type { ClusterView } from '../cluster/state.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { MINUTE_MS } from '../metrics/series.ts';

/** Without messages and without consumers a queue is inactive after so long: its metrics end. */
const INACTIVE_MS = 6 * 3_600_000;

interface Published {
  version: number;
  totals: QueueState['totals'];
  /** Sums of the last minute were above 0: they have to come to 0. */
  hasSums: boolean;
  /** The last minute in which something changed. */
  activeMs: number;
  isActive: boolean;
}

type Value = readonly [metricName: string, value: number | undefined];

function ageSeconds({ visible, delayed, inFlight }: QueueState, nowMs: number): number {
  let oldestMs = nowMs;
  const look = ({ sentAtMs }: { readonly sentAtMs: number }): void => {
    oldestMs = Math.min(oldestMs, sentAtMs);
  };
  visible.forEach(look);
  delayed.forEach(look);
  for (const { messages } of inFlight) messages.forEach(look);
  return Math.floor((nowMs - oldestMs) / 1000);
}

function isEmpty({ counts }: QueueState): boolean {
  return counts.visible + counts.delayed + counts.inFlight === 0;
}

function figures(queue: QueueState, nowMs: number, before: QueueState['totals']): Value[] {
  const { counts, totals } = queue;
  return [
    ['ApproximateNumberOfMessagesVisible', counts.visible],
    ['ApproximateNumberOfMessagesNotVisible', counts.inFlight],
    ['ApproximateNumberOfMessagesDelayed', counts.delayed],
    ['ApproximateAgeOfOldestMessage', ageSeconds(queue, nowMs)],
    ['NumberOfMessagesSent', totals.sent - before.sent],
    ['NumberOfMessagesReceived', totals.received - before.received],
    ['NumberOfMessagesDeleted', totals.deleted - before.deleted],
  ];
}

export class QueueMetrics {
  readonly #published = new Map<QueueState, Published>();

  #of(queue: QueueState): Published {
    const known = this.#published.get(queue);
    if (known !== undefined) return known;
    const totals = { sent: 0, received: 0, deleted: 0 };
    const made = { version: 0, totals, hasSums: false, activeMs: 0, isActive: false };
    this.#published.set(queue, made);
    return made;
  }

  #isAwake(queue: QueueState): boolean {
    const { version, hasSums } = this.#of(queue);
    return version !== queue.version || hasSums || !isEmpty(queue);
  }

  nextMs(view: ClusterView): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const queue of view.queues.values()) {
      const { isActive, activeMs } = this.#of(queue);
      if (this.#isAwake(queue)) nextMs = Math.min(nextMs, (Math.floor(view.nowMs / MINUTE_MS) + 1) * MINUTE_MS);
      else if (isActive && queue.idle.length === 0) nextMs = Math.min(nextMs, activeMs + INACTIVE_MS);
    }
    return nextMs;
  }

  publish(view: ClusterView, metrics: Metrics): void {
    const { nowMs } = view;
    if (nowMs % MINUTE_MS !== 0) return;
    for (const queue of view.queues.values()) {
      const published = this.#of(queue);
      if (this.#isAwake(queue)) this.#publishOne(queue, published, nowMs, metrics);
      else if (published.isActive && queue.idle.length === 0 && nowMs >= published.activeMs + INACTIVE_MS)
        this.#end(queue, published, nowMs, metrics);
    }
  }

  #publishOne(queue: QueueState, published: Published, nowMs: number, metrics: Metrics): void {
    const values = figures(queue, nowMs, published.totals);
    put(queue, values, nowMs, metrics);
    published.hasSums = values.slice(-3).some(([, value]) => value !== 0);
    published.version = queue.version;
    published.totals = { ...queue.totals };
    published.activeMs = nowMs;
    published.isActive = true;
  }

  #end(queue: QueueState, published: Published, nowMs: number, metrics: Metrics): void {
    const values = figures(queue, nowMs, queue.totals).map(([name]): Value => [name, undefined]);
    put(queue, values, nowMs, metrics);
    published.isActive = false;
  }
}

function put({ settings }: QueueState, values: readonly Value[], nowMs: number, metrics: Metrics): void {
  const dimensions = { QueueName: settings.name };
  for (const [metricName, value] of values)
    metrics.publish({ namespace: 'AWS/SQS', metricName, dimensions }, nowMs, value);
}
