/** PutScalingPolicy's input with Application Auto Scaling's defaults for ECS. Called by the cluster. */
import { MOST_METRIC } from './column.ts';
import { onlyMembers } from './known-members.ts';
import { type MetricSource, parseMetricQueries, parseMetricStat } from './metric.ts';
import { type PredictivePolicy, parsePredictive } from './predictive-scaling.ts';
import { fields, nonEmptyText, oneOf, optionalFlag, optionalOneOf, optionalWhole, real, refuse, text } from './read.ts';
import { parseResource, RESOURCE_MEMBERS, type ResourceName } from './scalable-target.ts';
import { type AdjustmentType, parseSteps, type StepAdjustment } from './step-scaling.ts';

const PREDEFINED = [
  'ECSServiceAverageCPUUtilization',
  'ECSServiceAverageMemoryUtilization',
  'ALBRequestCountPerTarget',
  'ECSServiceAverageCPUUtilizationHighResolution',
  'ECSServiceAverageMemoryUtilizationHighResolution',
] as const;
const POLICY_TYPES = ['StepScaling', 'TargetTrackingScaling', 'PredictiveScaling'] as const;
const AGGREGATIONS = ['Average', 'Minimum', 'Maximum'] as const;
/** Application Auto Scaling API, for ECS services. */
const COOLDOWN_SECONDS = 300;
const MOST_SECONDS = 1e9;

export interface TargetTracking {
  readonly type: 'TargetTrackingScaling';
  readonly targetValue: number;
  /** The predefined type, for the rule that each stands once. */
  readonly predefined: (typeof PREDEFINED)[number] | undefined;
  readonly source: MetricSource;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
  readonly disableScaleIn: boolean;
}

export interface StepPolicy {
  readonly type: 'StepScaling';
  readonly adjustmentType: AdjustmentType;
  readonly stepAdjustments: readonly StepAdjustment[];
  readonly minAdjustmentMagnitude: number | undefined;
  readonly cooldownSeconds: number;
  readonly metricAggregationType: (typeof AGGREGATIONS)[number];
}

export interface ScalingPolicy extends ResourceName {
  readonly policyName: string;
  readonly configuration: TargetTracking | StepPolicy | PredictivePolicy;
}

/** `app/LB/ID/targetgroup/GROUP/ID`. */
const LABEL = /^(app\/[^/]+\/[^/]+)\/(targetgroup\/[^/]+\/[^/]+)$/;

/** ALBRequestCountPerTarget, of services and groups. */
export function requestsSource(label: unknown, path: string): MetricSource {
  const [, LoadBalancer, TargetGroup] = LABEL.exec(text(label, `${path}.ResourceLabel`)) ?? [];
  if (LoadBalancer === undefined || TargetGroup === undefined)
    return refuse(
      'RESOURCE_LABEL',
      `${path}.ResourceLabel must be app/LB/ID/targetgroup/GROUP/ID, but was ${JSON.stringify(label)}.`,
      { path: `${path}.ResourceLabel`, value: label },
      'ValidationException',
    );
  const key = {
    namespace: 'AWS/ApplicationELB',
    metricName: 'RequestCountPerTarget',
    dimensions: { LoadBalancer, TargetGroup },
  };
  return { kind: 'metric', stat: { key, statistic: 'Sum' }, periodSeconds: 60 };
}

function predefinedSource(
  type: (typeof PREDEFINED)[number],
  label: unknown,
  { cluster, service }: ResourceName,
  path: string,
): MetricSource {
  if (type === 'ALBRequestCountPerTarget') return requestsSource(label, path);
  const metricName = type.includes('CPU') ? 'CPUUtilization' : 'MemoryUtilization';
  const key = { namespace: 'AWS/ECS', metricName, dimensions: { ClusterName: cluster, ServiceName: service } };
  return {
    kind: 'metric',
    stat: { key, statistic: 'Average' },
    periodSeconds: type.endsWith('HighResolution') ? 20 : 60,
  };
}

