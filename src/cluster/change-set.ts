/**
 * What changed since the last round, each once, in the order in which it changed. Made with the cluster; apply adds, control
 * empties it. Nearly always a few, hundreds of thousands of times: a Set that is emptied makes itself a new table each time,
 * and all of its tables hang together. Invariant: the index, where there is one, holds what the list holds.
 */
export interface Changes<T> extends Iterable<T> {
  readonly size: number;
  has(one: T): boolean;
  add(one: T): unknown;
  delete(one: T): boolean;
  clear(): void;
}

export type ReadonlyChanges<T> = Omit<Changes<T>, 'add' | 'delete' | 'clear'>;

/** So many are searched one by one. */
const FEW = 16;

export class ChangeSet<T> implements Changes<T> {
  #list: T[] = [];
  /** Of more than a few. */
  #index: Set<T> | undefined;

  get size(): number {
    return this.#list.length;
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#list.values();
  }

  has(one: T): boolean {
    if (this.#index !== undefined) return this.#index.has(one);
    const list = this.#list;
    for (let k = list.length - 1; k >= 0; k--) if (list[k] === one) return true;
    return false;
  }

  add(one: T): void {
    if (this.has(one)) return;
    this.#list.push(one);
    if (this.#index !== undefined) this.#index.add(one);
    else if (this.#list.length > FEW) this.#index = new Set(this.#list);
  }

  delete(one: T): boolean {
    const place = this.#list.indexOf(one);
    if (place < 0) return false;
    this.#list.splice(place, 1);
    this.#index?.delete(one);
    return true;
  }

  clear(): void {
    if (this.#list.length === 0) return;
    this.#list = [];
    this.#index = undefined;
  }
}
