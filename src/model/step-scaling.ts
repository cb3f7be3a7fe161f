/** Step scaling as the rule takes it: one decision in Application Auto Scaling's words. Validated here for core and twin. */
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { MOST_METRIC } from './column.ts';
import { noTypos } from './known-members.ts';
import { type Fields, fields, list, oneOf, optionalWhole, real, refuse, whole } from './read.ts';

/** The index is the code in tables. */
export const ADJUSTMENT_TYPES = ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'] as const;

export type AdjustmentType = (typeof ADJUSTMENT_TYPES)[number];

const MOST_STEPS = 20;
/** Keeps every product of a capacity and a percentage exact in doubles. */
export const MOST_PERCENT = 1_000_000;

/** Bounds are relative to the alarm's threshold, in the metric's unit; an absent one is infinite. */
export interface StepAdjustment {
  readonly MetricIntervalLowerBound?: number | null | undefined;
  readonly MetricIntervalUpperBound?: number | null | undefined;
  /** Tasks or instances, or percent of them. */
  readonly ScalingAdjustment: number;
}

export interface StepScalingInput {
  /** Tasks or instances, as are the other capacities. */
  readonly currentCapacity: number;
  readonly metricValue: number;
  /** Of the alarm, in the metric's unit. */
  readonly threshold: number;
  readonly adjustmentType: AdjustmentType;
  /** At most 20, without overlap or gap, in any order. */
  readonly stepAdjustments: readonly StepAdjustment[];
  /** Smallest change of PercentChangeInCapacity; only with it. */
  readonly minAdjustmentMagnitude?: number | null | undefined;
  readonly minCapacity: number;
  readonly maxCapacity: number;
}

export interface Step {
  /** -Infinity and Infinity where there is no bound. */
  readonly lower: number;
  readonly upper: number;
  readonly adjustment: number;
}

export interface StepScaling extends Omit<StepScalingInput, 'stepAdjustments' | 'minAdjustmentMagnitude'> {
  readonly steps: readonly Step[];
  /** 0 where there is none. */
  readonly minAdjustmentMagnitude: number;
}

/** Least and most ScalingAdjustment of each type. */
export function adjustmentRange(type: AdjustmentType): readonly [least: number, most: number] {
  if (type === 'ExactCapacity') return [0, MAX_AMOUNT];
  return type === 'ChangeInCapacity' ? [-MAX_AMOUNT, MAX_AMOUNT] : [-MOST_PERCENT, MOST_PERCENT];
}

const STEP_MEMBERS = ['MetricIntervalLowerBound', 'MetricIntervalUpperBound', 'ScalingAdjustment'];
const MEMBERS = [
  ...['currentCapacity', 'metricValue', 'threshold', 'adjustmentType', 'stepAdjustments', 'minAdjustmentMagnitude'],
  ...['minCapacity', 'maxCapacity'],
];

function parseBound(value: number | null | undefined, path: string, absent: number): number {
  return value === null || value === undefined ? absent : real(value, path, -MOST_METRIC, MOST_METRIC);
}

function parseStep(input: unknown, path: string, type: AdjustmentType): Step {
  const step = fields(input, path) as unknown as StepAdjustment;
  noTypos(step, path, STEP_MEMBERS);
  const lower = parseBound(step.MetricIntervalLowerBound, `${path}.MetricIntervalLowerBound`, -Infinity);
  const upper = parseBound(step.MetricIntervalUpperBound, `${path}.MetricIntervalUpperBound`, Infinity);
  if (!(lower < upper)) {
    refuse('STEP_BOUNDS', `${path}: the lower bound ${lower} must lie below the upper one ${upper}.`, {
      path,
      value: input,
    });
  }
  if (lower === -Infinity && upper === Infinity)
    refuse('STEP_BOUNDS', `${path} must have MetricIntervalLowerBound or MetricIntervalUpperBound.`, {
      path,
      value: input,
    });
  return {
    lower,
    upper,
    adjustment: whole(step.ScalingAdjustment, `${path}.ScalingAdjustment`, ...adjustmentRange(type)),
  };
}

/**
 * Steps touch each other, and beyond the outermost bound on each side of the threshold nothing is left open; what this says
 * of ends with bounds is AWS's rule on null bounds. `path` is of the list.
 */
