/**
 * Loads the core: the only file that knows @assemblyscript/loader and the inlined bytes. Called once per engine; a
 * module may serve many engines.
 */
import { instantiateSync } from '@assemblyscript/loader';
import { ABI_VERSION } from '../../assembly/abi.ts';
import { BayplanError } from '../errors.ts';
import type { Core } from './core.ts';
import { coreBase64 } from './generated/core.ts';

export type ModuleSource = WebAssembly.Module | ArrayBuffer | Uint8Array;

let inlined: WebAssembly.Module | undefined;

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let k = 0; k < binary.length; k++) bytes[k] = binary.charCodeAt(k);
  return bytes;
}

/** Compiled once and kept: instantiating it again takes microseconds. */
function inlinedModule(): WebAssembly.Module {
  inlined ??= new WebAssembly.Module(decode(coreBase64));
  return inlined;
}

function compile(source: ModuleSource | undefined): WebAssembly.Module {
  if (source === undefined) return inlinedModule();
  if (source instanceof WebAssembly.Module) return source;
  try {
    return new WebAssembly.Module(source as Uint8Array<ArrayBuffer>);
  } catch (cause) {
    return refuseModule(cause);
  }
}

function refuseModule(cause: unknown): never {
  throw new BayplanError(
    'BayplanException',
    'MODULE_INVALID',
    `module is no WebAssembly of Bayplan: ${String(cause)}`,
    {
      path: 'module',
    },
  );
}

/** The loader's own `exports` wrap every function; the raw ones are the fast ones. */
function instantiate(
  module: WebAssembly.Module,
  abort: (message: number, file: number, line: number, column: number) => never,
): Core {
  try {
    return instantiateSync(module, { env: { abort } }).instance.exports as unknown as Core;
  } catch (cause) {
    return refuseModule(cause); // it imports what no core does
  }
}

/** Text of an AssemblyScript string: UTF-16, its length in bytes four bytes before it. */
function readText(memory: WebAssembly.Memory, address: number): string {
  const view = new DataView(memory.buffer);
  const length = address === 0 ? 0 : view.getUint32(address - 4, true) >>> 1;
  return String.fromCharCode(...Array.from({ length }, (_, k) => view.getUint16(address + 2 * k, true)));
}

/**
 * @throws BayplanException MODULE_INVALID for bytes that are no core of Bayplan, ABI_MISMATCH for another version's.
 */
export function loadCore(source?: ModuleSource): Core {
  const module = compile(source);
  let memory: WebAssembly.Memory | undefined;
  const abort = (message: number, file: number, line: number, column: number): never => {
    const where =
      memory === undefined ? '' : `${readText(memory, message)} at ${readText(memory, file)}:${line}:${column}`;
    throw new WebAssembly.RuntimeError(`core aborted: ${where}`);
  };
  const exports = instantiate(module, abort);
  memory = exports.memory;
  if (typeof exports.abiVersion !== 'function') refuseModule('it exports no abiVersion');
  if (exports.abiVersion() !== ABI_VERSION) {
    const value = exports.abiVersion();
    throw new BayplanError(
      'BayplanException',
      'ABI_MISMATCH',
      `module has ABI ${value}, this package needs ${ABI_VERSION}.`,
      { path: 'module', value },
    );
  }
  return exports;
}
