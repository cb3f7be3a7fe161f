/** Stopped tasks in the order in which they stopped, to be forgotten an hour later. Called by apply. First in, first out. */
import type { TaskState } from './state.ts';

/** Taken ones are cut off once there are so many, and half of the list. */
const LEAST_CUT = 1024;

export class TaskQueue {
  #tasks: TaskState[] = [];
  #taken = 0;

  add(task: TaskState): void {
    this.#tasks.push(task);
  }

  /** The next one that stopped at or before the time; undefined without one. */
  takeUntil(stoppedAtMs: number): TaskState | undefined {
    const task = this.#tasks[this.#taken];
    if (task === undefined || (task.stoppedAtMs ?? 0) > stoppedAtMs) return undefined;
    this.#taken++;
    if (this.#taken >= LEAST_CUT && this.#taken * 2 >= this.#tasks.length) {
      this.#tasks = this.#tasks.slice(this.#taken);
      this.#taken = 0;
    }
    return task;
  }
}
