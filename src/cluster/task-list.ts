/**
 * Tasks in the order in which they were added: those of a deployment, those on an instance. Made by apply, which alone adds
 * and deletes. A set would make itself a new table every few tasks that come and go. Invariant: none is there twice.
 */
import type { TaskState } from './state.ts';

export interface Tasks extends Iterable<TaskState> {
  readonly size: number;
  has(task: TaskState): boolean;
  add(task: TaskState): unknown;
  delete(task: TaskState): boolean;
}

export class TaskList implements Tasks {
  readonly #tasks: TaskState[] = [];

  get size(): number {
    return this.#tasks.length;
  }

  [Symbol.iterator](): IterableIterator<TaskState> {
    return this.#tasks.values();
  }

  has(task: TaskState): boolean {
    return this.#find(task) >= 0;
  }

  /** One that is not there. */
  add(task: TaskState): void {
    this.#tasks.push(task);
  }

  delete(task: TaskState): boolean {
    const tasks = this.#tasks;
    const place = this.#find(task);
    if (place < 0) return false;
    for (let k = place + 1; k < tasks.length; k++) tasks[k - 1] = tasks[k] as TaskState;
    tasks.pop();
    return true;
  }

  /** By number, as far as they were added in its order; one that had to wait for its place was not. */
  #find(task: TaskState): number {
    const tasks = this.#tasks;
    let [from, to] = [0, tasks.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((tasks[middle] as TaskState).number < task.number) from = middle + 1;
      else to = middle;
    }
    return tasks[from] === task ? from : tasks.indexOf(task);
  }
}
