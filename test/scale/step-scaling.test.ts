/** Step scaling: the guide's ladders and rounding, the core against its twin, tables, and what is refused. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AdjustmentType,
  parseStepScaling,
  type StepAdjustment,
  type StepScalingInput,
} from '../../src/model/step-scaling.ts';
import { type StepScalingTable, stepScalingTable } from '../../src/model/step-table.ts';
import { stepScaling as twin } from '../../src/reference/scale/step-scaling.ts';
import { stepScaling, stepScalingBatch } from '../../src/scaling/index.ts';
import { stepScalings } from '../support/arbitraries/scaling.ts';
import { expectRefusal, joined, NO_NUMBERS, scalingKinds } from '../support/scaling.ts';

interface Case {
  readonly current: number;
  readonly adjustmentType: AdjustmentType;
  readonly steps: readonly { lower: number | null; upper: number | null; adjustment: number }[];
  readonly threshold: number;
  readonly metric: number;
  readonly minAdjustmentMagnitude: number | null;
  readonly min: number;
  readonly max: number;
  readonly expected: number;
}

const { cases, rounding } = JSON.parse(
  readFileSync(new URL('./vectors/step-scaling.json', import.meta.url), 'utf8'),
) as { cases: Case[]; rounding: { raw: number; rounded: number }[] };

const step = (lower: number | null, upper: number | null, adjustment: number): StepAdjustment => ({
  MetricIntervalLowerBound: lower,
  MetricIntervalUpperBound: upper,
  ScalingAdjustment: adjustment,
});
const LADDER = [
  step(0, 10, 0),
  step(10, 20, 10),
  step(20, null, 30),
  step(-10, 0, 0),
  step(-20, -10, -10),
  step(null, -20, -30),
];
const BASE: StepScalingInput = {
  currentCapacity: 10,
  metricValue: 50,
  threshold: 50,
  adjustmentType: 'PercentChangeInCapacity',
  stepAdjustments: LADDER,
  minCapacity: 0,
  maxCapacity: 1000,
};
const scaled = (change: Partial<StepScalingInput>): number[] => {
  const input = { ...BASE, ...change };
  return [stepScaling(input), twin(parseStepScaling(input))];
};

describe.each(scalingKinds)('step scaling, $name', ({ use }) => {
  beforeAll(use);

  it.each(cases)('recorded: $current, $adjustmentType at $metric over $threshold: $expected', (one) => {
    const seen = scaled({
      currentCapacity: one.current,
      adjustmentType: one.adjustmentType,
      stepAdjustments: one.steps.map(({ lower, upper, adjustment }) => step(lower, upper, adjustment)),
      threshold: one.threshold,
      metricValue: one.metric,
      minAdjustmentMagnitude: one.minAdjustmentMagnitude,
      minCapacity: one.min,
      maxCapacity: one.max,
    });
    expect(seen).toEqual([one.expected, one.expected]);
  });

  it.each([
    [10, 59.9, 10],
    [10, 60, 11],
    [11, 70, 14],
    [14, 40, 13],
    [13, 30, 10],
    [13, 40.1, 13],
    [13, 50, 13],
  ])('documented ladder: %i at %d: %i', (currentCapacity, metricValue, expected) => {
    expect(scaled({ currentCapacity, metricValue })).toEqual([expected, expected]);
  });

  it.each([...rounding.map(({ raw, rounded }) => [raw, rounded]), [0.67, 1], [-6.67, -6], [-12.7, -12], [3, 3]] as [
    number,
    number,
  ][])('rounds %d to %i', (raw, rounded) => {
    const currentCapacity = Math.round(Math.abs(raw) * 100);
    const stepAdjustments = [step(0, null, Math.sign(raw))];
    expect(scaled({ currentCapacity, stepAdjustments, maxCapacity: 9999 })).toEqual(
      [0, 0].map(() => currentCapacity + rounded),
    );
  });

  it.each([
    [84.9, 11],
    [85, 12],
    [94.9, 12],
    [95, 13],
  ])('documented steps of 70: %d: %i', (metricValue, expected) => {
    const stepAdjustments = [step(0, 15, 1), step(15, 25, 2), step(25, null, 3)];
    const seen = scaled({ adjustmentType: 'ChangeInCapacity', threshold: 70, metricValue, stepAdjustments });
    expect(seen).toEqual([expected, expected]);
  });

  it.each([
    [
      'a distance that is a bound but for its rounding is at it',
      { threshold: 0.2, metricValue: 0.3, stepAdjustments: [step(0, 0.1, 10), step(0.1, null, 50)] },
      15,
    ],
    ['below every step', { metricValue: 40, stepAdjustments: [step(0, null, 50)] }, 10],
    ['without a step, within the bounds', { metricValue: 40, stepAdjustments: [step(0, null, 50)], maxCapacity: 7 }, 7],
    ['at the threshold of a scale-in policy', { stepAdjustments: [step(null, 0, -50)] }, 5],
    [
      'at the threshold the step that starts there comes first',
      { stepAdjustments: [step(null, 0, -50), step(0, null, 50)] },
      15,
    ],
    ['a magnitude downwards', { metricValue: 40, stepAdjustments: [step(null, 0, -1)], minAdjustmentMagnitude: 4 }, 6],
    ['a magnitude does not move a step of 0 %', { stepAdjustments: [step(0, null, 0)], minAdjustmentMagnitude: 4 }, 10],
    ['percent of nothing is nothing', { currentCapacity: 0, stepAdjustments: [step(0, null, 100)] }, 0],
    [
      'but for a magnitude',
      { currentCapacity: 0, stepAdjustments: [step(0, null, 100)], minAdjustmentMagnitude: 2 },
      2,
    ],
  ] as [string, Partial<StepScalingInput>, number][])('%s', (_, change, expected) => {
    expect(scaled(change)).toEqual([expected, expected]);
  });

  it('is what the reference says, alone and in a table, and within its bounds', () => {
    fc.assert(
      fc.property(fc.array(stepScalings, { minLength: 1, maxLength: 20 }), (many) => {
        const parsed = many.map(parseStepScaling);
        const expected = parsed.map(twin);
        expect(many.map(stepScaling)).toEqual(expected);
        expect([...stepScalingBatch(joined(parsed.map(stepScalingTable)))]).toEqual(expected);
        many.forEach(({ minCapacity, maxCapacity }, k) => {
          expect(expected[k]).toBeGreaterThanOrEqual(minCapacity);
          expect(expected[k]).toBeLessThanOrEqual(maxCapacity);
        });
      }),
    );
  });
});

describe('a step scaling decision', () => {
  it.each(NO_NUMBERS)('is refused with %s for each number', (value) => {
    for (const member of ['currentCapacity', 'metricValue', 'threshold', 'minCapacity', 'maxCapacity']) {
      expect(() => stepScaling({ ...BASE, [member]: value })).toThrow(
        expect.objectContaining({ facts: expect.objectContaining({ path: member }) }),
      );
    }
  });

  it.each([
    [{ adjustmentType: 'PercentChange' }, 'NOT_ALLOWED', 'adjustmentType'],
    [{ stepAdjustments: [] }, 'STEP_COUNT', 'stepAdjustments'],
    [{ stepAdjustments: Array.from({ length: 21 }, (_, k) => step(k, k + 1, 1)) }, 'STEP_COUNT', 'stepAdjustments'],
    [{ stepAdjustments: [step(null, null, 1)] }, 'STEP_BOUNDS', 'stepAdjustments[0]'],
    [{ stepAdjustments: [step(5, 5, 1)] }, 'STEP_BOUNDS', 'stepAdjustments[0]'],
    [
      { stepAdjustments: [step(0, 10, 1), step(9, null, 1)] },
      'STEP_BOUNDS',
      'stepAdjustments[1].MetricIntervalLowerBound',
    ],
    [
      { stepAdjustments: [step(11, null, 1), step(0, 10, 1)] },
      'STEP_BOUNDS',
      'stepAdjustments[0].MetricIntervalLowerBound',
    ],
    [
      { stepAdjustments: [step(0, null, 1), step(5, null, 1)] },
      'STEP_BOUNDS',
      'stepAdjustments[1].MetricIntervalLowerBound',
    ],
    [{ stepAdjustments: [step(0, 10, 1)] }, 'STEP_BOUNDS', 'stepAdjustments[0].MetricIntervalUpperBound'],
    [{ stepAdjustments: [step(-10, 0, 1)] }, 'STEP_BOUNDS', 'stepAdjustments[0].MetricIntervalLowerBound'],
    [{ stepAdjustments: [step(0, Number.NaN, 1)] }, 'OUT_OF_RANGE', 'stepAdjustments[0].MetricIntervalUpperBound'],
    [{ stepAdjustments: [step(0, null, 0.5)] }, 'OUT_OF_RANGE', 'stepAdjustments[0].ScalingAdjustment'],
    [{ stepAdjustments: [5] }, 'WRONG_TYPE', 'stepAdjustments[0]'],
    [
      { adjustmentType: 'ExactCapacity', stepAdjustments: [step(0, null, -1)] },
      'OUT_OF_RANGE',
      'stepAdjustments[0].ScalingAdjustment',
    ],
    [{ minAdjustmentMagnitude: 0 }, 'OUT_OF_RANGE', 'minAdjustmentMagnitude'],
    [{ adjustmentType: 'ChangeInCapacity', minAdjustmentMagnitude: 1 }, 'MAGNITUDE_TYPE', 'minAdjustmentMagnitude'],
    [{ minCapacity: 5, maxCapacity: 4 }, 'OUT_OF_RANGE', 'maxCapacity'],
  ])('is refused with %j', (wrong, code, path) => {
    expectRefusal(() => stepScaling({ ...BASE, ...wrong } as StepScalingInput), code, path);
  });

  it('is refused in a table by its index', () => {
    const table = joined([BASE, BASE].map((one) => stepScalingTable(parseStepScaling(one))));
    const wrong = (change: Partial<Record<keyof StepScalingTable, unknown>>, code: string, path: string): void =>
      expectRefusal(() => stepScalingBatch({ ...table, ...change } as StepScalingTable), code, path);
    wrong({ metricValue: Float64Array.of(1, Infinity) }, 'OUT_OF_RANGE', 'metricValue[1]');
    wrong({ adjustmentType: Int32Array.of(3, 0) }, 'OUT_OF_RANGE', 'adjustmentType[0]');
    wrong({ adjustmentType: Int32Array.of(2, 1) }, 'OUT_OF_RANGE', 'scalingAdjustment[10]');
    wrong({ stepsEnd: Int32Array.of(6, 11) }, 'OUT_OF_RANGE', 'stepsEnd[1]');
    wrong({ metricIntervalLowerBound: new Float64Array(11) }, 'WRONG_LENGTH', 'metricIntervalLowerBound');
    wrong(
      { metricIntervalUpperBound: new Float64Array(12).fill(Number.NaN) },
      'OUT_OF_RANGE',
      'metricIntervalUpperBound[0]',
    );
  });
});
