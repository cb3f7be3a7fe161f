/** Numbers of patterns match by how they are written, unless they are compared by size. */
import { describe, expect, it } from 'vitest';
import { matchesEvent } from '../../src/event-pattern/match.ts';
import { NumberText, parseJsonText } from '../../src/event-pattern/number-text.ts';
import { parseEventPattern } from '../../src/event-pattern/parse.ts';

function matches(pattern: string, event: string): boolean {
  return matchesEvent(parseEventPattern(pattern, 'EventPattern'), parseJsonText(event));
}

describe('parseJsonText', () => {
  it('keeps how numbers are written, and is JSON otherwise', () => {
    const text = '{"a":[300,300.0,-0.50,3.0e2],"b":"300.0 \\" 1.0","c":null}';
    expect(parseJsonText(text)).toEqual({
      a: [300, new NumberText('300.0'), new NumberText('-0.50'), new NumberText('3.0e2')],
      b: '300.0 " 1.0',
      c: null,
    });
    expect(JSON.stringify(parseJsonText(text))).toBe('{"a":[300,300,-0.5,300],"b":"300.0 \\" 1.0","c":null}');
    expect(() => parseJsonText('{"a":01.0}')).toThrow(SyntaxError);
  });
});

describe('a number of a pattern', () => {
  it('matches the same text only', () => {
    expect(matches('{"a":[300]}', '{"a":300}')).toBe(true);
    expect(matches('{"a":[300]}', '{"a":300.0}')).toBe(false);
    expect(matches('{"a":[300.0]}', '{"a":300}')).toBe(false);
    expect(matches('{"a":[300.0]}', '{"a":[1, 300.0]}')).toBe(true);
    expect(matches('{"a":[300.0]}', '{"a":3.0e2}')).toBe(false);
    expect(matches('{"a":[{"anything-but":[300]}]}', '{"a":300.0}')).toBe(true);
    expect(matches('{"a":[{"anything-but":300.0}]}', '{"a":300.0}')).toBe(false);
  });

  it('is its size with numeric', () => {
    expect(matches('{"a":[{"numeric":["=",300.0]}]}', '{"a":300}')).toBe(true);
    expect(matches('{"a":[{"numeric":[">",1.0,"<=",3e2]}]}', '{"a":300.0}')).toBe(true);
    expect(matches('{"a":[{"numeric":["<",300]}]}', '{"a":300.0}')).toBe(false);
  });

  it('is there for exists, and no object', () => {
    expect(matches('{"a":[{"exists":true}]}', '{"a":1.0}')).toBe(true);
    expect(matches('{"a":{"b":[{"exists":false}]}}', '{"a":1.0}')).toBe(true);
  });
});
