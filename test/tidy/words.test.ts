/** Words that must not stand in the code: clocks and dice outside their place, tests switched off, work left undone. */
import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from '../support/source-files.ts';

/** This file names what it looks for, so the words are put together here. */
const word = (...parts: string[]): RegExp => new RegExp(parts.join(''), 'g');

function places(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, k) => (line.match(pattern) ? [`${path}:${k + 1}: ${line.trim()}`] : [])),
  );
}

const sources = sourceFiles(['src', 'assembly']);
const tests = sourceFiles(['test', 'bench']);
const scripts = sourceFiles(['scripts'], ['.mjs']);
const texts = sourceFiles(['docs', 'examples'], ['.md']);

describe('the sources', () => {
  it('take time and chance as arguments', () => {
    const outside = sources.filter(({ path }) => !path.startsWith('src/base/clock'));
    expect(
      places(outside, word('Date\\.', 'now\\(|Math\\.', 'random\\(|new Date', '\\(\\)|performance\\.', 'now\\(')),
    ).toEqual([]);
  });

  it('switch no type check off', () => {
    const typed = sources.filter(({ path }) => path.startsWith('src/'));
    expect(
      places(typed, word(':\\s*an', 'y\\b|\\bas an', 'y\\b|@ts-', '(ignore|nocheck|expect-error)|biome-', 'ignore')),
    ).toEqual([]);
  });

  it('write to the console only in the command line', () => {
    const library = sources.filter(({ path }) => path.startsWith('src/') && !path.startsWith('src/cli/'));
    expect(places(library, word('\\bconsole', '\\.'))).toEqual([]);
  });

  it('leave nothing for later', () => {
    const all = [...sources, ...tests, ...scripts];
    expect(places(all, word('\\b(TO', 'DO|FIX', 'ME|XX', 'X|HA', 'CK)\\b|not im', 'plemented'))).toEqual([]);
  });

  it('speak of the product and not of how it was made', () => {
    const all = [...sources, ...tests, ...scripts, ...texts];
    expect(places(all, word('/work', '/shared|placement', '\\.md|scaling', '\\.md'))).toEqual([]);
  });
});

describe('the tests', () => {
  it('all run: a test is skipped only by a condition that says why', () => {
    expect(places(tests, word('\\.(on', 'ly|sk', 'ip|to', 'do)\\('))).toEqual([]);
  });
});
