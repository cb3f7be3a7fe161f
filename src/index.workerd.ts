/**
 * The public API where WebAssembly may not be compiled from bytes (Cloudflare Workers): the same as index.ts, with the
 * core imported as a module. Chosen by the `workerd` condition of package.json.
 */
import core from '../bayplan.wasm';
import type { Engine } from './contract.ts';
import { type CreateEngineOptions, createEngine as create } from './create-engine.ts';

export * from './index.ts';

/** createEngine with the imported core. */
export function createEngine(options: CreateEngineOptions = {}): Promise<Engine> {
  return create({ ...options, module: options?.module ?? core });
}
