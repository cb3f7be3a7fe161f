/** Sharing changes nothing: what a pool gives is what reading each instance alone gives. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AttributePool } from '../../src/model/attribute-pool.ts';
import {
  describeContainerInstance,
  newInstancePools,
  parseContainerInstance,
  parseContainerInstances,
} from '../../src/model/container-instance.ts';
import { matches, patternOf, plainCopy } from '../../src/model/plain.ts';
import { refusal } from './refusal.ts';

const resource = fc.oneof(
  fc.record({ name: fc.constantFrom('CPU', 'MEMORY'), integerValue: fc.constantFrom(7, 8) }),
  fc.record({
    name: fc.constantFrom('PORTS', 'PORTS_UDP', 'GPU', 'NEURON_CORES'),
    type: fc.constant('STRINGSET'),
    stringSetValue: fc.array(fc.constantFrom('22', '80', '9', '443'), { maxLength: 4 }),
  }),
);
const resources = fc.option(fc.array(resource, { maxLength: 3 }), { nil: null });
const attribute = fc.record(
  { name: fc.constantFrom('a', 'b', 'c'), value: fc.constantFrom('x', '', null) },
  { requiredKeys: ['name'] },
);
const given = fc.record(
  {
    registeredResources: resources,
    remainingResources: resources,
    attributes: fc.array(attribute, { maxLength: 4 }),
    version: fc.constantFrom(1, 2, '3', null),
    registeredAt: fc.constantFrom(5, '2026-01-02', new Date(6000), null),
    ec2InstanceId: fc.constantFrom('i-1', 'i-2', null),
    status: fc.constantFrom('ACTIVE', 'DRAINING', null),
    runningTasksCount: fc.constantFrom(0, 1),
    tags: fc.constantFrom([], [{ key: 'a' }], [{ key: 'b', value: null }]),
    attachments: fc.constantFrom({}, { at: new Date(1) }, { at: {} }, { at: 'x' }, [[]]),
  },
  { requiredKeys: [] },
);

type Outcome = { record: unknown; shown: string } | ReturnType<typeof refusal>;

function outcome(input: object, pools = newInstancePools()): Outcome {
  let read: Outcome;
  const refused = refusal(() => {
    const record = parseContainerInstance(input, 'p', pools);
    read = { record, shown: JSON.stringify(describeContainerInstance(record, record)) };
  });
  return refused ?? read;
}

describe('pools', () => {
  it('give what reading each instance alone gives, refusals included', () => {
    fc.assert(
      fc.property(fc.array(given, { minLength: 2, maxLength: 12 }), (inputs) => {
        const pools = newInstancePools();
        inputs.forEach((input, k) => {
          const named = { containerInstanceArn: `arn/${k}`, ...input };
          expect(outcome(named, pools)).toEqual(outcome(named));
        });
      }),
    );
  });

  it('give one list and one object to instances that are alike', () => {
    const like = (k: number) => ({
      containerInstanceArn: `arn/${k}`,
      ec2InstanceId: `i-${k}`,
      version: k,
      registeredAt: k,
      registeredResources: [{ name: 'CPU', integerValue: 4 }],
      attributes: [{ name: 'zone', value: `z${k % 2}` }, { name: 'gpu' }],
    });
    const [a, b, c] = parseContainerInstances(JSON.parse(JSON.stringify([0, 1, 2].map(like))));
    expect([b?.given === a?.given, b?.registered === a?.registered]).toEqual([true, true]);
    expect([b?.attributes === a?.attributes, c?.attributes === a?.attributes]).toEqual([false, true]);
    expect(b?.attributes[1]).toBe(a?.attributes[1]);
  });

  it('hold nothing that a caller could change later', () => {
    const pools = newInstancePools();
    const mine = { containerInstanceArn: 'arn/1', attributes: [{ name: 'a', value: 'x' }], tags: [{ key: 'k' }] };
    const record = parseContainerInstance(mine, 'p', pools);
    const before = JSON.stringify(record);
    Object.assign(mine.attributes[0] as object, { name: 'b', value: 'y' });
    Object.assign(mine.tags[0] as object, { key: 'other' });
    expect(JSON.stringify(record)).toBe(before);
    expect(parseContainerInstance(mine, 'p', pools)).toMatchObject({
      attributes: [{ name: 'b', value: 'y' }],
      given: { tags: [{ key: 'other' }] },
    });
  });

  it('start anew when they are full, and stay right', () => {
    const pool = new AttributePool();
    const read = (list: { name: string; value?: string }[]) =>
      pool.read(list, (entry) => ({ ...(entry as { name: string }) }));
    for (let k = 0; k < 10_000; k++) read([{ name: 'id', value: `${k}` }, { name: 'zone' }]);
    expect(read([{ name: 'zone' }, { name: 'id', value: '7' }, { name: 'zone', value: 'a' }])).toEqual([
      { name: 'zone', value: 'a' },
      { name: 'id', value: '7' },
    ]);
  });
});

describe('a pattern', () => {
  it('takes what gives an equal copy, members in the same order, and nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (a, b) => {
        const [one, other] = [plainCopy(a, ''), plainCopy(b, '')];
        expect(matches(JSON.parse(JSON.stringify(a)), patternOf(one))).toBe(true);
        if (matches(b, patternOf(one))) expect(JSON.stringify(other)).toBe(JSON.stringify(one));
      }),
    );
  });
});
