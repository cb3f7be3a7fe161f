/** Creates an engine: the WebAssembly one, or the reference that it is checked against. One engine is one cluster. */
import type { Engine, EngineOptions } from './contract.ts';
import { parseEngineOptions } from './model/engine-options.ts';
import { WasmEngine } from './wasm/engine.ts';
import type { ModuleSource } from './wasm/load.ts';

export interface CreateEngineOptions extends EngineOptions {
  /** Default 'wasm'. 'reference' is plain TypeScript: obvious, slow, the oracle of every test. */
  readonly engine?: 'wasm' | 'reference';
  /** A compiled module or the bytes of `bayplan/bayplan.wasm`, where the inlined bytes cannot be compiled. */
  readonly module?: ModuleSource;
}

/**
 * @throws InvalidParameterException for an option of the wrong type or a seed that is no u32; BayplanException
 * MODULE_INVALID or ABI_MISMATCH for a foreign `module`.
 */
export async function createEngine(options: CreateEngineOptions = {}): Promise<Engine> {
  const context = parseEngineOptions(options);
  const { engine, module, ...rest } = options;
  const checked = { ...rest, ...context };
  if (engine !== 'reference') return new WasmEngine(checked, module);
  const { createReferenceEngine } = await import('./reference/engine.ts');
  return createReferenceEngine(checked);
}
