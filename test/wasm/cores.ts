/** The core as the host's parts see it, without an engine around it. Called by the tests of src/wasm. */
import { readFileSync } from 'node:fs';
import type { Core } from '../../src/wasm/core.ts';
import { Intern } from '../../src/wasm/intern.ts';
import { loadCore } from '../../src/wasm/load.ts';
import { Views } from '../../src/wasm/views.ts';

const build = (file: string): URL => new URL(`../../build/${file}`, import.meta.url);

export const debugBytes = readFileSync(build('debug.wasm'));
export const releaseBytes = readFileSync(build('release.wasm'));
export const debugModule = new WebAssembly.Module(debugBytes);

export interface Host {
  readonly core: Core;
  readonly views: Views;
  readonly intern: Intern;
}

/** A debug core: it checks its arguments. */
export function host(): Host {
  const core = loadCore(debugModule);
  core.init(0);
  return { core, views: new Views(core), intern: new Intern(core) };
}

/** Registers an ACTIVE, connected instance of 1024 CPU units and 1024 MiB; returns its slot. */
export function addInstance({ core, views }: Host): number {
  views.send([1024, 1024, 0, 9, 1024, 1024, 0, 9, 0, 0, 0, 3]);
  return core.register(0);
}

const MAGIC = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** A module with no section at all. */
export const emptyModule = Uint8Array.from(MAGIC);

/** A module that imports one function and exports nothing: `module.f` of type () -> (). */
export function importing(module: string): Uint8Array {
  const name = [...module].map((letter) => letter.charCodeAt(0));
  const entry = [1, name.length, ...name, 1, 0x66, 0, 0];
  return Uint8Array.from([...MAGIC, 1, 4, 1, 0x60, 0, 0, 2, entry.length, ...entry]);
}

/** A module of another version: exports only `abiVersion`, which answers `version` (below 64), and a memory. */
export function answering(version: number): Uint8Array {
  const text = (name: string): number[] => [name.length, ...[...name].map((letter) => letter.charCodeAt(0))];
  const section = (id: number, body: number[]): number[] => [id, body.length, ...body];
  return Uint8Array.from([
    ...MAGIC,
    ...section(1, [1, 0x60, 0, 1, 0x7f]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...text('abiVersion'), 0, 0, ...text('memory'), 2, 0]),
    ...section(10, [1, 4, 0, 0x41, version, 0x0b]),
  ]);
}
