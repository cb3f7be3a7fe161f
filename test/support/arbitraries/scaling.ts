/**
 * Inputs of scaling decisions, ordinary ones and those at the edges of what is accepted. Used by the tests of assembly/scale and
 * by the long runs of decisions.
 */
import fc from 'fast-check';
import { MAX_AMOUNT } from '../../../assembly/abi.ts';
import {
  ALARM_STATES,
  type AlarmInput,
  COMPARISON_OPERATORS,
  MISSING_DATA_TREATMENTS,
} from '../../../src/model/alarm.ts';
import type { AcceptableBacklogInput, BacklogInput } from '../../../src/model/backlog.ts';
import { type DistributeCapacityInput, SPLIT_RULES } from '../../../src/model/capacity-split.ts';
import type { ReservationInput } from '../../../src/model/reservation.ts';
import type { CircuitBreakerInput, RolloutBoundsInput } from '../../../src/model/rollout.ts';
import {
  ADJUSTMENT_TYPES,
  adjustmentRange,
  type StepAdjustment,
  type StepScalingInput,
} from '../../../src/model/step-scaling.ts';
import type { ZoneBalanceInput } from '../../../src/model/zone-balance.ts';

const amounts = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: MAX_AMOUNT }));

export const alarms = fc.record<AlarmInput>({
  evaluationPeriods: fc.constantFrom(4, 5, 6, 15, 8640),
  datapointsToAlarm: fc.integer({ min: 1, max: 4 }),
  comparisonOperator: fc.constantFrom(...COMPARISON_OPERATORS),
  threshold: fc.oneof(
    fc.constantFrom(0, -0, 1, 70, 2 ** 360, -(2 ** 360)),
    fc.double({ min: -99, max: 99, noNaN: true }),
  ),
  treatMissingData: fc.constantFrom(...MISSING_DATA_TREATMENTS),
  datapoints: fc.array(fc.constantFrom(null, null, 0, -0, 1, 70, 99, 5e-324, 2 ** 360, -(2 ** 360)), { maxLength: 20 }),
  previousState: fc.constantFrom(...ALARM_STATES),
});

const metrics = fc.oneof(
  fc.constantFrom(0, -0, 0.1, 0.2, 0.1 + 0.2, 0.3, 1, 52, 1e-300, 5e-324, 2 ** 360, -(2 ** 360)),
  fc.double({ min: -(2 ** 360), max: 2 ** 360, noNaN: true }),
);
export const trackings = fc
  .record({ runningCount: amounts, metricValue: metrics, targetValue: metrics, minCapacity: amounts, more: amounts })
  .map(({ more, ...rest }) => ({
    ...rest,
    targetValue: Math.abs(rest.targetValue) || 0.1,
    maxCapacity: Math.min(MAX_AMOUNT, rest.minCapacity + more),
  }));

const step = (lower: number | null, upper: number | null, adjustment: number): StepAdjustment => ({
  MetricIntervalLowerBound: lower,
  MetricIntervalUpperBound: upper,
  ScalingAdjustment: adjustment,
});

/** Steps around 0 in order, with what AWS asks of their ends. */
const edges = fc.uniqueArray(fc.constantFrom(-20, -10, -0.5, -0.1, 0, 0.1, 0.2, 0.1 + 0.2, 1, 10, 20), {
  minLength: 2,
});
const ladders = fc
  .tuple(edges, fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 12, maxLength: 12 }))
  .map(([list, adjustments]) => {
    const inner = [...list].sort((a, b) => a - b);
    const ends = [
      ...((inner[0] as number) < 0 ? [null] : []),
      ...inner,
      ...((inner.at(-1) as number) > 0 ? [null] : []),
    ];
    return ends.slice(1).map((upper, k) => step(ends[k] ?? null, upper, adjustments[k] as number));
  });
export const stepScalings = fc
  .record({
    currentCapacity: amounts,
    metricValue: fc.constantFrom(0, -0, 0.1, 0.3, 0.1 + 0.2, 0.7, 0.7 + 0.1, 9.9, 10, 30, 40, 50, 70, -5, 2 ** 360),
    threshold: fc.constantFrom(0, 0.1, 0.2, 0.7, 10, 50, -(2 ** 360)),
    adjustmentType: fc.constantFrom(...ADJUSTMENT_TYPES),
    ladder: ladders,
    magnitude: fc.constantFrom(undefined, 1, 2, MAX_AMOUNT),
    minCapacity: amounts,
    more: amounts,
  })
  .map(({ ladder, magnitude, more, ...rest }): StepScalingInput => {
    const [least] = adjustmentRange(rest.adjustmentType);
    const stepAdjustments = ladder.map((one) => ({
      ...one,
      ScalingAdjustment: Math.max(least, one.ScalingAdjustment),
    }));
    const minAdjustmentMagnitude = rest.adjustmentType === 'PercentChangeInCapacity' ? magnitude : undefined;
    const maxCapacity = Math.min(MAX_AMOUNT, rest.minCapacity + more);
    return { ...rest, stepAdjustments, minAdjustmentMagnitude, maxCapacity };
  });

