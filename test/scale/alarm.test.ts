/** Alarms: CloudWatch's two tables on missing data, the core against its twin, tables, and what is refused. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ALARM_STATES,
  type AlarmInput,
  type AlarmState,
  type AlarmTable,
  alarmTable,
  MISSING_DATA_TREATMENTS,
  parseAlarm,
} from '../../src/model/alarm.ts';
import { evaluateAlarm as twin } from '../../src/reference/scale/alarm.ts';
import { evaluateAlarm, evaluateAlarmBatch } from '../../src/scaling/index.ts';
import { alarms } from '../support/arbitraries/scaling.ts';
import { expectRefusal, joined, NO_NUMBERS, scalingKinds } from '../support/scaling.ts';

interface Case {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly window: readonly ('0' | 'X' | '-')[];
  readonly treatMissingData: AlarmInput['treatMissingData'];
  readonly expected: AlarmState;
}

const { cases } = JSON.parse(
  readFileSync(new URL('./vectors/cloudwatch-alarm-missing-data.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

const VALUES = { '0': 10, X: 90, '-': null };
const HIGH: AlarmInput = {
  evaluationPeriods: 3,
  comparisonOperator: 'GreaterThanThreshold',
  threshold: 70,
  datapoints: [],
};
const points = (text: string): (number | null)[] => [...text].map((mark) => VALUES[mark as 'X']);

/** The rest of the documented tables: N, M, window, then missing, ignore, breaching, notBreaching; `keep` is what it was. */
const TABLE = [
  [3, 3, '0-X-X', 'OK', 'OK', 'OK', 'OK'],
  [3, 3, '-----', 'INSUFFICIENT_DATA', 'keep', 'ALARM', 'OK'],
  [3, 3, '0XX-X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  [3, 3, '--X--', 'ALARM', 'keep', 'ALARM', 'OK'],
  [3, 2, '0-X-X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  [3, 2, '0-X--', 'OK', 'OK', 'ALARM', 'OK'],
  [3, 2, '---X-', 'ALARM', 'keep', 'ALARM', 'OK'],
  // Too young for an alarm, and the newest of more datapoints than periods.
  [3, 3, '---X-', 'keep', 'keep', 'ALARM', 'OK'],
  [1, 1, 'XXXX0', 'OK', 'OK', 'OK', 'OK'],
  [3, 2, '', 'INSUFFICIENT_DATA', 'keep', 'ALARM', 'OK'],
] as const;

describe.each(scalingKinds)('alarms, $name', ({ use }) => {
  beforeAll(use);

  it.each(cases)('recorded: $window, $datapointsToAlarm of $evaluationPeriods, $treatMissingData: $expected', (one) => {
    const { window, expected, ...rest } = one;
    const input = { ...HIGH, ...rest, datapoints: points(window.join('')) };
    expect([evaluateAlarm(input), twin(parseAlarm(input))]).toEqual([expected, expected]);
  });

  it.each(TABLE)(
    'documented: %i periods, %i to alarm, %s',
    (evaluationPeriods, datapointsToAlarm, window, ...states) => {
      for (const previousState of ALARM_STATES) {
        const seen = MISSING_DATA_TREATMENTS.map((treatMissingData) => {
          const datapoints = points(window);
          return evaluateAlarm({
            ...HIGH,
            evaluationPeriods,
            datapointsToAlarm,
            datapoints,
            treatMissingData,
            previousState,
          });
        });
        expect(seen).toEqual(states.map((state) => (state === 'keep' ? previousState : state)));
      }
    },
  );

  it.each([
    ['GreaterThanThreshold', 'OK'],
    ['GreaterThanOrEqualToThreshold', 'ALARM'],
    ['LessThanThreshold', 'OK'],
    ['LessThanOrEqualToThreshold', 'ALARM'],
  ] as const)('%s at the threshold: %s', (comparisonOperator, state) => {
    expect(evaluateAlarm({ ...HIGH, evaluationPeriods: 1, comparisonOperator, datapoints: [70] })).toBe(state);
  });

  it('compares doubles as they are: 0.1 + 0.2 is more than 0.3', () => {
    expect(evaluateAlarm({ ...HIGH, evaluationPeriods: 1, threshold: 0.3, datapoints: [0.1 + 0.2] })).toBe('ALARM');
    expect(evaluateAlarm({ ...HIGH, evaluationPeriods: 1, threshold: 0.3, datapoints: [0.3] })).toBe('OK');
  });

  it('are what the reference says, alone and in a table', () => {
    fc.assert(
      fc.property(fc.array(alarms, { minLength: 1, maxLength: 20 }), (inputs) => {
        const expected = inputs.map((input) => twin(parseAlarm(input)));
        expect(inputs.map(evaluateAlarm)).toEqual(expected);
        const table = joined(inputs.map((input) => alarmTable(parseAlarm(input))));
        expect([...evaluateAlarmBatch(table)].map((code) => ALARM_STATES[code])).toEqual(expected);
      }),
    );
  });

  it('are 10,000 a call', () => {
    const tables = Array.from({ length: 10_000 }, (_, k) =>
      alarmTable(parseAlarm({ ...HIGH, evaluationPeriods: 2, datapoints: points(k % 3 === 0 ? 'XX' : 'X0') })),
    );
    const states = evaluateAlarmBatch(joined(tables));
    expect(states.filter((code) => code === ALARM_STATES.indexOf('ALARM')).length).toBe(3334);
    expect(states.length).toBe(10_000);
  });
});

describe('an alarm', () => {
  it('has M = N, missing and INSUFFICIENT_DATA by default, and leaves its input alone', () => {
    const input = Object.freeze({ ...HIGH, datapoints: Object.freeze([90, null, null]) });
    expect(parseAlarm(input)).toMatchObject({ datapointsToAlarm: 3, treatMissingData: 'missing' });
    expect(evaluateAlarm(input)).toBe('ALARM');
    expect(evaluateAlarm({ ...input, datapoints: [null, 90, null] })).toBe('INSUFFICIENT_DATA');
  });

  it.each([
    [{ evaluationPeriods: 0 }, 'OUT_OF_RANGE', 'evaluationPeriods'],
    [{ evaluationPeriods: 8641 }, 'OUT_OF_RANGE', 'evaluationPeriods'],
    [{ datapointsToAlarm: 4 }, 'OUT_OF_RANGE', 'datapointsToAlarm'],
    [{ comparisonOperator: 'GreaterThanUpperThreshold' }, 'NOT_ALLOWED', 'comparisonOperator'],
    [{ threshold: Number.NaN }, 'OUT_OF_RANGE', 'threshold'],
    [{ threshold: 2 ** 361 }, 'OUT_OF_RANGE', 'threshold'],
    [{ threshold: '70' }, 'WRONG_TYPE', 'threshold'],
    [{ treatMissingData: 'Breaching' }, 'NOT_ALLOWED', 'treatMissingData'],
    [{ datapoints: [1, Number.NaN] }, 'OUT_OF_RANGE', 'datapoints[1]'],
    [{ datapoints: [-Infinity] }, 'OUT_OF_RANGE', 'datapoints[0]'],
    [{ datapoints: '0X0' }, 'WRONG_TYPE', 'datapoints'],
    [{ previousState: 'ok' }, 'NOT_ALLOWED', 'previousState'],
  ])('is refused with %j', (wrong, code, path) => {
    expectRefusal(() => evaluateAlarm({ ...HIGH, ...wrong } as AlarmInput), code, path);
  });

  it.each(NO_NUMBERS)('is refused with %s periods', (value) => {
    expect(() => evaluateAlarm({ ...HIGH, evaluationPeriods: value as number })).toThrow(/evaluationPeriods must be/);
  });

  it('is refused in a table by its index', () => {
    const table = joined([HIGH, HIGH].map((one) => alarmTable(parseAlarm({ ...one, datapoints: [1, 2] }))));
    const wrong = (change: Partial<Record<keyof AlarmTable, unknown>>, code: string, path: string): void =>
      expectRefusal(() => evaluateAlarmBatch({ ...table, ...change } as AlarmTable), code, path);
    wrong({ threshold: Float64Array.of(1, Number.NaN) }, 'OUT_OF_RANGE', 'threshold[1]');
    wrong({ threshold: Float64Array.of(1) }, 'WRONG_LENGTH', 'threshold');
    wrong({ threshold: [1, 2] }, 'WRONG_TYPE', 'threshold');
    wrong({ datapoints: Float64Array.of(1, Infinity, 3, 4) }, 'OUT_OF_RANGE', 'datapoints[1]');
    wrong({ datapointsToAlarm: Int32Array.of(1, 4) }, 'OUT_OF_RANGE', 'datapointsToAlarm[1]');
    wrong({ datapointsEnd: Int32Array.of(2, 3) }, 'OUT_OF_RANGE', 'datapointsEnd[1]');
    wrong({ datapointsEnd: Int32Array.of(5, 4) }, 'OUT_OF_RANGE', 'datapointsEnd[0]');
    wrong({ datapointsEnd: Int32Array.of(4, 2) }, 'OUT_OF_RANGE', 'datapointsEnd[1]');
    wrong({ previousState: Int32Array.of(0, 3) }, 'OUT_OF_RANGE', 'previousState[1]');
  });

  it('may be none at all', () => {
    const empty = joined([alarmTable(parseAlarm(HIGH))]);
    const none = Object.fromEntries(Object.entries(empty).map(([name, column]) => [name, column.subarray(0, 0)]));
    expect(evaluateAlarmBatch(none as unknown as AlarmTable)).toEqual(new Int32Array(0));
  });
});
