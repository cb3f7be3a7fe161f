/** Patterns that EventBridge refuses: the exception, the path and the reason. */
import { describe, expect, it } from 'vitest';
import { BayplanError } from '../../src/errors.ts';
import { parseEventPattern } from '../../src/event-pattern/parse.ts';

function refusal(pattern: unknown): BayplanError | undefined {
  try {
    parseEventPattern(pattern, 'EventPattern');
    return undefined;
  } catch (error) {
    if (error instanceof BayplanError) return error;
    throw error;
  }
}

const REFUSED: readonly [pattern: unknown, path: string, reason: string][] = [
  ['{', 'EventPattern', 'not valid JSON'],
  [[], 'EventPattern', 'not an object'],
  [{}, 'EventPattern', 'Empty objects'],
  [{ a: {} }, 'EventPattern.a', 'Empty objects'],
  [{ a: [] }, 'EventPattern.a', 'Empty arrays'],
  [{ a: 'x' }, 'EventPattern.a', 'object or an array'],
  [{ a: [['x']] }, 'EventPattern.a[0]', 'Match value'],
  [{ a: [{ prefix: 'x', suffix: 'y' }] }, 'EventPattern.a[0]', 'Only one key'],
  [{ a: [{}] }, 'EventPattern.a[0]', 'Only one key'],
  [{ a: [{ like: 'x' }] }, 'EventPattern.a[0]', 'Unrecognized match type like'],
  [{ a: [{ constructor: 'x' }] }, 'EventPattern.a[0]', 'Unrecognized match type constructor'],
  [{ a: [{ prefix: 3 }] }, 'EventPattern.a[0].prefix', 'must be a string'],
  [{ a: [{ prefix: { suffix: 'x' } }] }, 'EventPattern.a[0].prefix', 'Unsupported expression'],
  [{ a: [{ exists: 'x' }] }, 'EventPattern.a[0].exists', 'true or false'],
  [{ a: [{ 'anything-but': [] }] }, 'EventPattern.a[0].anything-but', 'Empty arrays'],
  [{ a: [{ 'anything-but': ['x', 1] }] }, 'EventPattern.a[0].anything-but', 'all values'],
  [{ a: [{ 'anything-but': null }] }, 'EventPattern.a[0].anything-but', 'all values'],
  [{ a: [{ 'anything-but': { prefix: '' } }] }, 'EventPattern.a[0].anything-but', 'empty prefix'],
  [{ a: [{ 'anything-but': { numeric: ['=', 1] } }] }, 'EventPattern.a[0].anything-but', 'Unsupported'],
  [{ a: [{ numeric: [] }] }, 'EventPattern.a[0].numeric', 'must be an array'],
  [{ a: [{ numeric: ['!', 1] }] }, 'EventPattern.a[0].numeric', 'operator'],
  [{ a: [{ numeric: ['=', '1'] }] }, 'EventPattern.a[0].numeric', 'numeric'],
  [{ a: [{ numeric: ['<', 5, '>', 1] }] }, 'EventPattern.a[0].numeric', 'A range'],
  [{ a: [{ numeric: ['>', 5, '<', 5] }] }, 'EventPattern.a[0].numeric', 'Bottom'],
  [{ a: [{ numeric: ['>', 5e9 + 1] }] }, 'EventPattern.a[0].numeric', 'between'],
  [{ a: [{ cidr: '10.0.0.0' }] }, 'EventPattern.a[0].cidr', 'CIDR'],
  [{ a: [{ cidr: '10.0.0.0/33' }] }, 'EventPattern.a[0].cidr', 'CIDR'],
  [{ a: [{ wildcard: 'a**' }] }, 'EventPattern.a[0].wildcard', 'Consecutive'],
  [{ a: [{ wildcard: 'a\\b' }] }, 'EventPattern.a[0].wildcard', 'escape'],
  [{ a: ['x'.repeat(4096)] }, 'EventPattern', '4096 characters'],
];

describe('a pattern is refused', () => {
  it.each(REFUSED)('%j', (pattern, path, reason) => {
    const error = refusal(pattern);
    expect(error?.name).toBe('InvalidEventPatternException');
    expect(error?.facts.path).toBe(path);
    expect(error?.message).toContain(reason);
  });

  it('with more than a thousand combinations of $or', () => {
    const ten = (name: string) => Array.from({ length: 10 }, (_, k) => ({ [name]: [k] }));
    const or = (names: string) => Object.fromEntries([...names].map((name) => [name, { $or: ten(name) }]));
    expect(refusal(or('abc'))).toBeUndefined();
    expect(refusal(or('abcd'))?.message).toContain('1000 combinations');
  });

  it('and text of JSON is read', () => {
    expect(refusal('{"source":["aws.ecs"]}')).toBeUndefined();
  });
});
