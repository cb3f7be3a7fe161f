/** Queues of a scenario, what sends to them and who polls them. Called by parseScenario. */

import { didYouMean } from '../base/nearest.ts';
import type { Behaviour } from '../model/behaviour.ts';
import { parseQueue, type QueueSettings } from '../model/queue.ts';
import { type Fields, refuse } from '../model/read.ts';
import type { ScenarioCluster } from './scenario.ts';
import { clusterNamed } from './scenario-clusters.ts';

export interface ScenarioQueue {
  /** Whose tasks poll it. */
  readonly cluster: string;
  readonly settings: QueueSettings;
}

/** @throws QUEUE_NOT_FOUND for a name that is no queue's. */
export function checkQueueName(name: unknown, path: string, queues: readonly ScenarioQueue[]): string {
  const names = queues.map(({ settings }) => settings.name);
  if (names.includes(String(name))) return String(name);
  return refuse('QUEUE_NOT_FOUND', `${path}: the scenario has no queue ${name}.${didYouMean(String(name), names)}`, {
    path,
    value: name,
    expected: names,
  });
}

export function parseQueues(
  given: Fields,
  clusters: readonly ScenarioCluster[],
  behaviours: ReadonlyMap<string, Behaviour>,
): ScenarioQueue[] {
  const queues = ((given.queues ?? []) as readonly Fields[]).map((entry, k) => ({
    cluster: clusterNamed(entry.cluster, `queues[${k}].cluster`, clusters),
    settings: parseQueue(entry, `queues[${k}]`),
  }));
  queues.forEach(({ cluster, settings: { name, redrive } }, k) => {
    const path = `queues[${k}].QueueName`;
    if (queues.findIndex(({ settings }) => settings.name === name) < k)
      refuse('DUPLICATE', `${path} ${name} stands twice.`, { path, value: name });
    if (redrive === undefined) return;
    const at = `queues[${k}].Attributes.RedrivePolicy.deadLetterTargetArn`;
    const own = queues.filter((one) => one.cluster === cluster);
    checkQueueName(redrive.queueName, at, own);
  });
  for (const [key, { queue }] of behaviours)
    if (queue !== undefined) checkQueueName(queue, `behaviour[${JSON.stringify(key)}].queue`, queues);
  return queues;
}
