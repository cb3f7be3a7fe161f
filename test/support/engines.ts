/**
 * The engines under test: every property and every command sequence runs over this list and compares with its first
 * entry, the reference. A wasm build joins when its file is there; `npm test` builds both first.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Engine, EngineOptions } from '../../src/contract.ts';
import { createEngine } from '../../src/create-engine.ts';

export interface EngineKind {
  readonly name: 'reference' | 'wasm-debug' | 'wasm-release';
  create(options?: EngineOptions): Promise<Engine>;
}

const build = (file: string): URL => new URL(`../../build/${file}`, import.meta.url);

/** A kind made of one wasm file, compiled once. */
function wasmKind(name: EngineKind['name'], file: string): EngineKind[] {
  if (!existsSync(build(file))) return [];
  const module = new WebAssembly.Module(readFileSync(build(file)));
  return [{ name, create: (options = {}) => createEngine({ ...options, module }) }];
}

/** The reference first. */
export const engineKinds: readonly EngineKind[] = [
  { name: 'reference', create: (options = {}) => createEngine({ ...options, engine: 'reference' }) },
  ...wasmKind('wasm-debug', 'debug.wasm'),
  ...wasmKind('wasm-release', 'release.wasm'),
];

/** One engine of each kind with the same options. */
export function createAll(options?: EngineOptions): Promise<Engine[]> {
  return Promise.all(engineKinds.map((kind) => kind.create(options)));
}