function checkSteps(steps: readonly Step[], path: string): void {
  const ordered = steps
    .map((step, index) => ({ ...step, index }))
    .sort((a, b) => a.lower - b.lower || a.index - b.index);
  ordered.forEach(({ lower, index }, k) => {
    const before = ordered[k - 1];
    if (before === undefined || before.upper === lower) return;
    const at = `${path}[${index}].MetricIntervalLowerBound`;
    const wrong = lower < before.upper ? 'overlaps' : 'leaves a gap to';
    refuse('STEP_BOUNDS', `${at} ${lower} ${wrong} the step that ends at ${before.upper}.`, { path: at, value: lower });
  });
  const [first] = ordered;
  const last = ordered[ordered.length - 1];
  if (first !== undefined && first.lower < 0 && first.lower !== -Infinity)
    refuseEnd(`${path}[${first.index}].MetricIntervalLowerBound`, first.lower, 'negative lower bound');
  if (last !== undefined && last.upper > 0 && last.upper !== Infinity)
    refuseEnd(`${path}[${last.index}].MetricIntervalUpperBound`, last.upper, 'positive upper bound');
}

function refuseEnd(path: string, value: number, what: string): never {
  refuse('STEP_BOUNDS', `${path} is a ${what}, so some step must have none on that side.`, { path, value });
}

/**
 * @throws InvalidParameterException WRONG_TYPE, NOT_ALLOWED, OUT_OF_RANGE, UNKNOWN_MEMBER, naming the member; STEP_COUNT for no step or more
 * than 20; STEP_BOUNDS for steps that overlap, leave a gap or end where AWS asks for an open end (Application Auto Scaling
 * guide, step scaling policies); MAGNITUDE_TYPE for a magnitude without percentages.
 */
export function parseStepScaling(input: StepScalingInput): StepScaling {
  noTypos(fields(input, ''), '', MEMBERS);
  const type = oneOf(input.adjustmentType, 'adjustmentType', ADJUSTMENT_TYPES);
  const entries = list(input.stepAdjustments, 'stepAdjustments');
  if (entries.length === 0 || entries.length > MOST_STEPS) {
    refuse('STEP_COUNT', `stepAdjustments must hold 1 to ${MOST_STEPS} steps, but held ${entries.length}.`, {
      path: 'stepAdjustments',
      value: entries.length,
      limit: MOST_STEPS,
    });
  }
  const steps = entries.map((entry, k) => parseStep(entry, `stepAdjustments[${k}]`, type));
  checkSteps(steps, 'stepAdjustments');
  const magnitude = optionalWhole(input.minAdjustmentMagnitude, 'minAdjustmentMagnitude', 1);
  if (magnitude !== undefined && type !== 'PercentChangeInCapacity') {
    refuse('MAGNITUDE_TYPE', 'minAdjustmentMagnitude goes with PercentChangeInCapacity only.', {
      path: 'minAdjustmentMagnitude',
      value: magnitude,
    });
  }
  return {
    currentCapacity: whole(input.currentCapacity, 'currentCapacity'),
    metricValue: real(input.metricValue, 'metricValue', -MOST_METRIC, MOST_METRIC),
    threshold: real(input.threshold, 'threshold', -MOST_METRIC, MOST_METRIC),
    adjustmentType: type,
    steps,
    minAdjustmentMagnitude: magnitude ?? 0,
    minCapacity: whole(input.minCapacity, 'minCapacity'),
    maxCapacity: whole(input.maxCapacity, 'maxCapacity', input.minCapacity),
  };
}

export interface Steps {
  readonly adjustmentType: AdjustmentType;
  readonly stepAdjustments: readonly StepAdjustment[];
  readonly minAdjustmentMagnitude: number | undefined;
}

/** The steps of a policy, of a service or of a group, checked against each other. @throws what parseStepScaling throws. */
export function parseSteps(given: Fields, path: string): Steps {
  const steps = {
    adjustmentType: oneOf(given.AdjustmentType, `${path}.AdjustmentType`, ADJUSTMENT_TYPES),
    stepAdjustments: (given.StepAdjustments ?? []) as readonly StepAdjustment[],
    minAdjustmentMagnitude: optionalWhole(given.MinAdjustmentMagnitude, `${path}.MinAdjustmentMagnitude`, 1),
  };
  // With a metric and bounds that any policy takes.
  parseStepScaling({ ...steps, currentCapacity: 0, metricValue: 0, threshold: 0, minCapacity: 0, maxCapacity: 0 });
  return steps;
}
