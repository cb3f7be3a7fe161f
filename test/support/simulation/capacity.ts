/** Scenarios of one service on the capacity provider of one Auto Scaling group. Used by tests of groups and providers. */
import type { SimulationResult } from '../../../src/simulate/result.ts';
import type { Members } from '../../model/definitions.ts';

export interface Parts {
  readonly group?: Members;
  readonly provider?: Members;
  readonly service?: Members;
  readonly container?: Members;
  readonly duration?: string;
  readonly events?: readonly Members[];
  readonly more?: Members;
}

export function capacityScenario({
  group = {},
  provider = {},
  service = {},
  container = {},
  duration = 'PT1H',
  events = [],
  more = {},
}: Parts): Members {
  return {
    seed: 7,
    start: '2026-01-05T08:00:00Z',
    duration,
    clusters: [{ clusterName: 'default', capacityProviders: ['cp'] }],
    autoScalingGroups: [
      {
        AutoScalingGroupName: 'asg',
        MinSize: 0,
        MaxSize: 10,
        AvailabilityZones: ['us-east-1a', 'us-east-1b'],
        instance: { cpu: 2048, memoryMiB: 3900 },
        ...group,
      },
    ],
    capacityProviders: [
      { name: 'cp', autoScalingGroupProvider: { autoScalingGroupArn: 'asg', managedScaling: {}, ...provider } },
    ],
    taskDefinitions: [
      { family: 'web', containerDefinitions: [{ name: 'app', image: 'app', cpu: 1024, memory: 1024, ...container }] },
    ],
    services: [
      {
        serviceName: 'web',
        taskDefinition: 'web:1',
        desiredCount: 1,
        capacityProviderStrategy: [{ capacityProvider: 'cp', weight: 1 }],
        ...service,
      },
    ],
    events,
    ...more,
  };
}

/** `60 Launching`, `1020 Terminating`: what groups did, with the second. */
export function groupActions({ events }: SimulationResult): string[] {
  return events.flatMap(({ atMs, groupActivity }) =>
    groupActivity === undefined ? [] : [`${atMs / 1000} ${groupActivity.description.split(' ')[0]}`],
  );
}

type ToldInstance = NonNullable<SimulationResult['events'][number]['groupInstance']>;

/** The EC2 instances of groups at a second, in order of launch, as they were told of last. */
export function instancesAt({ events }: SimulationResult, second: number): Omit<ToldInstance, 'lifecycleState'>[] {
  const found = new Map<string, ToldInstance>();
  for (const { atMs, groupInstance } of events) {
    if (groupInstance === undefined || atMs > second * 1000) continue;
    if (groupInstance.lifecycleState === 'Terminated') found.delete(groupInstance.instanceId);
    else found.set(groupInstance.instanceId, groupInstance);
  }
  return [...found.values()].map(({ lifecycleState, ...rest }) => rest);
}

/** Calls that were refused: AWS's name, and what was told. */
export function refusals({
  events,
}: SimulationResult): (readonly [name: string | undefined, message: string | undefined])[] {
  return events.flatMap(({ type, error }) => (type === 'Refusal' ? [[error?.name, error?.message] as const] : []));
}

/** `600 Standby`: states of instances of groups after time 0. */
export function groupStates({ events }: SimulationResult): string[] {
  return events.flatMap(({ atMs, groupInstance }) =>
    groupInstance === undefined || atMs === 0 ? [] : [`${atMs / 1000} ${groupInstance.lifecycleState}`],
  );
}
