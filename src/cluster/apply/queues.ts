/**
 * Messages are sent, received, deleted and come back (SQS developer guide). Called by apply, event-calls and run-rule.
 * Invariant: `counts` are the sizes of the three places; idle consumers and visible messages never stay together.
 */
import { MOST_MESSAGES, nameOfQueue } from '../../model/queue.ts';
import { optionalWhole, refuse, text } from '../../model/read.ts';
import type { ApiCall } from '../commands.ts';
import type { Batch, Consumer, Feed, Messages, QueueState } from '../queue-state.ts';
import type { ClusterState } from '../state.ts';
import { remove, split, survivors } from './messages.ts';

/** Of a standard queue (SQS quotas). */
const MOST_IN_FLIGHT = 120_000;

/** @throws ResourceNotFoundException for a queue that the cluster has not. */
export function queueOf(state: ClusterState, arnOrUrl: string, path: string): QueueState {
  const queue = state.queues.get(nameOfQueue(arnOrUrl));
  if (queue !== undefined) return queue;
  return refuse(
    'QUEUE_NOT_FOUND',
    `${path}: The specified queue ${arnOrUrl} does not exist.`,
    { path, value: arnOrUrl, expected: [...state.queues.keys()] },
    'ResourceNotFoundException',
  );
}

/** `Count` is ours: so many messages that are alike. */
export function sendMessage(state: ClusterState, { input, path = '' }: ApiCall): void {
  const queue = queueOf(state, text(input.QueueUrl, `${path}.QueueUrl`), `${path}.QueueUrl`);
  const delaySeconds = optionalWhole(input.DelaySeconds, `${path}.DelaySeconds`, 0, 900);
  const count = optionalWhole(input.Count, `${path}.Count`, 1, MOST_MESSAGES) ?? 1;
  sendTo(state, queue, count, delaySeconds === undefined ? undefined : delaySeconds * 1000);
}

export function sendTo(
  state: ClusterState,
  queue: QueueState,
  count: number,
  delayMs: number = queue.settings.delayMs,
): void {
  const messages = { first: queue.nextNumber, count, sentAtMs: state.nowMs, receives: 0 };
  queue.nextNumber += count;
  queue.totals.sent += count;
  queue.version += 1;
  if (delayMs === 0) {
    show(state, queue, messages);
    poll(state, queue);
    return;
  }
  queue.delayed.add(messages);
  queue.counts.delayed += count;
  state.timers.set(state.nowMs + delayMs, { type: 'ShowMessages', queue, messages });
}

/** A delay is over. */
export function showMessages(
  state: ClusterState,
  { queue, messages }: { readonly queue: QueueState; readonly messages: Messages },
): void {
  if (!queue.delayed.delete(messages)) return;
  queue.counts.delayed -= messages.count;
  show(state, queue, messages);
  poll(state, queue);
}

function show(state: ClusterState, queue: QueueState, messages: Messages): void {
  awaitExpiry(state, queue, messages.sentAtMs);
  queue.visible.push(messages);
  queue.counts.visible += messages.count;
  queue.version += 1;
}

/** Messages of the load; the next ones set their own time. */
export function feedQueue(state: ClusterState, { feed }: { readonly feed: Feed }): void {
  const queue = state.queues.get(feed.queueName);
  if (queue === undefined) return;
  const count = feed.until(state.nowMs) - feed.sent;
  feed.sent += count;
  if (count > 0) sendTo(state, queue, count);
  const nextMs = feed.nextMs(state.nowMs);
  if (nextMs !== Number.POSITIVE_INFINITY) state.timers.set(nextMs, { type: 'FeedQueue', feed });
}

export function joinQueue(state: ClusterState, { consumer }: { readonly consumer: Consumer }): void {
  const queue = state.queues.get(consumer.queueName);
  if (queue === undefined || !isPolling(consumer)) return;
  queue.idle.push(consumer);
  queue.version += 1;
  poll(state, queue);
}

/** A task that shall stop receives no more. */
function isPolling({ task }: Consumer): boolean {
  return task.lastStatus === 'RUNNING' && task.desiredStatus === 'RUNNING';
}

/** Long polling: whoever waits gets what is there, at once. */
function poll(state: ClusterState, queue: QueueState): void {
  while (queue.counts.visible > 0 && queue.counts.inFlight < MOST_IN_FLIGHT) {
    const consumer = queue.idle[0];
    if (consumer === undefined) return;
    if (isPolling(consumer)) receive(state, queue, consumer);
    if (consumer.free === 0 || !isPolling(consumer)) queue.idle.shift();
  }
}

