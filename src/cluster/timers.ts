/**
 * What is due when, on virtual time: a heap of entries by time and the order in which they were set. Called by apply and by
 * the run loop. Invariant: nothing is due before `now`; equal times keep their order.
 */

const LEAST_LENGTH = 16;

export class Timers<T> {
  /** Binary heap, as columns: times, running numbers, entries. */
  #times = new Float64Array(LEAST_LENGTH);
  #orders = new Float64Array(LEAST_LENGTH);
  readonly #entries: T[] = [];
  #set = 0;

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** The earliest time with an entry, `Infinity` without one. */
  get nextMs(): number {
    return this.#entries.length === 0 ? Number.POSITIVE_INFINITY : (this.#times[0] as number);
  }

  set(atMs: number, entry: T): void {
    const place = this.#entries.push(entry) - 1;
    if (place === this.#times.length) this.#grow(2 * place);
    this.#rise(place, atMs, this.#set++, entry);
  }

  /** Removes and returns the entries of the earliest time. */
  take(): T[] {
    const atMs = this.nextMs;
    const taken: T[] = [];
    while (this.nextMs === atMs && !this.isEmpty) taken.push(this.#takeFirst());
    return taken;
  }

  #grow(length: number): void {
    const [times, orders] = [this.#times, this.#orders];
    this.#times = new Float64Array(length);
    this.#orders = new Float64Array(length);
    this.#times.set(times);
    this.#orders.set(orders);
  }

  #takeFirst(): T {
    const first = this.#entries[0] as T;
    const last = this.#entries.length - 1;
    const [atMs, order] = [this.#times[last] as number, this.#orders[last] as number];
    const entry = this.#entries.pop() as T;
    if (last > 0) this.#sink(atMs, order, entry);
    return first;
  }

  #rise(from: number, atMs: number, order: number, entry: T): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      // It is the newest: of equal times it comes last.
      if ((this.#times[parent] as number) <= atMs) break;
      this.#copy(parent, place);
      place = parent;
    }
    this.#put(place, atMs, order, entry);
  }

  #sink(atMs: number, order: number, entry: T): void {
    const { length } = this.#entries;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= length) break;
      if (child + 1 < length && this.#isBefore(child + 1, this.#times[child] as number, this.#orders[child] as number))
        child++;
      if (!this.#isBefore(child, atMs, order)) break;
      this.#copy(child, place);
      place = child;
    }
    this.#put(place, atMs, order, entry);
  }

  #isBefore(place: number, atMs: number, order: number): boolean {
    const own = this.#times[place] as number;
    return own < atMs || (own === atMs && (this.#orders[place] as number) < order);
  }

  #copy(from: number, to: number): void {
    this.#put(to, this.#times[from] as number, this.#orders[from] as number, this.#entries[from] as T);
  }

  #put(place: number, atMs: number, order: number, entry: T): void {
    this.#times[place] = atMs;
    this.#orders[place] = order;
    this.#entries[place] = entry;
  }
}
