/**
 * Scalable targets, policies, alarms and scheduled actions of a scenario: calls at time 0, read before anything happens so
 * that a typo ends the run. Called by parseScenario.
 */

import { didYouMean } from '../base/nearest.ts';
import { checkSource } from '../cluster/apply/alarms.ts';
import { checkMath } from '../cluster/apply/scaling.ts';
import { checkSchedule } from '../cluster/apply/scheduled-actions.ts';
import type { CallName } from '../cluster/commands.ts';
import type { MetricSource } from '../model/metric.ts';
import { type MetricAlarm, parseMetricAlarm } from '../model/metric-alarm.ts';
import { type Fields, refuse } from '../model/read.ts';
import { parseScalableTarget } from '../model/scalable-target.ts';
import { parseScalingPolicy, type ScalingPolicy } from '../model/scaling-policy.ts';
import { parseScheduledAction } from '../model/scheduled-action.ts';
import { asValidation } from '../model/validation.ts';
import { namedBy } from '../scale/observe.ts';
import type { ScenarioCluster, ScenarioEvent } from './scenario.ts';
import { clusterNamed } from './scenario-clusters.ts';

/** The cluster in the dimensions of a metric, or in those of an expression's metrics. */
export function clusterOfSource(source: MetricSource): string | undefined {
  const stats =
    source.kind === 'metric' ? [source.stat] : source.queries.flatMap((one) => ('stat' in one ? [one.stat] : []));
  return stats.map(({ key }) => key.dimensions.ClusterName).find((name) => name !== undefined);
}

function checkedPolicy(input: Fields, path: string): ScalingPolicy {
  const policy = parseScalingPolicy(input, path);
  checkMath(policy, path);
  return policy;
}

function checkedAlarm(input: Fields, path: string): MetricAlarm {
  const alarm = parseMetricAlarm(input, path);
  checkSource(alarm.source, `${path}.Metrics`);
  return alarm;
}

/** Policies of services as alarms name them, those that come later too. */
function policiesIn(given: Fields): Set<string> {
  const later = ((given.events ?? []) as readonly Fields[]).flatMap(({ call, input }) =>
    call === 'PutScalingPolicy' ? [(input ?? {}) as Fields] : [],
  );
  const policies = [...((given.scalingPolicies ?? []) as readonly Fields[]), ...later];
  return new Set(policies.map(({ ResourceId, PolicyName }) => `${ResourceId} ${PolicyName}`));
}

/** An alarm whose policy never comes would do nothing in silence. */
function checkActions({ alarmActions }: MetricAlarm, path: string, policies: ReadonlySet<string>): void {
  alarmActions.forEach((value, k) => {
    const { resourceId, name } = namedBy(value);
    if (name === '' || policies.has(`${resourceId} ${name}`)) return;
    const at = `${path}.AlarmActions[${k}]`;
    const known = [...policies].flatMap((one) =>
      one.startsWith(`${resourceId} `) ? [one.slice(resourceId.length + 1)] : [],
    );
    refuse(
      'UNKNOWN_POLICY',
      `${at}: ${resourceId} has no scaling policy ${name}.${didYouMean(name, known)}`,
      { path: at, value, expected: known },
      'ValidationException',
    );
  });
}

type ClusterOf = (input: Fields, path: string) => unknown;

const MEMBERS: readonly (readonly [member: string, call: CallName, clusterOf: ClusterOf])[] = [
  ['scalableTargets', 'RegisterScalableTarget', (input, path) => parseScalableTarget(input, path).cluster],
  ['scalingPolicies', 'PutScalingPolicy', (input, path) => checkedPolicy(input, path).cluster],
  ['alarms', 'PutMetricAlarm', (input, path) => clusterOfSource(checkedAlarm(input, path).source)],
  [
    'scheduledActions',
    'PutScheduledAction',
    (input, path) => {
      const action = parseScheduledAction(input, path);
      checkSchedule(action, path);
      return action.cluster;
    },
  ],
];

/** @throws BayplanError as the calls themselves do, with the path in the scenario. */
export function parseScaling(given: Fields, clusters: readonly ScenarioCluster[]): ScenarioEvent[] {
  const policies = policiesIn(given);
  return MEMBERS.flatMap(([member, call, clusterOf]) =>
    ((given[member] ?? []) as readonly Fields[]).flatMap((input, k) => {
      const path = `${member}[${k}]`;
      // Of an Auto Scaling group: scenario-capacity reads it.
      if (input.AutoScalingGroupName !== undefined) return [];
      const name = asValidation(() => clusterOf(input, path));
      if (member === 'alarms') checkActions(parseMetricAlarm(input, path), path, policies);
      // A metric of a cluster that is not here is a metric like any other.
      const known = member !== 'alarms' || clusters.some((one) => one.name === name);
      const cluster = clusterNamed(known ? name : undefined, `${path}.ResourceId`, clusters);
      return [{ cluster, atMs: 0, command: { type: 'Call' as const, call, input, path } }];
    }),
  );
}
