/** The AWS CLI's shorthand syntax. */
import { describe, expect, it } from 'vitest';
import { parseShorthand, splitItems } from '../../../src/cli/input/shorthand.ts';

const parse = (text: string) => parseShorthand(text, '--option');

describe('parseShorthand', () => {
  it.each<[string, object]>([
    ['type=spread,field=attribute:ecs.availability-zone', { type: 'spread', field: 'attribute:ecs.availability-zone' }],
    ['type=random', { type: 'random' }],
    ['a=', { a: '' }],
    ['a=b,c=', { a: 'b', c: '' }],
    ['a=[1,2, 3],b={c=d,e=[f]}', { a: ['1', '2', '3'], b: { c: 'd', e: ['f'] } }],
    ['a=[]', { a: [] }],
    [
      'awsvpcConfiguration={subnets=[s-1,s-2],assignPublicIp=ENABLED}',
      { awsvpcConfiguration: { subnets: ['s-1', 's-2'], assignPublicIp: 'ENABLED' } },
    ],
    ['type=memberOf,expression=attribute:x == y', { type: 'memberOf', expression: 'attribute:x == y' }],
    ['expression=attribute:x in [a, b],type=memberOf', { expression: 'attribute:x in [a, b]', type: 'memberOf' }],
    ["expression=attribute:x == 'a, b'", { expression: "attribute:x == 'a, b'" }],
    ["expression='attribute:x == y, z'", { expression: 'attribute:x == y, z' }],
    ['expression="attribute:x =~ \\"a\\""', { expression: 'attribute:x =~ "a"' }],
    ['expression=attribute:x =~ a\\,b', { expression: 'attribute:x =~ a\\,b' }],
    [
      'expression=not(attribute:x in [a,b]) and attribute:y exists',
      { expression: 'not(attribute:x in [a,b]) and attribute:y exists' },
    ],
    ["expression='a' == b", { expression: "'a' == b" }],
    ['__proto__=x', { ['__proto__']: 'x' }],
  ])('reads %s', (text, value) => {
    expect(JSON.stringify(parse(text))).toBe(JSON.stringify(value));
  });

  it.each([
    ['', 1, 'name=value', 'the end'],
    ['type = spread', 1, 'name=value', '"type = sprea"'],
    ['spread', 1, 'name=value', '"spread"'],
    ['type=spread,', 13, 'name=value', 'the end'],
    ['type=spread,field', 13, 'name=value', '"field"'],
    ['a=b,a=c', 6, 'another name than a, which is given already', '"=c"'],
    ['a=[b', 5, 'a comma or ]', 'the end'],
    ['a={b=c', 7, 'a comma or }', 'the end'],
    ['a=[b]c', 6, 'a comma or the end', '"c"'],
  ])('refuses %j', (text, column, expected, found) => {
    expect(() => parse(text)).toThrow(
      `--option: column ${column} of ${JSON.stringify(text)}: expected ${expected}, but found ${found}.`,
    );
  });
});

describe('splitItems', () => {
  it('starts a new item at type= after a space', () => {
    expect(splitItems('type=spread,field=instanceId type=binpack,field=cpu')).toEqual([
      'type=spread,field=instanceId',
      'type=binpack,field=cpu',
    ]);
  });

  it('leaves the spaces of an expression alone', () => {
    const text = 'type=memberOf,expression=attribute:type == x and attribute:y exists';
    expect(splitItems(text)).toEqual([text]);
  });
});
