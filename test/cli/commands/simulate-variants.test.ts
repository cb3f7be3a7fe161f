/** Which variants a command line means. */
import { describe, expect, it } from 'vitest';
import { type Assignment, variantsOf } from '../../../src/cli/commands/simulate-variants.ts';

const set = (...texts: string[]): Assignment[] => texts.map((text) => ({ text, variant: undefined }));
const told = (files: string[], assignments: Assignment[], names?: string[]) =>
  variantsOf(files, assignments, names).map((one) => [one.file, one.name, one.set.join(' ')]);

describe('variants', () => {
  it('are the files, with what is set in all of them', () => {
    expect(told(['a.json', 'b.json'], set('seed=1'))).toEqual([
      ['a.json', 'a.json', 'seed=1'],
      ['b.json', 'b.json', 'seed=1'],
    ]);
  });

  it('are a file as it is and with what is set', () => {
    expect(told(['a.json'], set('services[web].desiredCount=4', 'seed=1'))).toEqual([
      ['a.json', 'a.json', ''],
      ['a.json', 'desiredCount=4 seed=1', 'services[web].desiredCount=4 seed=1'],
    ]);
  });

  it('are the values of a path, each with each; what is set once is common', () => {
    expect(
      told(['a.json'], set('x.a=1', 'x.b=3', 'x.a=2', 'c=0', 'x.b=4')).map(([, name, all]) => [name, all]),
    ).toEqual([
      ['a=1 b=3', 'c=0 x.a=1 x.b=3'],
      ['a=1 b=4', 'c=0 x.a=1 x.b=4'],
      ['a=2 b=3', 'c=0 x.a=2 x.b=3'],
      ['a=2 b=4', 'c=0 x.a=2 x.b=4'],
    ]);
  });

  it('name a path in full where its end does not tell it apart', () => {
    const all = set('s[a].n=1', 's[a].n=2', 's[b].n=3', 's[b].n=4');
    expect(told(['a.json'], all)[0]?.[1]).toBe('s[a].n=1 s[b].n=3');
  });

  it('are named groups, with what is set before the first in all of them', () => {
    const all = [...set('seed=1'), { text: 'a=1', variant: 'fast' }, { text: 'a=2', variant: 'slow' }];
    expect(told(['a.json', 'b.json'], all, ['plain', 'fast', 'slow'])).toEqual([
      ['a.json', 'a.json plain', 'seed=1'],
      ['a.json', 'a.json fast', 'seed=1 a=1'],
      ['a.json', 'a.json slow', 'seed=1 a=2'],
      ['b.json', 'b.json plain', 'seed=1'],
      ['b.json', 'b.json fast', 'seed=1 a=1'],
      ['b.json', 'b.json slow', 'seed=1 a=2'],
    ]);
  });

  it('are two at least and 256 at most', () => {
    expect(() => variantsOf(['a.json'], [], undefined)).toThrow(/needs two variants/);
    expect(() => variantsOf(['a.json'], [], ['one'])).toThrow(/needs two variants/);
    const many = Array.from({ length: 300 }, (_, k) => `a=${k}`);
    expect(() => variantsOf(['a.json'], set(...many), undefined)).toThrow(/256/);
    expect(() => variantsOf(['a.json'], [], ['one', 'one'])).toThrow(/one is there twice/);
  });
});
