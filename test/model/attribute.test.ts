/** Attributes as PutAttributes and DeleteAttributes take them (ECS API, Attribute). */
import { describe, expect, it } from 'vitest';
import { attributeText, isCustomAttribute, parseAttributeChanges, parseAttributes } from '../../src/model/attribute.ts';
import { refusal } from './refusal.ts';

const TARGET = 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/abc';
const change = (members: object = {}) => ({ name: 'stack', value: 'prod', targetId: TARGET, ...members });
const put = (...attributes: unknown[]) => parseAttributeChanges({ attributes }, 'put');

describe('a put attribute', () => {
  it.each([
    ['letters and signs in its name', { name: 'aZ09-_/\\.' }],
    ['a name of 128 characters', { name: 'n'.repeat(128) }],
    ['signs and inner spaces in its value', { value: 'a Z-_/\\.@: 9' }],
    ['a value of 128 characters', { value: 'v'.repeat(128) }],
    ['no value', { value: undefined }],
    ['the target type beside an ARN', { targetType: 'container-instance' }],
    ['the target type beside a short id', { targetId: 'abc', targetType: 'container-instance' }],
  ])('may have %s', (_, members) => {
    expect(put(change(members))).toHaveLength(1);
  });

  it.each([
    ['a space in its name', { name: 'a b' }, 'attributes[0].name'],
    ['no name', { name: undefined }, 'attributes[0].name'],
    ['an empty name', { name: '' }, 'attributes[0].name'],
    ['a name of 129 characters', { name: 'n'.repeat(129) }, 'attributes[0].name'],
    ['a line end after its name', { name: 'stack\n' }, 'attributes[0].name'],
    ['a name of ECS', { name: 'ecs.mine' }, 'attributes[0].name'],
    ['a capability as name', { name: 'com.amazonaws.ecs.capability.mine' }, 'attributes[0].name'],
    ['an empty value', { value: '' }, 'attributes[0].value'],
    ['a space before its value', { value: ' v' }, 'attributes[0].value'],
    ['a space after its value', { value: 'v ' }, 'attributes[0].value'],
    ['a sign in its value', { value: 'a=b' }, 'attributes[0].value'],
    ['a value of 129 characters', { value: 'v'.repeat(129) }, 'attributes[0].value'],
    ['a number as value', { value: 5 }, 'attributes[0].value'],
    ['no target', { targetId: undefined }, 'attributes[0].targetId'],
    ['a short id without its type', { targetId: 'abc' }, 'attributes[0].targetType'],
    ['another target type', { targetType: 'task' }, 'attributes[0].targetType'],
  ])('may not have %s', (_, members, path) => {
    expect(refusal(() => put(change(), change(members)))?.path).toBe(path.replace('[0]', '[1]'));
  });

  it('is one of at most ten in a call, and of at least one', () => {
    const many = Array.from({ length: 11 }, (_, k) => change({ name: `a${k}` }));
    expect(put(...many.slice(1))).toHaveLength(10);
    expect([refusal(() => put(...many))?.code, refusal(() => put())?.code]).toEqual([
      'ATTRIBUTE_COUNT',
      'ATTRIBUTE_COUNT',
    ]);
  });
});

describe('a deleted attribute', () => {
  it('may be one of ECS', () => {
    const attributes = [change({ name: 'ecs.ami-id', value: undefined })];
    expect(parseAttributeChanges({ attributes }, 'delete')).toMatchObject([
      { attribute: { name: 'ecs.ami-id' }, targetId: TARGET },
    ]);
  });
});

describe('attributes of an instance', () => {
  it('keep the last value of a name, in the place of the first', () => {
    const given = [{ name: 'a', value: '1' }, { name: 'b' }, { name: 'a', value: '2' }];
    expect(parseAttributes(given, 'attributes')).toEqual([{ name: 'a', value: '2' }, { name: 'b' }]);
  });

  it('may be named like members of every object', () => {
    const given = [{ name: '__proto__', value: 'x' }, { name: 'constructor' }];
    expect(parseAttributes(given, 'attributes')).toEqual(given);
  });

  it('are custom unless ECS reserves their prefix', () => {
    const names = ['stack', 'ecsx', 'my.ecs.zone', 'ecs.zone', 'com.amazonaws.ecs.capability.task-iam-role'];
    expect(names.map(isCustomAttribute)).toEqual([true, true, true, false, false]);
  });

  it('are shown as name or name=value', () => {
    expect([
      attributeText({ name: 'a' }),
      attributeText({ name: 'a', value: '' }),
      attributeText({ name: 'a', value: 'b' }),
    ]).toEqual(['a', 'a=', 'a=b']);
  });
});
