/**
 * Application Auto Scaling's calls, and what its controller decides: the only writer of scalable targets. Called by api and
 * apply. Inputs are checked whole before anything changes.
 */
import { taskId } from '../../base/ids.ts';
import { refuse, text } from '../../model/read.ts';
import { parseResource, parseScalableTarget, type ScalableTargetInput } from '../../model/scalable-target.ts';
import { parseScalingPolicy, type ScalingPolicy } from '../../model/scaling-policy.ts';
import type { ApiCall } from '../commands.ts';
import type { ScalableTargetState, ScalingPolicyState } from '../scaling-state.ts';
import type { ClusterState, ServiceState } from '../state.ts';
import { checkSource, removeAlarm } from './alarms.ts';
import { changeDesiredCount } from './services.ts';
import { putTrackingAlarms } from './tracking-alarms.ts';

const MOST_POLICIES = 50;

interface Bounds {
  readonly minCapacity: number;
  readonly maxCapacity: number;
}

/** A UUID that follows from the seed and a running number. */
export function uuid(state: ClusterState): string {
  const hex = taskId((state.seed ^ 0x2545f491) >>> 0, state.counters.scalingIds++);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The target that a call names. @throws ObjectNotFoundException. */
export function targetOf(state: ClusterState, input: ApiCall['input'], path: string): ScalableTargetState {
  const { resourceId } = parseResource(input, path);
  const target = state.scalableTargets.get(resourceId);
  if (target !== undefined) return target;
  return refuse(
    'TARGET_NOT_FOUND',
    `No scalable target found for service namespace: ecs, resource ID: ${resourceId}, scalable dimension: ecs:service:DesiredCount`,
    { path: `${path}.ResourceId`, value: resourceId },
    'ObjectNotFoundException',
  );
}

/** The service of a target, while it is there and has a desired count to change: one of daemons has none. */
export function scaledService(
  state: ClusterState,
  { serviceName }: Pick<ScalableTargetState, 'serviceName'>,
): ServiceState | undefined {
  const service = state.services.get(serviceName);
  return service?.status === 'ACTIVE' && service.settings.schedulingStrategy === 'REPLICA' ? service : undefined;
}

function checkedBounds(
  { minCapacity, maxCapacity }: { minCapacity: number | undefined; maxCapacity: number | undefined },
  path: string,
): Bounds {
  if (minCapacity === undefined || maxCapacity === undefined) {
    const at = `${path}.${minCapacity === undefined ? 'MinCapacity' : 'MaxCapacity'}`;
    return refuse(
      'MISSING',
      `${at} is missing: a new scalable target needs both capacities.`,
      { path: at },
      'ValidationException',
    );
  }
  if (minCapacity > maxCapacity)
    refuse(
      'OUT_OF_RANGE',
      `${path}: Maximum capacity cannot be less than minimum capacity: ${maxCapacity} < ${minCapacity}.`,
      { path: `${path}.MinCapacity`, value: minCapacity, limit: maxCapacity },
      'ValidationException',
    );
  return { minCapacity, maxCapacity };
}

function newTarget(state: ClusterState, input: ScalableTargetInput): ScalableTargetState {
  const { region, account } = state.context;
  return {
    resourceId: input.resourceId,
    serviceName: input.service,
    arn: `arn:aws:application-autoscaling:${region}:${account}:scalable-target/${uuid(state).replaceAll('-', '')}`,
    createdAtMs: state.nowMs,
    minCapacity: 0,
    maxCapacity: 0,
    suspended: { dynamicScalingIn: false, dynamicScalingOut: false, scheduledScaling: false },
    policies: new Map(),
    scheduledActions: new Map(),
    lastOut: undefined,
    lastIn: undefined,
    toldReason: undefined,
  };
}

/** There, and no daemons: those follow the instances (ECS developer guide, ecs_services). */
function checkScaled(state: ClusterState, { service: name, resourceId }: ScalableTargetInput, path: string): void {
  if (scaledService(state, { serviceName: name }) !== undefined) return;
  const isDaemon = state.services.get(name)?.status === 'ACTIVE';
  refuse(
    isDaemon ? 'DAEMON_SCALING' : 'SERVICE_NOT_FOUND',
    isDaemon
      ? `${path}: service ${name} has the DAEMON scheduling strategy, which does not support Service Auto Scaling.`
      : `${path}: ECS service doesn't exist: ${resourceId}`,
    { path, value: resourceId },
    'ValidationException',
  );
}

/** Registers or updates; capacity outside the bounds is moved inside (Application Auto Scaling API, RegisterScalableTarget). */
export function registerScalableTarget(state: ClusterState, { input, path = '' }: ApiCall): ScalableTargetState {
  const given = parseScalableTarget(input, path);
  const known = state.scalableTargets.get(given.resourceId);
  checkScaled(state, given, `${path}.ResourceId`);
  const { minCapacity = known?.minCapacity, maxCapacity = known?.maxCapacity } = given;
  const bounds = checkedBounds({ minCapacity, maxCapacity }, path);
  const target = known ?? newTarget(state, given);
  target.suspended = { ...target.suspended, ...given.suspended };
  state.scalableTargets.set(target.resourceId, target);
  setBounds(state, target, bounds);
  return target;
}

/** New bounds; capacity outside of them goes to the nearer one, whatever cooldowns say. */
export function setBounds(
  state: ClusterState,
  target: ScalableTargetState,
  { minCapacity, maxCapacity }: Bounds,
): void {
  target.minCapacity = minCapacity;
  target.maxCapacity = maxCapacity;
  target.toldReason = undefined;
  if (state.sink.isOpen) state.sink.emit({ type: 'ScalableTargetChange', target });
  const service = scaledService(state, target);
  if (service === undefined) return;
  // Whoever keeps the bounds looks at it again.
  state.changedServices.add(service);
  const inside = Math.min(maxCapacity, Math.max(minCapacity, service.desiredCount));
  if (inside !== service.desiredCount) setDesiredCount(state, service, inside);
}

export function setDesiredCount(state: ClusterState, service: ServiceState, desiredCount: number): void {
  if (service.desiredCount !== desiredCount) changeDesiredCount(state, service, desiredCount);
}

export function deregisterScalableTarget(state: ClusterState, { input, path = '' }: ApiCall): void {
  const target = targetOf(state, input, path);
  for (const policy of target.policies.values()) dropAlarms(state, policy);
  target.policies.clear();
  target.scheduledActions.clear();
  state.scalableTargets.delete(target.resourceId);
}

function dropAlarms(state: ClusterState, { alarmHigh, alarmLow }: ScalingPolicyState): void {
  if (alarmHigh !== undefined) removeAlarm(state, alarmHigh);
  if (alarmLow !== undefined) removeAlarm(state, alarmLow);
}

export function putScalingPolicy(state: ClusterState, { input, path = '' }: ApiCall): ScalingPolicyState {
  const settings = parseScalingPolicy(input, path);
  const target = targetOf(state, input, path);
  checkPolicy(target, settings, path);
  checkTargetGroup(state, target, settings, path);
  checkMath(settings, path);
  const known = target.policies.get(settings.policyName);
  if (known !== undefined) dropAlarms(state, known);
  const { region, account } = state.context;
  const arn =
    known?.arn ??
    `arn:aws:autoscaling:${region}:${account}:scalingPolicy:${uuid(state)}:resource/ecs/${target.resourceId}:policyName/${settings.policyName}`;
  const { configuration } = settings;
  const isTracking = configuration.type === 'TargetTrackingScaling';
  const alarmName = (side: string): string => `TargetTracking-${target.resourceId}-Alarm${side}-${uuid(state)}`;
  const policy: ScalingPolicyState = {
    settings,
    arn,
    alarmHigh: isTracking ? alarmName('High') : undefined,
    alarmLow: isTracking ? alarmName('Low') : undefined,
  };
  target.policies.set(settings.policyName, policy);
  if (isTracking) putTrackingAlarms(state, target, policy, configuration);
  if (configuration.type === 'PredictiveScaling' && configuration.scales)
    state.timers.set(state.nowMs, { type: 'RunForecast', target, policy });
  if (state.sink.isOpen) state.sink.emit({ type: 'ScalableTargetChange', target });
  return policy;
}

export function checkMath({ configuration }: ScalingPolicy, path: string): void {
  if (configuration.type !== 'TargetTrackingScaling') return;
  const at = `${path}.TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification.Metrics`;
  checkSource(configuration.source, at);
}

/** Requests are counted for a target group of the service only (Application Auto Scaling API, PredefinedMetricSpecification). */
function checkTargetGroup(
  state: ClusterState,
  target: ScalableTargetState,
  { configuration }: ScalingPolicy,
  path: string,
): void {
  if (configuration.type !== 'TargetTrackingScaling' || configuration.predefined !== 'ALBRequestCountPerTarget') return;
  const { source } = configuration;
  const { TargetGroup = '' } = source.kind === 'metric' ? source.stat.key.dimensions : {};
  const own = (scaledService(state, target)?.settings.loadBalancers ?? [])
    .flatMap((one) => [one.targetGroupArn ?? '', one.advancedConfiguration?.alternateTargetGroupArn ?? ''])
    .filter((arn) => state.targetGroups.get(arn)?.settings.kind === 'application')
    .map((arn) => arn.slice(arn.indexOf('targetgroup/')));
  if (own.includes(TargetGroup)) return;
  const at = `${path}.TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.ResourceLabel`;
  refuse(
    'RESOURCE_LABEL',
    `${at}: ${TargetGroup} is not an application target group of service ${target.serviceName}${own.length === 0 ? ', which has none' : `: it has ${own.join(', ')}`}.`,
    { path: at, value: TargetGroup, expected: own },
    'ValidationException',
  );
}

/** Quota and rule of the Application Auto Scaling guide. */
function checkPolicy(
  { policies }: ScalableTargetState,
  { policyName, configuration }: ScalingPolicy,
  path: string,
): void {
  if (!policies.has(policyName) && policies.size >= MOST_POLICIES)
    refuse(
      'POLICY_COUNT',
      `A scalable target has at most ${MOST_POLICIES} scaling policies.`,
      { path: `${path}.PolicyName`, value: policyName, limit: MOST_POLICIES },
      'LimitExceededException',
    );
  if (configuration.type !== 'TargetTrackingScaling' || configuration.predefined === undefined) return;
  for (const { settings } of policies.values()) {
    if (settings.policyName === policyName || settings.configuration.type !== 'TargetTrackingScaling') continue;
    if (settings.configuration.predefined !== configuration.predefined) continue;
    refuse(
      'METRIC_TWICE',
      `Only one TargetTrackingScaling policy for a given metric specification is allowed: ${settings.policyName} has ${configuration.predefined}.`,
      { path: `${path}.TargetTrackingScalingPolicyConfiguration`, value: configuration.predefined },
      'ValidationException',
    );
  }
}

export function deleteScalingPolicy(state: ClusterState, { input, path = '' }: ApiCall): void {
  const target = targetOf(state, input, path);
  const name = text(input.PolicyName, `${path}.PolicyName`);
  const policy = target.policies.get(name);
  if (policy === undefined)
    refuse(
      'POLICY_NOT_FOUND',
      `${path}.PolicyName: no scaling policy ${name} of ${target.resourceId}.`,
      { path: `${path}.PolicyName`, value: name },
      'ObjectNotFoundException',
    );
  dropAlarms(state, policy);
  target.policies.delete(name);
}
