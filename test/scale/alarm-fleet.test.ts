/** Fleets of alarms: the core's and the reference's change state at the same places, datapoint after datapoint. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALARM_STATES, COMPARISON_OPERATORS, MISSING_DATA_TREATMENTS } from '../../src/model/alarm.ts';
import type { AlarmFleet, WatchedAlarm } from '../../src/model/decisions.ts';
import { referenceDecisions } from '../../src/reference/decisions.ts';
import { evaluateAlarm } from '../../src/scaling/alarm.ts';
import { coreDecisions } from '../../src/scaling/decisions.ts';

const alarms = fc
  .record({
    evaluationPeriods: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom(15, 60, 61, 62, 70)),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    comparisonOperator: fc.constantFrom(...COMPARISON_OPERATORS),
    threshold: fc.integer({ min: 0, max: 3 }),
    treatMissingData: fc.constantFrom(...MISSING_DATA_TREATMENTS),
    previousState: fc.constantFrom(...ALARM_STATES),
  })
  .map(
    ({ share, ...alarm }): WatchedAlarm => ({
      ...alarm,
      datapointsToAlarm: 1 + Math.floor(share * (alarm.evaluationPeriods - 1)),
    }),
  );

const value = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: 3 }));

/** One evaluation of some of the rows. @returns the places that changed. */
function push(fleet: AlarmFleet, rows: readonly number[], values: readonly number[]): number[] {
  fleet.reserve(rows.length);
  fleet.rows.set(rows);
  fleet.values.set(values);
  const changes = fleet.evaluate(rows.length, rows.length);
  return [...fleet.changed.subarray(0, changes)];
}

describe('a fleet of alarms', () => {
  it('is the same in the core and in the reference', () => {
    const rounds = fc.array(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), value), { maxLength: 10 }), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(fc.array(alarms, { minLength: 1, maxLength: 10 }), rounds, (given, steps) => {
        const [core, reference] = [coreDecisions().createFleet(), referenceDecisions().createFleet()];
        const places = given.map((alarm) => [core.add(alarm), reference.add(alarm)] as const);
        for (const step of steps) {
          const chosen = new Map(step.map(([k, one]) => [k % given.length, one]));
          const numbers = [...chosen.keys()];
          const values = [...chosen.values()];
          const ofCore = push(
            core,
            numbers.map((k) => places[k]?.[0] as number),
            values,
          );
          expect(ofCore).toEqual(
            push(
              reference,
              numbers.map((k) => places[k]?.[1] as number),
              values,
            ),
          );
        }
        for (const [first, second] of places) expect(core.stateOf(first)).toBe(reference.stateOf(second));
      }),
      { numRuns: 300 },
    );
  });

  it('is what single evaluations of its windows are', () => {
    fc.assert(
      fc.property(alarms, fc.array(value, { minLength: 1, maxLength: 90 }), (alarm, values) => {
        const fleet = coreDecisions().createFleet();
        const row = fleet.add(alarm);
        let previousState = alarm.previousState;
        values.forEach((_, k) => {
          const datapoints = values.slice(Math.max(0, k - alarm.evaluationPeriods - 1), k + 1);
          push(fleet, [row], values.slice(k, k + 1));
          previousState = evaluateAlarm({
            ...alarm,
            previousState,
            datapoints: datapoints.map((one) => (Number.isNaN(one) ? null : one)),
          });
          expect(fleet.stateOf(row)).toBe(previousState);
        });
      }),
      { numRuns: 300 },
    );
  });

  const plain: WatchedAlarm = {
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 50,
    treatMissingData: 'missing',
    previousState: 'INSUFFICIENT_DATA',
  };

  it.each([
    ['core', coreDecisions],
    ['reference', referenceDecisions],
  ] as const)('of the %s keeps rows apart while it grows, and forgets removed ones', (_, decisions) => {
    const fleet = decisions().createFleet();
    const rows = Array.from({ length: 1000 }, () => fleet.add(plain));
    for (const expected of [[], [], rows.map((_row, k) => k).filter((k) => k % 2 === 1)]) {
      const changed = push(
        fleet,
        rows,
        rows.map((_row, k) => (k % 2 === 1 ? 60 : Number.NaN)),
      );
      expect(changed).toEqual(expected);
    }
    const [, second = 0] = rows;
    fleet.remove(second);
    expect(fleet.add(plain)).toBe(second);
    expect(fleet.stateOf(second)).toBe('INSUFFICIENT_DATA');
    expect(push(fleet, [second], [60])).toEqual([]);
    fleet.setState(second, 'ALARM');
    expect(fleet.stateOf(second)).toBe('ALARM');
  });
});
