/** The core itself, with its inspection exports: for tests of what lies below the engine. */
import { readFileSync } from 'node:fs';
import type { Core } from '../../src/wasm/core.ts';

export interface InspectedCore extends Core {
  randomNext(): number;
  randomBelow(k: number): number;
  stages(request: number, last: number): number;
  candidateWords(): number;
  selected(): number;
  decideOnly(request: number): number;
  decideWithoutIndexes(request: number): number;
  blockIndexes(): number;
  spreadOver(attribute: number): void;
  instancesWith(attribute: number, value: number): number;
  capabilitySets(): number;
  drive(seed: number, steps: number, firstRequest: number, requests: number, mode: number): number;
  drivenTasks(): number;
  allocateBytes(bytes: number): number;
  giveBackBytes(block: number, bytes: number): void;
  bitsAnd(target: number, source: number, length: number): void;
  bitsAndNot(target: number, source: number, length: number): void;
  bitsOr(target: number, source: number, length: number): void;
  bitsNot(target: number, length: number): void;
  bitsCount(bits: number, length: number): number;
  bitsFirst(bits: number, length: number): number;
  bitsNth(bits: number, length: number, k: number): number;
  bitsKeepLeast(bits: number, keys: number, length: number): void;
}

const compiled = (file: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(`../../build/${file}`, import.meta.url)));
const debug = compiled('debug.wasm');
const optimised = compiled('inspect.wasm');

export function createCore(seed = 1): InspectedCore {
  return instantiate(debug, seed);
}

/** The same exports as the release build has them: no assertions, but millions of operations a second. */
export function createFastCore(seed = 1): InspectedCore {
  return instantiate(optimised, seed);
}

function instantiate(module: WebAssembly.Module, seed: number): InspectedCore {
  const abort = (_message: number, _file: number, line: number, column: number): never => {
    throw new Error(`core aborted at ${line}:${column}`);
  };
  const core = new WebAssembly.Instance(module, { env: { abort } }).exports as unknown as InspectedCore;
  core.init(seed);
  return core;
}

/** Writes words to the front of the exchange buffer. */
export function send(core: Core, words: readonly number[]): void {
  const address = core.exchange(words.length * 4);
  new Int32Array(core.memory.buffer, address, words.length).set(words);
}

/** First word of the exchange buffer. */
export function received(core: Core): number {
  return new Int32Array(core.memory.buffer, core.exchange(4), 1)[0] as number;
}