/** As many receives of ten messages as it takes, all at this time: one batch stands for them. */
function receive(state: ClusterState, queue: QueueState, consumer: Consumer): void {
  const { settings, counts } = queue;
  const wanted = Math.min(consumer.free, MOST_IN_FLIGHT - counts.inFlight);
  const messages: Messages[] = [];
  let count = 0;
  while (count < wanted && queue.visible.length > 0) {
    const taken = takeFirst(queue, wanted - count);
    if (isExpired(state, queue, taken) || redrive(state, queue, taken)) continue;
    messages.push({ ...taken, receives: taken.receives + 1 });
    count += taken.count;
  }
  queue.version += 1;
  if (count === 0) return;
  const batch = { consumer, messages, slots: count, visibleAtMs: state.nowMs + settings.visibilityTimeoutMs };
  queue.inFlight.add(batch);
  counts.inFlight += count;
  queue.totals.received += count;
  consumer.free -= count;
  const doneAtMs = state.nowMs + consumer.processingMs;
  if (batch.visibleAtMs < doneAtMs) state.timers.set(batch.visibleAtMs, { type: 'ReturnMessages', queue, batch });
  state.timers.set(doneAtMs, { type: 'FinishMessages', queue, batch });
}

function takeFirst(queue: QueueState, most: number): Messages {
  const first = queue.visible[0] as Messages;
  const count = Math.min(first.count, most);
  if (count === first.count) queue.visible.shift();
  else queue.visible[0] = { ...first, first: first.first + count, count: first.count - count };
  queue.counts.visible -= count;
  return { ...first, count };
}

function isExpired({ nowMs }: ClusterState, { settings }: QueueState, { sentAtMs }: Messages): boolean {
  return nowMs - sentAtMs >= settings.retentionMs;
}

/** A message that has been received too often goes to the dead letter queue instead of to a consumer; its age stays. */
function redrive(state: ClusterState, { settings }: QueueState, messages: Messages): boolean {
  if (settings.redrive === undefined || messages.receives < settings.redrive.maxReceiveCount) return false;
  const dead = state.queues.get(settings.redrive.queueName);
  if (dead === undefined) return false;
  show(state, dead, { ...messages, first: dead.nextNumber, receives: 0 });
  dead.nextNumber += messages.count;
  poll(state, dead);
  return true;
}

/** What was done is deleted, wherever it is now; what failed, or whose task has stopped, comes back with its timeout. */
export function finishMessages(
  state: ClusterState,
  { queue, batch }: { readonly queue: QueueState; readonly batch: Batch },
): void {
  const { consumer, messages } = batch;
  const isAlive = consumer.task.lastStatus !== 'STOPPED';
  const { done, failed } = split(messages, isAlive ? consumer.failRate : 1, state.seed);
  if (queue.inFlight.delete(batch)) {
    queue.counts.inFlight -= survivors(messages);
    if (failed.length > 0) keepInFlight(state, queue, { ...batch, messages: failed, slots: 0 });
    queue.totals.deleted += survivors(done);
  } else {
    // Its timeout has passed: others may have them.
    queue.totals.deleted += remove(queue, done);
  }
  queue.version += 1;
  if (isPolling(consumer)) {
    if (consumer.free === 0) queue.idle.push(consumer);
    consumer.free += batch.slots;
  }
  poll(state, queue);
}

function keepInFlight(state: ClusterState, queue: QueueState, batch: Batch): void {
  queue.inFlight.add(batch);
  queue.counts.inFlight += survivors(batch.messages);
  state.timers.set(Math.max(state.nowMs, batch.visibleAtMs), { type: 'ReturnMessages', queue, batch });
}

/** The visibility timeout has passed: they are visible again, behind the others; SQS gives no order. */
export function returnMessages(
  state: ClusterState,
  { queue, batch }: { readonly queue: QueueState; readonly batch: Batch },
): void {
  if (!queue.inFlight.delete(batch)) return;
  queue.counts.inFlight -= survivors(batch.messages);
  for (const messages of batch.messages) show(state, queue, messages);
  poll(state, queue);
}

/** One look at a time, when the oldest message that it knows of has to go. */
function awaitExpiry(state: ClusterState, queue: QueueState, sentAtMs: number): void {
  if (queue.expiryMs !== Number.POSITIVE_INFINITY) return;
  queue.expiryMs = Math.max(state.nowMs + 1, sentAtMs + queue.settings.retentionMs);
  state.timers.set(queue.expiryMs, { type: 'ExpireMessages', queue });
}

/** Visible messages past the retention period are gone. */
export function expireMessages(state: ClusterState, { queue }: { readonly queue: QueueState }): void {
  queue.expiryMs = Number.POSITIVE_INFINITY;
  queue.visible = queue.visible.filter((one) => !isExpired(state, queue, one));
  queue.counts.visible = survivors(queue.visible);
  queue.version += 1;
  const oldestMs = queue.visible.reduce((least, { sentAtMs }) => Math.min(least, sentAtMs), Number.POSITIVE_INFINITY);
  if (queue.visible.length > 0) awaitExpiry(state, queue, oldestMs);
}
