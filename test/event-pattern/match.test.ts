/** The event pattern language: every operator on values that match and values that do not, arrays, `$or`, and AWS's samples. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchesEvent } from '../../src/event-pattern/match.ts';
import { parseEventPattern } from '../../src/event-pattern/parse.ts';

function matches(pattern: unknown, event: unknown): boolean {
  return matchesEvent(parseEventPattern(pattern, 'EventPattern'), event);
}

/** One value of a field against a list of values, of which those at these places match. */
const VALUES: readonly [matcher: unknown, yes: readonly unknown[], no: readonly unknown[]][] = [
  ['a', ['a', ['b', 'a']], ['A', 'aa', '', null, 1, true, []]],
  ['', [''], [null, ' ']],
  [300, [300], ['300', 301]],
  [true, [true], [false, 'true', 1]],
  [null, [null, [null]], ['null', 0, false, '']],
  [{ prefix: 'eu-' }, ['eu-', 'eu-west-1'], ['EU-west-1', 'a eu-', 1]],
  [{ prefix: '' }, ['', 'a'], [null, 1]],
  [{ prefix: { 'equals-ignore-case': 'eu-' } }, ['EU-west-1', 'eu-'], ['u-', 'e']],
  [{ suffix: '.png' }, ['.png', 'a.png'], ['a.PNG', 'png']],
  [{ suffix: { 'equals-ignore-case': '.png' } }, ['a.PNG'], ['a.pngs']],
  [{ 'equals-ignore-case': 'Alice' }, ['alice', 'ALICE'], ['alic', 'alice ']],
  [
    { 'anything-but': 'stopped' },
    ['running', 'Stopped', 3, null, true, ['stopped', 'x']],
    ['stopped', ['stopped'], []],
  ],
  [{ 'anything-but': ['stopped', 'overloaded'] }, ['running'], ['stopped', 'overloaded']],
  [{ 'anything-but': [100, 200] }, [101, '100'], [100, 200]],
  [{ 'anything-but': { prefix: 'init' } }, ['in', 'running', 5], ['init', 'initializing']],
  [{ 'anything-but': { prefix: ['init', 'stop'] } }, ['running'], ['stopped', 'init']],
  [{ 'anything-but': { suffix: '.txt' } }, ['a.png'], ['a.txt']],
  [{ 'anything-but': { 'equals-ignore-case': ['a', 'b'] } }, ['c'], ['A', 'b']],
  [{ 'anything-but': { wildcard: '*/lib/*' } }, ['/usr/bin'], ['/usr/lib/x']],
  [{ numeric: ['=', 301.8] }, [301.8], ['301.8', 301]],
  [{ numeric: ['>', 0, '<=', 5] }, [5, 0.1], [0, 5.1, '3', null]],
  [{ numeric: ['<', 10] }, [9.9, -1], [10]],
  [{ numeric: ['>=', -5e9] }, [-5e9], [-5000000001]],
  [
    { cidr: '10.0.0.0/24' },
    ['10.0.0.0', '10.0.0.255'],
    ['10.0.1.0', '10.0.0', '10.0.0.256', '010.0.0.1', '::a00:1', 10],
  ],
  [{ cidr: '0.0.0.0/0' }, ['255.1.2.3'], ['::1']],
  [{ cidr: '2001:db8::/32' }, ['2001:db8::1', '2001:0DB8:ffff:0:0:0:0:1'], ['2001:db9::1', '2001:db8:::1', '1::2::3']],
  [{ cidr: '::ffff:10.0.0.0/104' }, ['::ffff:10.1.2.3'], ['::ffff:11.0.0.0', '10.1.2.3']],
  [{ exists: true }, ['', null, 0, ['a']], [[], { b: 1 }, undefined]],
  [{ exists: false }, [[], { b: 1 }, undefined], ['', null, ['a']]],
  [{ wildcard: 'a*b' }, ['ab', 'axxb', 'a*b', 'abb'], ['a', 'b', 'abc', 'xab']],
  [{ wildcard: '*' }, ['', 'x'], [1]],
  [{ wildcard: 'a*a' }, ['aa', 'aba'], ['a']],
  [{ wildcard: '*x*y*z' }, ['xyz', 'axxbyyczz'], ['zyx', 'xz']],
  [{ wildcard: 'a\\*\\\\b' }, ['a*\\b'], ['axb', 'a*b']],
];

describe('a value', () => {
  it.each(VALUES)('%j', (matcher, yes, no) => {
    const pattern = { a: [matcher] };
    expect(yes.filter((a) => !matches(pattern, { a, b: 1 }))).toEqual([]);
    expect(no.filter((a) => matches(pattern, { a, b: 1 }))).toEqual([]);
  });

  it('is one of several', () => {
    const pattern = { a: ['x', { prefix: 'y' }, { exists: false }] };
    expect(['x', 'yes', undefined, 'z'].map((a) => matches(pattern, { a }))).toEqual([true, true, true, false]);
  });
});

