/** Loading: what a module may be, and how one that is no core of this version is refused. */
import { describe, expect, it } from 'vitest';
import { ABI_VERSION } from '../../assembly/abi.ts';
import { type CreateEngineOptions, createEngine } from '../../src/create-engine.ts';
import { BayplanError } from '../../src/errors.ts';
import { loadCore } from '../../src/wasm/load.ts';
import { answering, debugBytes, debugModule, emptyModule, importing, releaseBytes } from './cores.ts';

async function rejection(options: unknown): Promise<string> {
  const error = await createEngine(options as CreateEngineOptions).then(
    () => new Error('an engine was created'),
    (reason: Error) => reason,
  );
  return error instanceof BayplanError ? `${error.name} ${error.code}` : `${error.name}: ${error.message}`;
}

const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

describe('a module', () => {
  it.each([
    ['a compiled module', debugModule],
    ['bytes', copy(releaseBytes)],
    ['an array buffer', copy(releaseBytes).buffer],
    ['bytes within a larger buffer', copy(Uint8Array.from([9, 9, 9, ...releaseBytes, 9])).subarray(3, -1)],
    ['a Node buffer', debugBytes],
  ])('may be %s', (_, module) => {
    expect(loadCore(module).abiVersion()).toBe(ABI_VERSION);
  });

  it('may be left out: the package holds one', () => {
    expect(loadCore().abiVersion()).toBe(ABI_VERSION);
  });

  it('serves engines that know nothing of each other', () => {
    const [one, other] = [loadCore(debugModule), loadCore(debugModule)];
    one.init(1);
    other.init(2);
    one.addGroup();
    expect([one.seed(), other.seed(), one.addGroup(), other.addGroup()]).toEqual([1, 2, 1, 0]);
    expect(one.memory).not.toBe(other.memory);
  });

  it.each([
    ['no WebAssembly', Uint8Array.from([1, 2, 3])],
    ['cut off', copy(releaseBytes).subarray(0, 1000)],
    ['text', 'AGFzbQ=='],
    ['a URL', new URL('https://example.com/bayplan.wasm')],
    ['null', null],
    ['an empty module', emptyModule],
    ['a module that imports a function of env', importing('env')],
    ['a module that imports from elsewhere', importing('wasi')],
  ])('is refused when it is %s', async (_, module) => {
    expect(await rejection({ module })).toBe('BayplanException MODULE_INVALID');
  });

  it('is refused when it has another ABI', async () => {
    expect(await rejection({ module: answering(ABI_VERSION + 1) })).toBe('BayplanException ABI_MISMATCH');
  });
});

describe('an option', () => {
  it.each([
    ['options', null],
    ['options', 'seed=1'],
    ['seed', { seed: -1 }],
    ['seed', { seed: 2 ** 32 }],
    ['seed', { seed: '7' }],
    ['engine', { engine: 'fast' }],
    ['cluster', { cluster: 'a cluster' }],
    ['cql', { cql: 5 }],
    ['cql', { cql: { taskGroupNegation: 'some' } }],
    ['cql', { cql: { numericAttributes: 'yes' } }],
    ['instanceTypes', { instanceTypes: 'm5.large' }],
  ])('of a wrong kind is refused: %s %j', async (_, options) => {
    expect(await rejection(options)).toMatch(/^InvalidParameterException /);
  });
});
