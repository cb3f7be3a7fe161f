/** Files of at most 300 lines, functions of at most 70, each file opening with what it is for. */
import { describe, expect, it } from 'vitest';
import { sourceFiles } from '../support/source-files.ts';
import { lineCount, longFiles, longFunctions, MAX_FILE_LINES, MAX_FUNCTION_LINES } from './sizes.ts';

const files = sourceFiles(['src', 'assembly', 'test', 'bench']);
/** The facts table is generated data: one line a row. */
const code = files.filter(({ path }) => !path.startsWith('src/instance-types/data'));

describe('every source file', () => {
  it(`has at most ${MAX_FILE_LINES} lines`, () => {
    expect(longFiles(code)).toEqual([]);
  });

  it(`has functions of at most ${MAX_FUNCTION_LINES} lines`, () => {
    expect(code.flatMap(longFunctions)).toEqual([]);
  });

  it('opens with a comment that says what it is for', () => {
    const silent = files.filter(({ text }) => !/^(#!.*\n)?(\/\*\*|\/\/ )/.test(text));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('has a name that says what is in it', () => {
    const vague = files.filter(({ path }) => /\/(utils?|helpers?|managers?|misc|common)(\/|\.)/.test(path));
    expect(vague.map(({ path }) => path)).toEqual([]);
  });
});

describe('measuring', () => {
  const body = (lines: number): string => Array.from({ length: lines }, (_, k) => `  work(${k});`).join('\n');

  it('counts a function from its first line to its last', () => {
    expect(longFunctions({ path: 'a.ts', text: `function f() {\n${body(68)}\n}` })).toEqual([]);
    expect(longFunctions({ path: 'a.ts', text: `\nfunction f() {\n${body(69)}\n}` })).toEqual(['a.ts:2: 71 lines']);
  });

  it('sees through AssemblyScript decorators', () => {
    expect(
      longFunctions({
        path: 'a.ts',
        text: `// @ts-ignore: decorator\n@inline export function f(): void {\n${body(70)}\n}`,
      }),
    ).toHaveLength(1);
  });

  it('lets describe blocks be long, but not a test in one', () => {
    expect(longFunctions({ path: 'a.ts', text: `describe('x', () => {\n${body(80)}\n});` })).toEqual([]);
    expect(
      longFunctions({ path: 'a.ts', text: `describe('x', () => {\n it('y', () => {\n${body(80)}\n});\n});` }),
    ).toHaveLength(1);
  });

  it('does not count the end of the last line as a line', () => {
    expect([lineCount('a\nb\n'), lineCount('a\nb')]).toEqual([2, 2]);
  });
});
