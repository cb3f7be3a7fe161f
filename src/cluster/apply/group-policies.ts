/** Scaling policies of Auto Scaling groups: put and deleted. Called by api. Target tracking owns two alarms. */
import { type GroupTracking, parseGroupPolicy } from '../../model/group-policy.ts';
import type { MetricAlarm } from '../../model/metric-alarm.ts';
import { refuse } from '../../model/read.ts';
import type { GroupPolicyState } from '../capacity-state.ts';
import type { ApiCall } from '../commands.ts';
import type { ClusterState } from '../state.ts';
import { checkSource, putAlarm, removeAlarm } from './alarms.ts';
import { groupOf } from './groups.ts';
import { uuid } from './scaling.ts';
import { lowThreshold } from './tracking-alarms.ts';

/** Above the target for three minutes, below nine tenths of it for fifteen: as for services. */
const PERIODS = { high: 3, low: 15 };

export function putGroupPolicy(state: ClusterState, { input, path = '' }: ApiCall): void {
  const settings = parseGroupPolicy(input, path);
  const { configuration } = settings;
  if (configuration.type === 'TargetTrackingScaling') checkSource(configuration.source, path);
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const known = group.policies.get(settings.policyName);
  if (known !== undefined) dropAlarms(state, known);
  const { region, account } = state.context;
  const isTracking = configuration.type === 'TargetTrackingScaling';
  const name = (side: string): string => `TargetTracking-${group.name}-Alarm${side}-${uuid(state)}`;
  const policy: GroupPolicyState = {
    settings,
    arn:
      known?.arn ??
      `arn:aws:autoscaling:${region}:${account}:scalingPolicy:${uuid(state)}:autoScalingGroupName/${group.name}:policyName/${settings.policyName}`,
    alarmHigh: isTracking ? name('High') : undefined,
    alarmLow: isTracking ? name('Low') : undefined,
  };
  group.policies.set(settings.policyName, policy);
  if (isTracking) putAlarms(state, policy, configuration);
}

function putAlarms(state: ClusterState, policy: GroupPolicyState, { source, targetValue }: GroupTracking): void {
  const put = (
    alarmName: string | undefined,
    rest: Pick<MetricAlarm, 'comparisonOperator' | 'threshold'>,
    periods: number,
  ): void => {
    if (alarmName === undefined) return;
    const settings: MetricAlarm = {
      ...rest,
      alarmName,
      source,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: 'missing',
      actionsEnabled: true,
      alarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.arn}.`,
      alarmActions: [policy.arn],
      okActions: [],
      insufficientDataActions: [],
    };
    putAlarm(state, settings, policy.arn);
  };
  put(policy.alarmHigh, { comparisonOperator: 'GreaterThanThreshold', threshold: targetValue }, PERIODS.high);
  put(policy.alarmLow, { comparisonOperator: 'LessThanThreshold', threshold: lowThreshold(targetValue) }, PERIODS.low);
}

export function dropAlarms(state: ClusterState, { alarmHigh, alarmLow }: GroupPolicyState): void {
  if (alarmHigh !== undefined) removeAlarm(state, alarmHigh);
  if (alarmLow !== undefined) removeAlarm(state, alarmLow);
}

export function deleteGroupPolicy(state: ClusterState, { input, path = '' }: ApiCall): void {
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const policy = group.policies.get(String(input.PolicyName));
  if (policy === undefined)
    refuse(
      'POLICY_NOT_FOUND',
      `${path}.PolicyName: PolicyName not found: ${String(input.PolicyName)}`,
      { path: `${path}.PolicyName`, value: input.PolicyName },
      'ValidationException',
    );
  dropAlarms(state, policy);
  group.policies.delete(policy.settings.policyName);
}
