/**
 * SQS queues as the cluster keeps them: messages that are alike stand in one range. Only apply writes them. Invariant: a
 * message is in one place, visible, delayed or in flight.
 */
import type { EngineContext } from '../base/arn.ts';
import type { QueueSettings } from '../model/queue.ts';
import type { TaskState } from './state.ts';

/** Messages with numbers from `first` on that were sent at one time and received equally often. */
export interface Messages {
  readonly first: number;
  readonly count: number;
  readonly sentAtMs: number;
  readonly receives: number;
}

/** What a RUNNING task does with a queue. */
export interface Consumer {
  readonly task: TaskState;
  readonly queueName: string;
  /** How long one message takes. */
  readonly processingMs: number;
  /** Share of receives that fail, 0 to 1. */
  readonly failRate: number;
  /** How many more messages it can take now. */
  free: number;
}

/** What one time of receiving brought. */
export interface Batch {
  readonly consumer: Consumer;
  /** Those that are not deleted. */
  messages: readonly Messages[];
  /** What the consumer has free again when it has done them. */
  readonly slots: number;
  readonly visibleAtMs: number;
}

export interface QueueState {
  readonly settings: QueueSettings;
  readonly arn: string;
  /** In the order in which they are received. */
  visible: Messages[];
  readonly delayed: Set<Messages>;
  readonly inFlight: Set<Batch>;
  counts: { visible: number; delayed: number; inFlight: number };
  /** Since the start. */
  totals: { sent: number; received: number; deleted: number };
  /** With room for a message, the longest-waiting first. */
  readonly idle: Consumer[];
  /** Grows with each change. */
  version: number;
  nextNumber: number;
  /** When it looks for messages past their retention period; `Infinity` while it does not. */
  expiryMs: number;
}

/** The messages of a queue's load. */
export interface Feed {
  readonly queueName: string;
  /** Messages that have arrived until then; asked with ascending times. */
  until(nowMs: number): number;
  /** When the next one arrives; `Infinity` when none will. */
  nextMs(nowMs: number): number;
  /** Of these, those that are in the queue. */
  sent: number;
}

export function createQueue({ region, account }: EngineContext, settings: QueueSettings): QueueState {
  const { name, messages: count, retentionMs } = settings;
  const visible = count === 0 ? [] : [{ first: 0, count, sentAtMs: 0, receives: 0 }];
  return {
    settings,
    arn: `arn:aws:sqs:${region}:${account}:${name}`,
    visible,
    delayed: new Set(),
    inFlight: new Set(),
    counts: { visible: count, delayed: 0, inFlight: 0 },
    totals: { sent: 0, received: 0, deleted: 0 },
    idle: [],
    version: 0,
    nextNumber: count,
    expiryMs: count === 0 ? Number.POSITIVE_INFINITY : retentionMs,
  };
}
