/** The import rules of the architecture, over all of src and assembly; and the rules themselves on made-up imports. */
import { describe, expect, it } from 'vitest';
import { sourceFiles } from '../support/source-files.ts';
import { importsOf } from './imports.ts';
import { breach, cycles, strays } from './layers.ts';

const files = sourceFiles(['src', 'assembly']);
const imports = files.flatMap(importsOf);
const edge = (from: string, to: string) => ({ from, to, isPackage: false, isValue: true });

describe('imports', () => {
  it('go to the own folder or a lower layer', () => {
    expect(imports.map(breach).filter(Boolean)).toEqual([]);
  });

  it('start in files that stand in a layer', () => {
    expect(strays(files.map((file) => file.path))).toEqual([]);
  });

  it('make no cycle', () => {
    expect(cycles(imports)).toEqual([]);
  });

  it('of the AssemblyScript loader stand in one file', () => {
    const importers = imports.filter((one) => one.to.startsWith('@assemblyscript/loader')).map((one) => one.from);
    expect([...new Set(importers)]).toEqual(['src/wasm/load.ts']);
  });

  it('name the file with its ending', () => {
    const bare = sourceFiles(['src', 'test', 'bench']).flatMap(({ path, text }) =>
      [...text.matchAll(/from '(\.[^']*)'/g)]
        .filter((match) => !/\.(ts|json|js|mjs|wasm)$/.test(match[1] ?? ''))
        .map((match) => `${path}: ${match[1]}`),
    );
    expect(bare).toEqual([]);
  });
});

describe('the layer rules', () => {
  it('refuse a higher layer, a sibling, a stage by a stage, and the facts table outside the command line', () => {
    expect(breach(edge('src/model/task.ts', 'src/contract.ts'))).toContain('higher layer');
    expect(breach(edge('src/wasm/engine.ts', 'src/reference/engine.ts'))).toContain('sibling');
    expect(breach(edge('assembly/place/filter.ts', 'assembly/place/commit.ts'))).toContain('sibling');
    expect(breach(edge('assembly/bits/words.ts', 'assembly/table/counts.ts'))).toContain('higher layer');
    expect(breach(edge('assembly/table/check.ts', 'src/errors.ts'))).toContain('no layer');
    expect(breach(edge('src/create-engine.ts', 'src/instance-types/index.ts'))).toContain('only the command line');
  });

  it('accept the own folder and lower layers', () => {
    expect(breach(edge('src/wasm/engine.ts', 'src/wasm/encode/demand.ts'))).toBeUndefined();
    expect(breach(edge('src/cli/main.ts', 'src/instance-types/index.ts'))).toBeUndefined();
    expect(breach(edge('assembly/place/place.ts', 'assembly/place/commit.ts'))).toBeUndefined();
    expect(breach(edge('assembly/place/score.ts', 'assembly/place/score/spread.ts'))).toBeUndefined();
  });

  it('find a file without a layer', () => {
    expect(strays(['src/odd/x.ts', 'src/model/task.ts', 'assembly/odd.ts'])).toEqual([
      'src/odd/x.ts',
      'assembly/odd.ts',
    ]);
  });

  it('find a cycle once and no cycle in a diamond', () => {
    expect(cycles([edge('a', 'b'), edge('b', 'c'), edge('c', 'a')])).toEqual(['a -> b -> c -> a']);
    expect(cycles([edge('a', 'b'), edge('a', 'c'), edge('b', 'd'), edge('c', 'd')])).toEqual([]);
  });
});

describe('reading imports', () => {
  it('tells values from types and files from packages', () => {
    const text =
      "import type { A } from '../a.ts';\nimport { type B } from './b.ts';\nimport { c } from 'c';\nexport { d } from './d.ts';\nconst e = await import('./e.ts');";
    expect(importsOf({ path: 'src/x/y.ts', text })).toEqual([
      { from: 'src/x/y.ts', to: 'src/a.ts', isPackage: false, isValue: false },
      { from: 'src/x/y.ts', to: 'src/x/b.ts', isPackage: false, isValue: false },
      { from: 'src/x/y.ts', to: 'c', isPackage: true, isValue: true },
      { from: 'src/x/y.ts', to: 'src/x/d.ts', isPackage: false, isValue: true },
      { from: 'src/x/y.ts', to: 'src/x/e.ts', isPackage: false, isValue: true },
    ]);
  });
});
