/**
 * Rules of a scenario: PutRule and PutTargets at time 0, read before anything happens so that a typo ends the run. Called by
 * parseScenario. A rule sees the events of all clusters, so it is put in each.
 */
import { lastSegment } from '../base/arn.ts';
import { readRule, readTargets } from '../cluster/apply/rules.ts';
import type { CallName } from '../cluster/commands.ts';
import { nameOfQueue } from '../model/queue.ts';
import type { Fields } from '../model/read.ts';
import { asValidation } from '../model/validation.ts';
import type { ScenarioCluster, ScenarioEvent } from './scenario.ts';
import { clusterNamed } from './scenario-clusters.ts';
import { checkQueueName, type ScenarioQueue } from './scenario-queues.ts';

function checkTargets(
  given: unknown,
  path: string,
  clusters: readonly ScenarioCluster[],
  queues: readonly ScenarioQueue[],
): void {
  readTargets(given, path).forEach(({ arn, kind, delivery: { deadLetterArn } }, k) => {
    const at = `${path}[${k}].Arn`;
    if (deadLetterArn !== undefined)
      checkQueueName(nameOfQueue(deadLetterArn), `${path}[${k}].DeadLetterConfig.Arn`, queues);
    if (kind === 'RunTask') clusterNamed(lastSegment(arn), at, clusters);
    if (kind === 'Queue') checkQueueName(nameOfQueue(arn), at, queues);
  });
}

/** @throws BayplanError as the calls themselves do, with the path in the scenario; for targets that are not there. */
export function parseRules(
  given: Fields,
  clusters: readonly ScenarioCluster[],
  queues: readonly ScenarioQueue[],
): ScenarioEvent[] {
  return ((given.rules ?? []) as readonly Fields[]).flatMap((entry, k) => {
    const path = `rules[${k}]`;
    const { Targets = [], ...rule } = entry;
    asValidation(() => {
      readRule(rule, path);
      checkTargets(Targets, `${path}.Targets`, clusters, queues);
    });
    const call = (name: CallName, input: Fields): ScenarioEvent[] =>
      clusters.map((cluster) => ({
        cluster: cluster.name,
        atMs: 0,
        command: { type: 'Call', call: name, input, path },
      }));
    return [...call('PutRule', rule), ...call('PutTargets', { Rule: entry.Name, Targets })];
  });
}
