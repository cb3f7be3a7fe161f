/**
 * What is due when, on virtual time: a heap of distinct milliseconds, each with its entries in the order they were set.
 * Called by apply and by the run loop. Invariant: nothing is due before `now`; equal times keep their order.
 */

export class Timers<T> {
  /** Binary heap of the times in `due`. */
  readonly #times: number[] = [];
  readonly #due = new Map<number, T[]>();

  get isEmpty(): boolean {
    return this.#times.length === 0;
  }

  /** The earliest time with an entry, `Infinity` without one. */
  get nextMs(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  set(atMs: number, entry: T): void {
    const same = this.#due.get(atMs);
    if (same !== undefined) {
      same.push(entry);
      return;
    }
    this.#due.set(atMs, [entry]);
    this.#rise(atMs);
  }

  /** Removes and returns the entries of the earliest time. */
  take(): T[] {
    const first = this.#times[0];
    if (first === undefined) return [];
    const entries = this.#due.get(first) ?? [];
    this.#due.delete(first);
    const last = this.#times.pop() as number;
    if (this.#times.length > 0) this.#sink(last);
    return entries;
  }

  #rise(time: number): void {
    const times = this.#times;
    let at = times.length;
    times.push(time);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((times[parent] as number) <= time) break;
      times[at] = times[parent] as number;
      at = parent;
    }
    times[at] = time;
  }

  #sink(time: number): void {
    const times = this.#times;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= times.length) break;
      if (child + 1 < times.length && (times[child + 1] as number) < (times[child] as number)) child++;
      if ((times[child] as number) >= time) break;
      times[at] = times[child] as number;
      at = child;
    }
    times[at] = time;
  }
}
