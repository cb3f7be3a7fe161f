/** What is compared: anything that places a task of a definition and takes it back; and the state all of them start from. */
import type { LiveTasks } from './live-tasks.ts';

export const CONTENDERS = ['engine', 'scan', 'typed', 'objects', 'reference'] as const;
export type ContenderName = (typeof CONTENDERS)[number];

export interface Contender {
  readonly name: ContenderName;
  /** Slot of the chosen instance, or -1. */
  place(definition: number): number;
  release(definition: number, slot: number): void;
  /** A draining instance keeps its tasks and takes no others. */
  setDraining(slot: number, draining: boolean): void;
}

/** A contender that decides many in one call. */
export interface Batching extends Contender {
  /** As many tasks as `slots` has room for; returns how many were placed, their slots first. */
  placeMany(definition: number, slots: Int32Array): number;
  /** The same, while the cluster is filled: a very large one by the quickest strategy. */
  fillMany(definition: number, slots: Int32Array): number;
  releaseMany(definition: number, slots: Int32Array, count: number): void;
  memoryBytes(): number;
}

/** A cluster in use. */
export interface Filled {
  /** Tasks that the stream may release. */
  readonly live: LiveTasks;
  /** Tasks that stay. */
  readonly background: LiveTasks;
  /** Cpu taken by live tasks when the filling ended: a churn keeps it there. */
  readonly goal: number;
}

export function add(column: Int32Array, at: number, amount: number): void {
  column[at] = (column[at] as number) + amount;
}
