/** What `import('bayplan')` pulls in: our own files and the AssemblyScript loader, no facts table, no command line. */
import { describe, expect, it } from 'vitest';
import { sourceFiles } from '../support/source-files.ts';
import { importsOf } from './imports.ts';

const files = new Map(sourceFiles(['src', 'assembly']).map((file) => [file.path, file]));

/** Every file and package that an entry reaches by value imports. */
function reachedFrom(entry: string): string[] {
  const reached = new Set([entry]);
  for (const path of reached) {
    const file = files.get(path);
    for (const { to, isValue } of file ? importsOf(file) : []) if (isValue) reached.add(to);
  }
  return [...reached].sort();
}

describe('the main entry', () => {
  const reached = reachedFrom('src/index.ts');

  it('reaches one package, the loader', () => {
    expect(reached.filter((name) => !/\.(ts|js|json|wasm)$/.test(name))).toEqual(['@assemblyscript/loader']);
  });

  it('reaches neither the facts table nor the command line', () => {
    expect(reached.filter((path) => /^src\/(instance-types|cli)\//.test(path))).toEqual([]);
  });

  it('reaches the engine', () => {
    expect(reached).toContain('src/create-engine.ts');
  });

  it('exports by name only', () => {
    expect(files.get('src/index.ts')?.text).not.toMatch(/export \*/);
  });
});

describe('the reference entry', () => {
  it('reaches no package and no WebAssembly', () => {
    const reached = reachedFrom('src/reference/index.ts');
    expect(reached.filter((path) => !path.endsWith('.ts') || path.startsWith('src/wasm/'))).toEqual([]);
  });
});
