/** Which targets have alarms whose actions run, and what their services are like. Called by tick. */
import type { MetricAlarmState } from '../cluster/alarm-state.ts';
import type { ScalableTargetState, ScalingPolicyState } from '../cluster/scaling-state.ts';
import type { ClusterView, ServiceState } from '../cluster/state.ts';
import type { Firing } from '../metrics/watched.ts';

/** A policy whose alarm is in ALARM. */
export interface FiringPolicy {
  readonly policy: ScalingPolicyState;
  readonly alarm: MetricAlarmState;
  readonly isHigh: boolean;
  readonly metricValue: number;
}

export interface Observation {
  readonly target: ScalableTargetState;
  readonly service: ServiceState;
  /** In the order of the alarms. */
  readonly firing: readonly FiringPolicy[];
  readonly runningCount: number;
  readonly desiredCount: number;
  /** A deployment is in progress: no scale-in (ECS developer guide, service-auto-scaling). */
  readonly isDeploying: boolean;
  readonly nowMs: number;
}

const POLICY = /:scalingPolicy:[^:]*:resource\/ecs\/(service\/[^:]+):policyName\/(.+)$/;

interface Named {
  readonly resourceId: string;
  readonly name: string;
}

/** Reading an ARN costs more than all that is done with it. A process that runs many scenarios begins anew now and then. */
const READ = new Map<string, Named>();
const MOST_READ = 100_000;

/** The policy in an ARN of Application Auto Scaling; both empty in any other ARN. */
export function namedBy(arn: string): Named {
  const known = READ.get(arn);
  if (known !== undefined) return known;
  const [, resourceId = '', name = ''] = POLICY.exec(arn) ?? [];
  const read = { resourceId, name };
  if (READ.size >= MOST_READ) READ.clear();
  READ.set(arn, read);
  return read;
}

export interface PolicyOfTarget {
  readonly target: ScalableTargetState;
  readonly policy: ScalingPolicyState;
}

/** The policy that an action names by its ARN, whatever the id in it. */
export function policyOf(view: ClusterView, arn: string): PolicyOfTarget | undefined {
  const { resourceId, name } = namedBy(arn);
  const target = view.scalableTargets.get(resourceId);
  const policy = target?.policies.get(name);
  return target === undefined || policy === undefined ? undefined : { target, policy };
}

export function observe(view: ClusterView, firings: readonly Firing[]): Observation[] {
  const found = new Map<ScalableTargetState, FiringPolicy[]>();
  const note = (target: ScalableTargetState, firing: FiringPolicy): void => {
    const same = found.get(target);
    if (same === undefined) found.set(target, [firing]);
    else same.push(firing);
  };
  for (const firing of firings) {
    const { alarm, metricValue } = firing;
    if (alarm.stateValue !== 'ALARM' || metricValue === undefined) continue;
    const { tracked } = alarm;
    if (tracked === undefined) {
      for (const arn of firing.actions) {
        const named = policyOf(view, arn);
        if (named === undefined) continue;
        const isHigh = alarm.settings.alarmName === named.policy.alarmHigh;
        note(named.target, { policy: named.policy, alarm, isHigh, metricValue });
      }
      // An alarm of target tracking knows whose it is: names need not be read.
    } else if (firing.hasChanged)
      note(tracked.target, { policy: tracked.policy, alarm, isHigh: tracked.isHigh, metricValue });
  }
  const observations: Observation[] = [];
  for (const [target, firing] of found) {
    const service = view.services.get(target.serviceName);
    // A service of daemons may have come in the place of the one that was registered.
    if (service?.status === 'ACTIVE' && service.settings.schedulingStrategy === 'REPLICA')
      observations.push(seen(view, target, service, firing));
  }
  return observations;
}

function runningCountOf({ deployments }: ServiceState): number {
  let total = 0;
  for (const { running } of deployments) total += running;
  return total;
}

function seen(
  view: ClusterView,
  target: ScalableTargetState,
  service: ServiceState,
  firing: readonly FiringPolicy[],
): Observation {
  return {
    target,
    service,
    firing,
    runningCount: runningCountOf(service),
    desiredCount: service.desiredCount,
    isDeploying: service.deployments[0]?.rolloutState === 'IN_PROGRESS',
    nowMs: view.nowMs,
  };
}