const TRACKING = [
  ...['TargetValue', 'PredefinedMetricSpecification', 'CustomizedMetricSpecification'],
  ...['ScaleOutCooldown', 'ScaleInCooldown', 'DisableScaleIn'],
];
/** Of CustomizedMetricSpecification, of services and groups. */
export const CUSTOMIZED = ['Namespace', 'MetricName', 'Dimensions', 'Statistic', 'Unit', 'Metrics'];
const STEP = ['AdjustmentType', 'StepAdjustments', 'MinAdjustmentMagnitude', 'Cooldown', 'MetricAggregationType'];

function parseTracking(input: unknown, path: string, resource: ResourceName): TargetTracking {
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
  const cooldown = (name: string): number =>
    optionalWhole(given[name], `${path}.${name}`, 0, MOST_SECONDS) ?? COOLDOWN_SECONDS;
  const rest = {
    type: 'TargetTrackingScaling' as const,
    targetValue: real(given.TargetValue, `${path}.TargetValue`, Number.MIN_VALUE, MOST_METRIC),
    scaleOutCooldownSeconds: cooldown('ScaleOutCooldown'),
    scaleInCooldownSeconds: cooldown('ScaleInCooldown'),
    disableScaleIn: optionalFlag(given.DisableScaleIn, `${path}.DisableScaleIn`) ?? false,
  };
  if (predefined !== undefined) {
    const at = `${path}.PredefinedMetricSpecification`;
    const one = fields(predefined, at);
    onlyMembers(one, at, ['PredefinedMetricType', 'ResourceLabel']);
    const type = oneOf(one.PredefinedMetricType, `${at}.PredefinedMetricType`, PREDEFINED);
    return { ...rest, predefined: type, source: predefinedSource(type, one.ResourceLabel, resource, at) };
  }
  const at = `${path}.CustomizedMetricSpecification`;
  const one = fields(customized, at);
  onlyMembers(one, at, CUSTOMIZED);
  const source: MetricSource =
    one.Metrics === undefined
      ? { kind: 'metric', stat: parseMetricStat(one, at), periodSeconds: 60 }
      : parseMetricQueries(one.Metrics, `${at}.Metrics`);
  return { ...rest, predefined: undefined, source };
}

function parseStep(input: unknown, path: string): StepPolicy {
  const given = fields(input, path);
  onlyMembers(given, path, STEP);
  return {
    type: 'StepScaling',
    ...parseSteps(given, path),
    cooldownSeconds: optionalWhole(given.Cooldown, `${path}.Cooldown`, 0, MOST_SECONDS) ?? COOLDOWN_SECONDS,
    metricAggregationType:
      optionalOneOf(given.MetricAggregationType, `${path}.MetricAggregationType`, AGGREGATIONS) ?? 'Average',
  };
}

/** @throws BayplanError naming the member, with AWS's exception. */
export function parseScalingPolicy(input: unknown, path: string): ScalingPolicy {
  const given = fields(input, path);
  const configurations = POLICY_TYPES.map((one) => `${one}PolicyConfiguration`);
  onlyMembers(given, path, [...RESOURCE_MEMBERS, 'PolicyName', 'PolicyType', ...configurations]);
  const resource = parseResource(input, path);
  const type = optionalOneOf(given.PolicyType, `${path}.PolicyType`, POLICY_TYPES) ?? 'StepScaling';
  const policyName = nonEmptyText(given.PolicyName, `${path}.PolicyName`);
  const named = { ...resource, policyName };
  const member = `${type}PolicyConfiguration`;
  const at = `${path}.${member}`;
  const other = configurations.find((one) => one !== member && given[one] !== undefined);
  if (other !== undefined)
    refuse(
      'POLICY_TYPE',
      `${path}.${other} does not go with PolicyType ${type}.`,
      { path: `${path}.${other}`, value: given[other], expected: [member] },
      'ValidationException',
    );
  if (given[member] === undefined) refuse('MISSING', `${at} is missing.`, { path: at }, 'ValidationException');
  const parse = {
    StepScaling: parseStep,
    TargetTrackingScaling: (input: unknown, where: string) => parseTracking(input, where, resource),
    PredictiveScaling: parsePredictive,
  }[type];
  return { ...named, configuration: parse(given[member], at) };
}
