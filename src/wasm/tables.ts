/**
 * Tables through the core: columns in, columns out, nothing kept between two calls. Called by src/scaling, which has a core
 * of its own beside the engines.
 */
import type { Core } from './core.ts';
import { Guard } from './guard.ts';
import { loadCore, type ModuleSource } from './load.ts';
import { Views } from './views.ts';

/** The columns as a rule left them, by their place in what was sent. */
export interface Answers {
  doubles(column: number): Float64Array;
  ints(column: number): Int32Array;
}

export class Tables {
  readonly #core: Core;
  readonly #views: Views;
  readonly #guard = new Guard();

  /** @throws BayplanException MODULE_INVALID, ABI_MISMATCH */
  constructor(module?: ModuleSource) {
    this.#core = loadCore(module);
    this.#core.init(0);
    this.#views = new Views(this.#core);
  }

  ask<T>(work: (core: Core) => T): T {
    return this.#guard.run(() => work(this.#core));
  }

  /**
   * Lets the core work on the columns. @throws BayplanException CORE_TRAPPED, which makes this instance unusable: memory
   * beyond 4 GiB.
   */
  answer(doubles: readonly Float64Array[], ints: readonly Int32Array[], work: (core: Core) => void): Answers {
    return this.#guard.run(() => {
      this.#views.sendColumns(doubles, ints);
      work(this.#core);
      return new Received(this.#views, doubles, ints);
    });
  }
}

class Received implements Answers {
  readonly #views: Views;
  readonly #doubles: readonly Float64Array[];
  readonly #ints: readonly Int32Array[];

  constructor(views: Views, doubles: readonly Float64Array[], ints: readonly Int32Array[]) {
    this.#views = views;
    this.#doubles = doubles;
    this.#ints = ints;
  }

  doubles(column: number): Float64Array {
    return this.#views.receiveDoubles(bytes(this.#doubles, column), (this.#doubles[column] as Float64Array).length);
  }

  ints(column: number): Int32Array {
    const offset = bytes(this.#doubles, this.#doubles.length) + bytes(this.#ints, column);
    return this.#views.receiveWords(offset, (this.#ints[column] as Int32Array).length);
  }
}

/** Bytes before a column. */
function bytes(columns: readonly (Float64Array | Int32Array)[], column: number): number {
  return columns.slice(0, column).reduce((sum, { byteLength }) => sum + byteLength, 0);
}
