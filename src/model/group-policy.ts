/** PutScalingPolicy's input of Amazon EC2 Auto Scaling with its defaults. Called by scenarios and the cluster. */
import { MOST_METRIC } from './column.ts';
import { onlyMembers } from './known-members.ts';
import { type MetricSource, parseMetricQueries, parseMetricStat } from './metric.ts';
import {
  type Fields,
  fields,
  nonEmptyText,
  oneOf,
  optionalFlag,
  optionalOneOf,
  optionalWhole,
  real,
  refuse,
  whole,
} from './read.ts';
import { CUSTOMIZED, requestsSource } from './scaling-policy.ts';
import { ADJUSTMENT_TYPES, type AdjustmentType, parseSteps, type StepAdjustment } from './step-scaling.ts';

const POLICY_TYPES = ['SimpleScaling', 'StepScaling', 'TargetTrackingScaling'] as const;
const TRACKING = [
  ...['TargetValue', 'PredefinedMetricSpecification', 'CustomizedMetricSpecification', 'DisableScaleIn'],
];
const MEMBERS = [
  ...['AutoScalingGroupName', 'PolicyName', 'PolicyType', 'Enabled', 'EstimatedInstanceWarmup', 'Cooldown'],
  ...['AdjustmentType', 'MinAdjustmentMagnitude', 'ScalingAdjustment', 'StepAdjustments', 'MetricAggregationType'],
  'TargetTrackingConfiguration',
];
const MOST_ADJUSTMENT = 1_000_000;

export interface GroupSimple {
  readonly type: 'SimpleScaling';
  readonly adjustmentType: AdjustmentType;
  readonly scalingAdjustment: number;
  readonly minAdjustmentMagnitude: number | undefined;
  /** Undefined: the group's. */
  readonly cooldownSeconds: number | undefined;
}

export interface GroupStep {
  readonly type: 'StepScaling';
  readonly adjustmentType: AdjustmentType;
  readonly stepAdjustments: readonly StepAdjustment[];
  readonly minAdjustmentMagnitude: number | undefined;
}

export interface GroupTracking {
  readonly type: 'TargetTrackingScaling';
  readonly targetValue: number;
  readonly source: MetricSource;
  readonly disableScaleIn: boolean;
}

export interface GroupPolicy {
  readonly group: string;
  readonly policyName: string;
  readonly isEnabled: boolean;
  /** Of instances that it launches; undefined: the group's. */
  readonly warmupSeconds: number | undefined;
  readonly configuration: GroupSimple | GroupStep | GroupTracking;
}

function magnitude(given: Fields, path: string): number | undefined {
  return optionalWhole(given.MinAdjustmentMagnitude, `${path}.MinAdjustmentMagnitude`, 1);
}

/** A predefined metric, or a customized one. */
function parseTracking(input: unknown, path: string, group: string): GroupTracking {
  const given = fields(input, path);
  onlyMembers(given, path, TRACKING);
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: customized } = given;
  if ((predefined === undefined) === (customized === undefined))
    refuse(
      'METRIC_SPECIFICATION',
      `${path} must have either PredefinedMetricSpecification or CustomizedMetricSpecification.`,
      { path },
      'ValidationException',
    );
  return {
    type: 'TargetTrackingScaling',
    targetValue: real(given.TargetValue, `${path}.TargetValue`, Number.MIN_VALUE, MOST_METRIC),
    disableScaleIn: optionalFlag(given.DisableScaleIn, `${path}.DisableScaleIn`) ?? false,
    source: predefined === undefined ? customSource(customized, path) : predefinedSource(predefined, path, group),
  };
}

function customSource(input: unknown, path: string): MetricSource {
  const at = `${path}.CustomizedMetricSpecification`;
  const given = fields(input, at);
  onlyMembers(given, at, CUSTOMIZED, ['Period']);
  if (given.Metrics !== undefined) return parseMetricQueries(given.Metrics, `${at}.Metrics`);
  return { kind: 'metric', stat: parseMetricStat(given, at), periodSeconds: 60 };
}

/** PredefinedMetricSpecification, with the metric of EC2 of each type but ALBRequestCountPerTarget. */
const PREDEFINED = {
  ASGAverageCPUUtilization: 'CPUUtilization',
  ASGAverageNetworkIn: 'NetworkIn',
  ASGAverageNetworkOut: 'NetworkOut',
  ALBRequestCountPerTarget: undefined,
} as const;

function predefinedSource(input: unknown, path: string, group: string): MetricSource {
  const at = `${path}.PredefinedMetricSpecification`;
  const given = fields(input, at);
  onlyMembers(given, at, ['PredefinedMetricType', 'ResourceLabel']);
  const types = Object.keys(PREDEFINED) as (keyof typeof PREDEFINED)[];
  const type = oneOf(given.PredefinedMetricType, `${at}.PredefinedMetricType`, types);
  const metricName = PREDEFINED[type];
  if (metricName === undefined) return requestsSource(given.ResourceLabel, at);
  if (given.ResourceLabel !== undefined)
    refuse(
      'RESOURCE_LABEL',
      `${at}.ResourceLabel goes only with ALBRequestCountPerTarget.`,
      { path: `${at}.ResourceLabel`, value: given.ResourceLabel },
      'ValidationException',
    );
  const key = { namespace: 'AWS/EC2', metricName, dimensions: { AutoScalingGroupName: group } };
  return { kind: 'metric', stat: { key, statistic: 'Average' }, periodSeconds: 60 };
}

/** @throws BayplanError naming the member, with AWS's exception. */
export function parseGroupPolicy(input: unknown, path: string): GroupPolicy {
  const given = fields(input, path);
  onlyMembers(given, path, MEMBERS, ['MinAdjustmentStep', 'PredictiveScalingConfiguration']);
  const group = nonEmptyText(given.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const type = optionalOneOf(given.PolicyType, `${path}.PolicyType`, POLICY_TYPES) ?? 'SimpleScaling';
  const named = {
    group,
    policyName: nonEmptyText(given.PolicyName, `${path}.PolicyName`),
    isEnabled: optionalFlag(given.Enabled, `${path}.Enabled`) ?? true,
    warmupSeconds: optionalWhole(given.EstimatedInstanceWarmup, `${path}.EstimatedInstanceWarmup`),
  };
  switch (type) {
    case 'StepScaling':
      return { ...named, configuration: { type: 'StepScaling', ...parseSteps(given, path) } };
    case 'TargetTrackingScaling':
      return {
        ...named,
        configuration: parseTracking(given.TargetTrackingConfiguration, `${path}.TargetTrackingConfiguration`, group),
      };
    case 'SimpleScaling':
      return {
        ...named,
        configuration: {
          type,
          adjustmentType: oneOf(given.AdjustmentType, `${path}.AdjustmentType`, ADJUSTMENT_TYPES),
          scalingAdjustment: whole(
            given.ScalingAdjustment,
            `${path}.ScalingAdjustment`,
            -MOST_ADJUSTMENT,
            MOST_ADJUSTMENT,
          ),
          minAdjustmentMagnitude: magnitude(given, path),
          cooldownSeconds: optionalWhole(given.Cooldown, `${path}.Cooldown`),
        },
      };
  }
}
