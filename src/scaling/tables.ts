/** The core that answers this entry: made when it is first asked, kept, and made anew after a trap. Nothing stays in it. */
import { BayplanError } from '../errors.ts';
import type { Core } from '../wasm/core.ts';
import type { ModuleSource } from '../wasm/load.ts';
import { type Answers, Tables } from '../wasm/tables.ts';

let source: ModuleSource | undefined;
let tables: Tables | undefined;

/**
 * Says what the scaling functions run on, where the inlined bytes cannot be compiled: a compiled module or the bytes of
 * `bayplan/bayplan.wasm`. Not needed in Node, browsers and (by its own entry) Cloudflare Workers.
 * @throws BayplanException MODULE_INVALID or ABI_MISMATCH for a foreign module; what stood before stays.
 */
export function useScalingModule(module: ModuleSource): void {
  tables = new Tables(module);
  source = module;
}

/** What useScalingModule was told: fleets have a core of their own. */
export function moduleSource(): ModuleSource | undefined {
  return source;
}

/** @throws BayplanException CORE_TRAPPED when the columns need more than 4 GiB. */
export function answer(
  doubles: readonly Float64Array[],
  ints: readonly Int32Array[],
  work: (core: Core) => void,
): Answers {
  return withTables((made) => made.answer(doubles, ints, work));
}

/** For rules that take numbers and give one. */
export function ask<T>(work: (core: Core) => T): T {
  return withTables((made) => made.ask(work));
}

function withTables<T>(work: (made: Tables) => T): T {
  tables ??= new Tables(source);
  try {
    return work(tables);
  } catch (error) {
    if (error instanceof BayplanError && error.code === 'CORE_TRAPPED') tables = undefined;
    throw error;
  }
}
