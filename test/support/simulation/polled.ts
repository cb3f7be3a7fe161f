/** Scenarios of one Fargate service that polls a queue, and what a run tells of rules and queues. Used by tests of events. */
import type { RecordedEvent, SimulationResult } from '../../../src/simulate/result.ts';
import type { Members } from '../../model/definitions.ts';

export const CLUSTER_ARN = 'arn:aws:ecs:us-east-1:123456789012:cluster/default';
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:';

export function fargate(family: string): Members {
  const containerDefinitions = [{ name: 'app', image: 'app' }];
  return {
    family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions,
  };
}

export function eventScenario(members: Members = {}): Members {
  return {
    seed: 7,
    start: '2026-01-05T08:00:00Z',
    duration: 'PT10M',
    clusters: [{ clusterName: 'default' }],
    subnets: [{ subnetId: 'subnet-a', availabilityZone: 'us-east-1a', vpcId: 'vpc-1' }],
    taskDefinitions: [fargate('worker')],
    ...members,
  };
}

/** Tasks of one queue, RUNNING from second 5 on. */
export function polledScenario(desiredCount: number, behaviour: Members, members: Members = {}): Members {
  return eventScenario({
    services: [
      {
        serviceName: 'worker',
        taskDefinition: 'worker:1',
        desiredCount,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
      },
    ],
    behaviour: { worker: { queue: 'jobs', ...behaviour } },
    queues: [{ QueueName: 'jobs' }],
    ...members,
  });
}

export function redrive(name: string, maxReceiveCount: number): Members {
  return { RedrivePolicy: { deadLetterTargetArn: `${QUEUE_ARN}${name}`, maxReceiveCount } };
}

/** A target that runs one task. */
export function runTarget(taskDefinition: string, members: Members = {}, ecs: Members = {}): Members {
  return {
    Id: taskDefinition,
    Arn: CLUSTER_ARN,
    EcsParameters: {
      TaskDefinitionArn: taskDefinition,
      LaunchType: 'FARGATE',
      NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-a'] } },
      ...ecs,
    },
    ...members,
  };
}

/** Datapoints of a queue's metric as they changed: second and value. */
export function figures(result: SimulationResult, name: string, queue = 'jobs'): (readonly [number, number])[] {
  const series = result.series.find((one) => one.name === name && one.dimensions.QueueName === queue);
  return (series?.points ?? []).map(([atMs, value]) => [atMs / 1000, value ?? Number.NaN] as const);
}

/** Second and rule of each time that a rule ran. */
export function runs({ events }: SimulationResult): string[] {
  return events.flatMap(({ atMs, rule }) => (rule === undefined ? [] : [`${atMs / 1000} ${rule.ruleName}`]));
}

export function notifications({ events }: SimulationResult): NonNullable<RecordedEvent['notification']>[] {
  return events.flatMap(({ notification }) => notification ?? []);
}