const weights = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1000 }));
export const splits = fc
  .record({
    weights: fc.array(weights, { minLength: 1, maxLength: 6 }),
    base: fc.integer({ min: 0, max: 30 }),
    withBase: fc.nat({ max: 5 }),
    running: fc.array(fc.nat({ max: 40 }), { minLength: 6, maxLength: 6 }),
    isNew: fc.boolean(),
    count: fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: 3000 })),
    rule: fc.constantFrom(...SPLIT_RULES),
  })
  .map(({ weights: all, base, withBase, running, isNew, count, rule }): DistributeCapacityInput => {
    const some = all.every((weight) => weight === 0) ? [...all.slice(1), 1] : all;
    const capacityProviderStrategy = some.map((weight, k) => ({
      capacityProvider: `P${k}`,
      weight,
      base: k === withBase ? base : 0,
    }));
    const runningCounts = Object.fromEntries(some.map((_, k) => [`P${k}`, running[k] as number]));
    return { capacityProviderStrategy, count, rule, ...(isNew || rule !== 'sequential' ? {} : { runningCounts }) };
  });

const few = fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: MAX_AMOUNT }));
const needs = fc.record({
  cpu: fc.constantFrom(0, 256, 1024, 4096),
  memory: few,
  networkInterfaces: fc.nat({ max: 2 }),
  gpus: fc.nat({ max: 2 }),
});
export const reservations = fc
  .record({
    instances: few,
    busy: fc.double({ min: 0, max: 1, noNaN: true }),
    groups: fc.array(fc.tuple(needs, few, fc.boolean()), { maxLength: 4 }),
    types: fc.array(needs, { minLength: 1, maxLength: 4 }),
    steps: fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 9_990 })),
    targetCapacity: fc.integer({ min: 1, max: 100 }),
    minSize: few,
    more: fc.oneof(fc.constant(undefined), few),
    legacyEmptyGroup: fc.boolean(),
  })
  .map(
    (given): ReservationInput => ({
      instances: given.instances,
      busyInstances: Math.floor(given.instances * given.busy),
      provisioningGroups: given.groups.map(([need, count, distinctInstance]) => ({ ...need, count, distinctInstance })),
      instanceTypes: given.types,
      managedScaling: {
        targetCapacity: given.targetCapacity,
        minimumScalingStepSize: given.steps[0],
        maximumScalingStepSize: given.steps[0] + given.steps[1],
      },
      minSize: given.minSize,
      maxSize: given.more === undefined ? undefined : Math.min(MAX_AMOUNT, given.minSize + given.more),
      legacyEmptyGroup: given.legacyEmptyGroup,
    }),
  );

export const mixes = fc.record({
  onDemandBaseCapacity: amounts,
  onDemandPercentageAboveBaseCapacity: fc.integer({ min: 0, max: 100 }),
  total: amounts,
});

export const balances = fc
  .record({
    counts: fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })), { minLength: 1, maxLength: 5 }),
    change: fc.integer({ min: -60, max: 60 }),
  })
  .map(
    ({ counts, change }): ZoneBalanceInput => ({
      instanceCounts: Object.fromEntries(counts.map(([count], k) => [`z${k}`, count])),
      protectedCounts: Object.fromEntries(counts.map(([count, kept], k) => [`z${k}`, Math.min(count, kept)])),
      change,
    }),
  );

export const backlogs: fc.Arbitrary<BacklogInput> = fc.record({ visibleMessages: amounts, runningCount: amounts });

export const acceptableBacklogs: fc.Arbitrary<AcceptableBacklogInput> = fc.record({
  acceptableLatencyMs: amounts,
  processingTimeMs: amounts.map((ms) => Math.max(1, ms)),
});

const counts = fc.oneof(fc.nat({ max: 60 }), fc.nat({ max: 10_000_000 }));
const percents = fc.oneof(fc.nat({ max: 200 }), fc.nat({ max: 10_000 }));

export const bounds: fc.Arbitrary<RolloutBoundsInput> = fc.record({
  desiredCount: counts,
  minimumHealthyPercent: percents,
  maximumPercent: percents,
});

export const breakers: fc.Arbitrary<CircuitBreakerInput> = fc.record({
  desiredCount: counts,
  type: fc.constantFrom('BOUNDED_PERCENT', 'UNBOUNDED_PERCENT', 'COUNT'),
  value: percents.map((value) => Math.max(1, value)),
  legacyMinimum: fc.boolean(),
});
