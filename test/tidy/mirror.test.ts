/** The rules stand in three places under one name: the core, its reference twin, and the test of both. */
import { describe, expect, it } from 'vitest';
import { sourceFiles } from '../support/source-files.ts';

/** Storage has no twin: laws test it. */
const MIRRORED = ['assembly/random', 'assembly/place', 'assembly/scale'];

describe('every rule of the core', () => {
  const rules = sourceFiles(MIRRORED).map(({ path }) => path.replace(/^assembly\//, '').replace(/\.ts$/, ''));
  const present = new Set(sourceFiles(['src/reference', 'test']).map(({ path }) => path));

  it('is there to be mirrored', () => {
    expect(rules).toContain('place/place');
  });

  it.each(rules)('%s has its twin and its test', (rule) => {
    const wanted = [`src/reference/${rule}.ts`, `test/${rule}.test.ts`];
    expect(wanted.filter((path) => !present.has(path))).toEqual([]);
  });
});