describe('fields', () => {
  it('hold together, by their exact names', () => {
    const pattern = { source: ['aws.ecs'], detail: { lastStatus: ['STOPPED'], group: [{ prefix: 'service:' }] } };
    const detail = { lastStatus: 'STOPPED', group: 'service:web', other: 1 };
    expect(matches(pattern, { source: 'aws.ecs', detail })).toBe(true);
    expect(matches(pattern, { source: 'aws.ecs', detail: { ...detail, lastStatus: 'RUNNING' } })).toBe(false);
    expect(matches(pattern, { source: 'aws.ecs', Detail: detail })).toBe(false);
    expect(matches(pattern, { source: 'aws.ecs', detail: 'STOPPED' })).toBe(false);
  });

  it('that every object inherits are not there', () => {
    expect(matches({ constructor: [{ exists: true }] }, {})).toBe(false);
    expect(matches({ toString: [{ exists: false }] }, {})).toBe(true);
  });

  it('below one array stand in the same element', () => {
    const event = {
      m: [
        { name: 'cpu', space: 'EC2' },
        { name: 'count', space: 'ES', in: [{ a: 1, b: 2 }, { a: 3 }] },
      ],
    };
    expect(matches({ m: { name: ['cpu'], space: ['EC2'] } }, event)).toBe(true);
    expect(matches({ m: { name: ['cpu'], space: ['ES'] } }, event)).toBe(false);
    expect(matches({ m: { name: ['count'], in: { a: [1], b: [2] } } }, event)).toBe(true);
    expect(matches({ m: { name: ['count'], in: { a: [3], b: [2] } } }, event)).toBe(false);
    expect(matches({ m: { name: ['cpu'], in: { a: [3] } } }, event)).toBe(false);
  });

  it('of arrays in arrays are found', () => {
    expect(matches({ a: { b: [2] } }, { a: [[{ b: 1 }], [{ b: 2 }]] })).toBe(true);
    expect(matches({ a: [2] }, { a: [[1], [2]] })).toBe(true);
  });
});

describe('$or', () => {
  const pattern = {
    detail: { $or: [{ c: [{ numeric: ['>', 0, '<=', 5] }] }, { d: [{ numeric: ['<', 10] }], e: ['x'] }] },
    source: ['s'],
  };

  it('takes one of its alternatives, with all else', () => {
    expect(matches(pattern, { source: 's', detail: { c: 3 } })).toBe(true);
    expect(matches(pattern, { source: 's', detail: { d: 3, e: 'x' } })).toBe(true);
    expect(matches(pattern, { source: 's', detail: { d: 3 } })).toBe(false);
    expect(matches(pattern, { source: 't', detail: { c: 3 } })).toBe(false);
  });

  it('nests, and keeps to the element of an array', () => {
    const nested = { m: { n: ['a'], $or: [{ x: [1] }, { y: [1], $or: [{ z: [1] }, { z: [2] }] }] } };
    expect(matches(nested, { m: [{ n: 'a', y: 1, z: 2 }] })).toBe(true);
    expect(matches(nested, { m: [{ n: 'a' }, { x: 1 }] })).toBe(false);
  });

  it('of values, or of fewer than two objects, is a field of that name', () => {
    expect(matches({ $or: [{ prefix: 'a' }] }, { $or: 'abc' })).toBe(true);
    expect(matches({ $or: [{ cidr: '10.0.0.0/24' }, { numeric: ['>', 10] }] }, { $or: 11 })).toBe(true);
    expect(matches({ $or: { a: ['x'] } }, { $or: { a: 'x' } })).toBe(true);
  });
});

const SAMPLES = new URL('../../../shared/samples/scaling/', import.meta.url);
const hasSamples = existsSync(SAMPLES);
if (!hasSamples) console.log('skipped: event pattern samples: ../shared/samples is not beside this clone');

function sample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8'));
}

describe.skipIf(!hasSamples)("AWS's samples", () => {
  it.each([
    [1, [1, 2]],
    [2, []],
    [3, []],
    [4, [3]],
  ])("of arrays: event %i, as event-ruler's own tests have it", (event, rules) => {
    const json = sample(`event-ruler/arrayEvent${event}.json`);
    expect([1, 2, 3].filter((rule) => matches(sample(`event-ruler/arrayRule${rule}.json`), json))).toEqual(rules);
  });

  it('of $or are relations, fields, or wrong', () => {
    const list = (name: string) => sample(`event-ruler/${name}.json`) as unknown[];
    const relations = list('orRelationshipRules').map((one) => parseEventPattern(one, ''));
    expect(relations.every((pattern) => JSON.stringify(pattern).includes('alternatives'))).toBe(true);
    for (const one of list('wrongOrRelationshipRules')) expect(() => parseEventPattern(one, '')).toThrow(/not valid/);
    const fields = list('normalRulesWithOrWording').map((one) => parseEventPattern(one, ''));
    expect(fields.some((pattern) => JSON.stringify(pattern).includes('alternatives'))).toBe(false);
  });
});
