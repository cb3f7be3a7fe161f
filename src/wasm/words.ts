/** A growing list of i32 words, for one call into the core. Made by registration; plain arrays cost several times as much. */
const LEAST_WORDS = 256;

export class Words {
  #words = new Int32Array(LEAST_WORDS);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(word: number): void {
    if (this.#length === this.#words.length) this.#reserve(1);
    this.#words[this.#length++] = word;
  }

  pushAll(list: ArrayLike<number>): void {
    this.#reserve(list.length);
    const words = this.#words;
    for (let k = 0, at = this.#length; k < list.length; k++) words[at + k] = list[k] as number;
    this.#length += list.length;
  }

  /** Writes over a word that was pushed. */
  set(at: number, word: number): void {
    this.#words[at] = word;
  }

  clear(): void {
    this.#length = 0;
  }

  /** The words so far; valid until the next push. */
  all(): Int32Array {
    return this.#words.subarray(0, this.#length);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#words.length) return;
    const larger = new Int32Array(Math.max(needed, this.#words.length * 2));
    larger.set(this.#words);
    this.#words = larger;
  }
}
