/** pickCheapestFitting on hand-made types, and its laws on random ones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NONE } from '../../../assembly/abi.ts';
import { type Demand, pickCheapestFitting, Room } from '../../../src/capacity/decide/cheapest-fitting.ts';
import type { InstanceOffer } from '../../../src/model/group-instance-type.ts';

const offer = (instanceType: string, cpu: number, price: number | undefined, more: Partial<InstanceOffer> = {}) => ({
  instanceType,
  cpu,
  memoryMiB: cpu * 4,
  gpus: 0,
  networkInterfaces: undefined,
  price,
  attributes: [],
  ...more,
});
const small = offer('small', 1024, 10);
const large = offer('large', 4096, 35);

function demand(task: string, cpu: number, more: Partial<Demand<string>> = {}): Demand<string> {
  return {
    task,
    key: `${cpu} ${JSON.stringify(more)}`,
    cpu,
    memoryMiB: 1,
    gpus: 0,
    enis: 0,
    portKeys: [],
    group: 'g',
    isDistinct: false,
    admits: () => true,
    ...more,
  };
}

const makeRoom = (one: InstanceOffer): Room => new Room(one, [22], 3);
const pick = (demands: readonly Demand<string>[], offers: readonly InstanceOffer[]) =>
  pickCheapestFitting(demands, offers, makeRoom).map((one) => [one.offer.instanceType, ...one.tasks]);
const times = (count: number, cpu: number, more: Partial<Demand<string>> = {}) =>
  Array.from({ length: count }, (_, k) => demand(`t${k}`, cpu, more));

describe('pickCheapestFitting', () => {
  it('takes the type that costs least for all of them', () => {
    // One small: 10. Three small: 30. Four on a large: 35 instead of 40.
    expect(pick(times(1, 1024), [small, large])).toEqual([['small', 't0']]);
    expect(pick(times(3, 1024), [small, large])).toEqual([
      ['small', 't0'],
      ['small', 't1'],
      ['small', 't2'],
    ]);
    expect(pick(times(4, 1024), [small, large])).toEqual([['large', 't0', 't1', 't2', 't3']]);
  });

  it('packs first fit, in the order of the tasks', () => {
    const demands = [demand('a', 600), demand('b', 600), demand('c', 400), demand('d', 400)];
    expect(pick(demands, [small])).toEqual([
      ['small', 'a', 'c'],
      ['small', 'b', 'd'],
    ]);
  });

  it('prefers fewer instances, then the first type, where the cost is the same', () => {
    const twice = offer('twice', 2048, 20);
    expect(pick(times(2, 1024), [small, twice])).toEqual([['twice', 't0', 't1']]);
    expect(pick(times(1, 1024), [small, offer('other', 1024, 10)])).toEqual([['small', 't0']]);
  });

  it('launches no more of a type than there may be; what finds none is left out, the youngest first', () => {
    const most = (limits: Readonly<Record<string, number>>) =>
      pickCheapestFitting(times(6, 1024), [small, large], makeRoom, (one) => limits[one.instanceType ?? ''] ?? 0).map(
        (one) => [one.offer.instanceType, ...one.tasks],
      );
    expect(most({})).toEqual([]);
    expect(most({ small: 2 })).toEqual([
      ['small', 't0'],
      ['small', 't1'],
    ]);
    expect(most({ small: 9, large: 1 })).toEqual([
      ['large', 't0', 't1', 't2', 't3'],
      ['small', 't4'],
      ['small', 't5'],
    ]);
    expect(most({ small: 1, large: 1 })).toEqual([
      ['large', 't0', 't1', 't2', 't3'],
      ['small', 't4'],
    ]);
  });

  it('leaves out what no type takes, and takes a type without a price last', () => {
    expect(pick([demand('a', 5000), demand('b', 100)], [small, large])).toEqual([['small', 'b']]);
    expect(pick(times(1, 100), [large, offer('free', 1024, undefined)])).toEqual([['large', 't0']]);
    expect(pick(times(1, 100), [offer('free', 1024, undefined)])).toEqual([['free', 't0']]);
  });

  it('keeps distinct tasks, host ports, network interfaces and GPUs apart', () => {
    expect(pick(times(2, 1, { isDistinct: true }), [small])).toHaveLength(2);
    expect(pick(times(2, 1, { portKeys: [80] }), [small])).toHaveLength(2);
    expect(pick(times(1, 1, { portKeys: [22] }), [small])).toEqual([]);
    expect(pick(times(1, 1, { portKeys: [80, 81, 82] }), [small])).toEqual([]);
    expect(pick(times(3, 1, { enis: 1 }), [offer('two', 1024, 10, { networkInterfaces: 2 })])).toHaveLength(2);
    const gpu = offer('gpu', 1024, 90, { gpus: 4 });
    expect(pick(times(2, 1, { gpus: 2 }), [small, gpu])).toEqual([['gpu', 't0', 't1']]);
    expect(pick(times(2, 1, { gpus: NONE }), [small, gpu])).toHaveLength(2);
  });

  it('asks each task which types it may run on', () => {
    const onLarge = demand('a', 1, { admits: ({ instanceType }) => instanceType === 'large' });
    expect(pick([onLarge, demand('b', 1)], [small, large])).toEqual([['large', 'a', 'b']]);
  });

  it('serves every task that some type takes, once, and within its instance', () => {
    const demands = fc.array(
      fc.record({ cpu: fc.integer({ min: 1, max: 5000 }), isDistinct: fc.boolean(), group: fc.constantFrom('a', 'b') }),
      { maxLength: 30 },
    );
    const offers = fc.uniqueArray(
      fc.record({ cpu: fc.integer({ min: 1, max: 6000 }), price: fc.option(fc.nat(100), { nil: undefined }) }),
      { maxLength: 5, selector: ({ cpu }) => cpu },
    );
    fc.assert(
      fc.property(demands, offers, (drawn, types) => {
        const wanted = drawn.map(({ cpu, ...more }, k) => demand(`t${k}`, cpu, more));
        const list = types.map(({ cpu, price }) => offer(String(cpu), cpu, price));
        const picks = pickCheapestFitting(wanted, list, makeRoom);
        const served = picks.flatMap(({ tasks }) => tasks);
        const most = Math.max(0, ...types.map(({ cpu }) => cpu));
        const fitting = wanted.filter(({ cpu }) => cpu <= most).map(({ task }) => task);
        expect([...served].sort()).toEqual([...fitting].sort());
        for (const { offer: own, tasks } of picks) {
          const room = makeRoom(own);
          for (const task of tasks)
            expect(room.take(wanted.find((one) => one.task === task) as Demand<string>)).toBe(true);
        }
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
