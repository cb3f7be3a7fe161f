/** Reservation: the recorded and documented cases of M and N, the core against its twin, tables, and what is refused. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { parseReservation, type ReservationInput } from '../../src/model/reservation.ts';
import { type ReservationTable, reservationTable } from '../../src/model/reservation-table.ts';
import { capacityProviderReservation as twin } from '../../src/reference/scale/reservation.ts';
import { capacityProviderReservation, capacityProviderReservationBatch } from '../../src/scaling/index.ts';
import { reservations } from '../support/arbitraries/scaling.ts';
import { expectRefusal, joined, NO_NUMBERS, scalingKinds } from '../support/scaling.ts';

interface Amounts {
  readonly cpu: number;
  readonly mem: number;
}

interface Case {
  readonly desc: string;
  readonly N: number;
  readonly busy: number;
  readonly groups: readonly { count: number; req: Amounts }[];
  readonly types: readonly Amounts[];
  readonly T?: number;
  readonly minStep?: number;
  readonly maxStep?: number;
  readonly result: { M: number; N: number; cpr: number };
  readonly asgDesired: number;
}

const { cases } = JSON.parse(readFileSync(new URL('./vectors/cluster-auto-scaling.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

const SMALL = { cpu: 2048, memory: 3900 };
const LARGE = { cpu: 8192, memory: 15_600 };
const BASE: ReservationInput = { instances: 4, busyInstances: 4, instanceTypes: [SMALL] };
const waits = (count: number, cpu: number, memory: number): { count: number; cpu: number; memory: number } => ({
  count,
  cpu,
  memory,
});
const reserved = (change: Partial<ReservationInput>): unknown[] => {
  const input = { ...BASE, ...change };
  return [capacityProviderReservation(input), twin(parseReservation(input))];
};

/** What, input, then m, metric, desired. */
const MORE: readonly [string, Partial<ReservationInput>, number, number, number][] = [
  ['from nothing', { instances: 0, busyInstances: 0, provisioningGroups: [waits(1, 256, 512)] }, 2, 200, 2],
  [
    'from nothing below 100',
    {
      instances: 0,
      busyInstances: 0,
      provisioningGroups: [waits(9, 256, 512)],
      managedScaling: { targetCapacity: 50 },
    },
    2,
    200,
    4,
  ],
  ['nothing below 100', { instances: 0, busyInstances: 0, managedScaling: { targetCapacity: 50 } }, 0, 50, 0],
  [
    'nothing below 100, as it was once',
    { instances: 0, busyInstances: 0, managedScaling: { targetCapacity: 50 }, legacyEmptyGroup: true },
    0,
    100,
    2,
  ],
  ['nothing at 100, as it was once', { instances: 0, busyInstances: 0, legacyEmptyGroup: true }, 0, 100, 0],
  ['one group', { provisioningGroups: [waits(10, 1024, 1024)] }, 9, 225, 9],
  [
    'the least step',
    { provisioningGroups: [waits(1, 1024, 1024)], managedScaling: { minimumScalingStepSize: 3 } },
    7,
    175,
    7,
  ],
  [
    'larger than the smallest type',
    { provisioningGroups: [waits(3, 4096, 1024)], instanceTypes: [LARGE, SMALL] },
    4,
    100,
    4,
  ],
  ['and nothing taken away meanwhile', { busyInstances: 2, provisioningGroups: [waits(3, 4096, 1024)] }, 4, 100, 4],
  [
    'the largest type holds more',
    { provisioningGroups: [waits(16, 1024, 1024)], instanceTypes: [LARGE, SMALL] },
    6,
    150,
    6,
  ],
  ['target 90, all busy', { instances: 9, busyInstances: 9, managedScaling: { targetCapacity: 90 } }, 9, 100, 10],
  ['one of an instance', { provisioningGroups: [{ ...waits(5, 10, 10), distinctInstance: true }] }, 9, 225, 9],
  [
    'network interfaces',
    { provisioningGroups: [{ count: 5, networkInterfaces: 1 }], instanceTypes: [{ ...SMALL, networkInterfaces: 2 }] },
    7,
    175,
    7,
  ],
  ['GPUs that no type has', { provisioningGroups: [{ count: 5, gpus: 1 }] }, 4, 100, 4],
  ['tasks that ask for nothing', { provisioningGroups: [{ count: 1000 }] }, 5, 125, 5],
  ['a group of no tasks', { busyInstances: 3, provisioningGroups: [waits(0, 1, 1)] }, 3, 75, 3],
  ['all empty', { busyInstances: 0 }, 0, 0, 0],
  ['thirds', { instances: 3, busyInstances: 1 }, 1, 100 / 3, 1],
  ['the largest size', { provisioningGroups: [waits(10, 1024, 1024)], maxSize: 6 }, 9, 225, 6],
  ['the smallest size', { busyInstances: 0, minSize: 2 }, 0, 0, 2],
  [
    'no bound to the size',
    { instances: MAX_AMOUNT, busyInstances: MAX_AMOUNT, managedScaling: { targetCapacity: 1 } },
    MAX_AMOUNT,
    100,
    MAX_AMOUNT,
  ],
];

