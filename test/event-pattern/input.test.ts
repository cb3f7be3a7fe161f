/** What targets get of an event: constants, parts, templates; and paths that are refused. */
import { describe, expect, it } from 'vitest';
import { checkInput, parseInputPath, targetText } from '../../src/event-pattern/input.ts';
import { refusal } from '../model/refusal.ts';

const NAMES = { ruleName: 'r', ruleArn: 'arn:r' };
const EVENT = { id: '1', detail: { 'a-b': [{ c: 'say "x"' }, { c: 2 }], none: null } };

function filled(template: string, paths: Record<string, string>): string | undefined {
  return targetText({ transformer: { paths, template } }, EVENT, NAMES);
}

describe('the text of a target', () => {
  it('is nothing of its own, a constant, or a part of the event', () => {
    expect(targetText({}, EVENT, NAMES)).toBeUndefined();
    expect(targetText({ constant: '{"a":1}' }, EVENT, NAMES)).toBe('{"a":1}');
    expect(targetText({ path: '$.detail' }, EVENT, NAMES)).toBe(JSON.stringify(EVENT.detail));
    expect(targetText({ path: '$.other.more' }, EVENT, NAMES)).toBe('null');
  });

  it('is a template with parts: text stays valid within quotes, all else is JSON', () => {
    const paths = { text: '$.detail.a-b[0].c', number: "$['detail']['a-b'][1].c", list: '$.detail.a-b', gone: '$.x' };
    expect(JSON.parse(filled('{"t":"<text>","n":<number>,"l":<list>,"g":"<gone>"}', paths) as string)).toEqual({
      t: 'say "x"',
      n: 2,
      l: EVENT.detail['a-b'],
      g: '',
    });
    expect(filled('<aws.events.rule-name> <aws.events.rule-arn> <unknown>', {})).toBe('r arn:r ');
    expect(filled('<aws.events.event.json>', {})).toBe(JSON.stringify(EVENT));
  });

  it('does not reach what every object inherits', () => {
    expect(targetText({ path: '$.constructor.name' }, EVENT, NAMES)).toBe('null');
    expect(filled('<constructor>', {})).toBe('');
  });
});

describe('a path', () => {
  it('has names and places', () => {
    expect(parseInputPath('$', '')).toEqual([]);
    expect(parseInputPath("$.a_b[12]['c d']", '')).toEqual(['a_b', '12', 'c d']);
  });

  it.each(['', 'a', '$.', '$..a', '$[a]', '$.a b', '$[*]'])('%j is refused', (path) => {
    expect(refusal(() => checkInput({ path }, 'T'))).toMatchObject({ code: 'INPUT_PATH', path: 'T.InputPath' });
    const transformer = { paths: { x: path }, template: '' };
    expect(refusal(() => checkInput({ transformer }, 'T'))?.path).toBe('T.InputTransformer.InputPathsMap.x');
  });
});
