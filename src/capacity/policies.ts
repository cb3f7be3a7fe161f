/**
 * Scaling policies of Auto Scaling groups: what their alarms do, once a minute while they are in ALARM (Amazon EC2 Auto
 * Scaling guide). Of several the largest capacity wins. Called by control/minute.
 */
import { aliveOf, type GroupPolicyState, type GroupState } from '../cluster/capacity-state.ts';
import type { Command } from '../cluster/commands.ts';
import type { ClusterView } from '../cluster/state.ts';
import type { Firing } from '../metrics/watched.ts';
import { warming } from './warmup.ts';

interface Wish {
  readonly desired: number;
  readonly alarmName: string;
  readonly policy: GroupPolicyState;
}

const POLICY = /:scalingPolicy:[^:]*:autoScalingGroupName\/([^:]+):policyName\/(.+)$/;

export function followPolicies(view: ClusterView, firings: readonly Firing[]): Command[] {
  if (view.capacity.groups.size === 0) return [];
  const wishes = new Map<GroupState, Wish[]>();
  for (const firing of firings) {
    if (firing.alarm.stateValue !== 'ALARM') continue;
    for (const arn of firing.actions) {
      const [, name = '', policyName = ''] = POLICY.exec(arn) ?? [];
      const group = view.capacity.groups.get(name);
      const policy = group?.policies.get(policyName);
      if (group === undefined || policy === undefined || !policy.settings.isEnabled) continue;
      if (group.suspended.has('AlarmNotification')) continue;
      const desired = desiredBy(view, group, policy, firing);
      if (desired === undefined) continue;
      const list = wishes.get(group) ?? [];
      wishes.set(group, [...list, { desired, alarmName: firing.alarm.settings.alarmName, policy }]);
    }
  }
  return [...wishes].flatMap(([group, list]) => follow(view, group, list));
}

function follow(view: ClusterView, group: GroupState, wishes: readonly Wish[]): Command[] {
  const best = wishes.reduce((most, one) => (one.desired > most.desired ? one : most));
  if (best.desired === group.desiredCapacity) return [];
  const { configuration, policyName } = best.policy.settings;
  const who = `a monitor alarm ${best.alarmName} in state ALARM triggered policy ${policyName}`;
  const command = { type: 'SetGroupCapacity' as const, group, desired: best.desired, who };
  if (configuration.type !== 'SimpleScaling') return [command];
  // It starts once the last instance has been launched.
  const doneMs = view.nowMs + (best.desired > group.desiredCapacity ? group.given.launchDelayMs : 0);
  const seconds = configuration.cooldownSeconds ?? group.settings.defaultCooldownSeconds;
  return [{ ...command, cooldownEndsMs: doneMs + seconds * 1000 }];
}

function warmupMsOf({ settings }: GroupState, policy: GroupPolicyState): number {
  const seconds = policy.settings.warmupSeconds ?? settings.defaultWarmupSeconds ?? settings.defaultCooldownSeconds;
  return seconds * 1000;
}

/** Undefined: it does nothing now. */
function desiredBy(
  view: ClusterView,
  group: GroupState,
  policy: GroupPolicyState,
  { alarm, metricValue }: Firing,
): number | undefined {
  const { configuration } = policy.settings;
  const { minSize: minCapacity, maxSize: maxCapacity, desiredCapacity } = group;
  if (configuration.type === 'SimpleScaling') {
    if (view.nowMs < group.cooldownEndsMs) return undefined;
    const { adjustmentType, scalingAdjustment, minAdjustmentMagnitude } = configuration;
    return view.decisions.stepScaling({
      currentCapacity: desiredCapacity,
      metricValue: 0,
      threshold: 0,
      adjustmentType,
      stepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: scalingAdjustment }],
      minAdjustmentMagnitude,
      minCapacity,
      maxCapacity,
    });
  }
  if (metricValue === undefined) return undefined;
  const warm = warming(group, warmupMsOf(group, policy), view.nowMs).length;
  const bounds = { metricValue, minCapacity, maxCapacity };
  if (configuration.type === 'StepScaling') {
    const { adjustmentType, stepAdjustments, minAdjustmentMagnitude } = configuration;
    // What the running step launched counts as there already: the same step adds nothing twice.
    const settled = view.decisions.stepScaling({
      ...bounds,
      currentCapacity: Math.max(0, desiredCapacity - warm),
      threshold: alarm.settings.threshold,
      adjustmentType,
      stepAdjustments,
      minAdjustmentMagnitude,
    });
    return settled > desiredCapacity || warm === 0 ? settled : undefined;
  }
  const isHigh = alarm.settings.alarmName === policy.alarmHigh;
  const runningCount = Math.max(0, aliveOf(group).length - warm);
  const { targetValue, disableScaleIn } = configuration;
  const desired = view.decisions.targetTracking({ ...bounds, runningCount, targetValue });
  if (isHigh) return desired > desiredCapacity ? desired : undefined;
  return disableScaleIn || warm > 0 || desired >= desiredCapacity ? undefined : desired;
}