describe.each(scalingKinds)('reservation, $name', ({ use }) => {
  beforeAll(use);

  it.each(cases)('recorded: $desc', ({ N, busy, groups, types, T, minStep, maxStep, result, asgDesired }) => {
    const seen = reserved({
      instances: N,
      busyInstances: busy,
      provisioningGroups: groups.map(({ count, req }) => waits(count, req.cpu, req.mem)),
      instanceTypes: types.map(({ cpu, mem }) => ({ cpu, memory: mem })),
      managedScaling: { targetCapacity: T, minimumScalingStepSize: minStep, maximumScalingStepSize: maxStep },
    });
    const expected = { m: result.M, n: result.N, metricValue: result.cpr, desiredCapacity: asgDesired };
    expect(seen).toEqual([expected, expected]);
  });

  it.each(MORE)('%s', (_, change, m, metricValue, desiredCapacity) => {
    const expected = { m, n: change.instances ?? 4, metricValue, desiredCapacity };
    expect(reserved(change)).toEqual([expected, expected]);
  });

  it('is what the reference says, alone and in a table', () => {
    fc.assert(
      fc.property(fc.array(reservations, { minLength: 1, maxLength: 12 }), (many) => {
        const parsed = many.map(parseReservation);
        const expected = parsed.map(twin);
        expect(many.map(capacityProviderReservation)).toEqual(expected);
        const { m, metricValue, desiredCapacity } = capacityProviderReservationBatch(
          joined(parsed.map(reservationTable)),
        );
        expect([...m]).toEqual(expected.map((one) => one.m));
        expect([...metricValue]).toEqual(expected.map((one) => one.metricValue));
        expect([...desiredCapacity]).toEqual(expected.map((one) => one.desiredCapacity));
      }),
    );
  });
});

describe('a reservation', () => {
  it.each(NO_NUMBERS)('is refused for %s instances', (value) => {
    expect(() => capacityProviderReservation({ ...BASE, instances: value as number })).toThrow(/instances must be/);
  });

  it.each([
    [{ busyInstances: 5 }, 'OUT_OF_RANGE', 'busyInstances'],
    [{ provisioningGroups: [waits(1.5, 1, 1)] }, 'OUT_OF_RANGE', 'provisioningGroups[0].count'],
    [{ provisioningGroups: [{ ...waits(1, 1, 1), gpus: -1 }] }, 'OUT_OF_RANGE', 'provisioningGroups[0].gpus'],
    [{ instanceTypes: [SMALL, { cpu: 1 }] }, 'WRONG_TYPE', 'instanceTypes[1].memory'],
    [{ instanceTypes: undefined }, 'WRONG_TYPE', 'instanceTypes'],
    [{ instanceTypes: [], provisioningGroups: [waits(1, 1, 1)] }, 'EMPTY', 'instanceTypes'],
    [{ managedScaling: { targetCapacity: 0 } }, 'OUT_OF_RANGE', 'managedScaling.targetCapacity'],
    [{ managedScaling: { targetCapacity: 101 } }, 'OUT_OF_RANGE', 'managedScaling.targetCapacity'],
    [
      { managedScaling: { minimumScalingStepSize: 5, maximumScalingStepSize: 4 } },
      'OUT_OF_RANGE',
      'managedScaling.maximumScalingStepSize',
    ],
    [{ managedScaling: [] }, 'WRONG_TYPE', 'managedScaling'],
    [{ minSize: 5, maxSize: 4 }, 'OUT_OF_RANGE', 'maxSize'],
    [{ legacyEmptyGroup: 1 }, 'WRONG_TYPE', 'legacyEmptyGroup'],
  ])('is refused with %j', (wrong, code, path) => {
    expectRefusal(() => capacityProviderReservation({ ...BASE, ...wrong } as ReservationInput), code, path);
  });

  it('is refused in a table by its index', () => {
    const rows = [BASE, { ...BASE, provisioningGroups: [waits(1, 1, 1)] }];
    const table = joined(rows.map((one) => reservationTable(parseReservation(one))));
    const wrong = (change: Partial<ReservationTable>, code: string, path: string): void =>
      expectRefusal(() => capacityProviderReservationBatch({ ...table, ...change }), code, path);
    wrong({ busyInstances: Int32Array.of(4, 5) }, 'OUT_OF_RANGE', 'instances[1]');
    wrong({ targetCapacity: Int32Array.of(0, 100) }, 'OUT_OF_RANGE', 'targetCapacity[0]');
    wrong({ typesEnd: Int32Array.of(2, 2) }, 'EMPTY', 'typesEnd[1]');
    wrong({ groupsEnd: Int32Array.of(0, 0) }, 'OUT_OF_RANGE', 'groupsEnd[1]');
    wrong({ groups: { ...table.groups, cpu: Int32Array.of(-1) } }, 'OUT_OF_RANGE', 'groups.cpu[0]');
    wrong({ types: { ...table.types, gpus: new Int32Array(1) } }, 'WRONG_LENGTH', 'types.gpus');
  });
});
