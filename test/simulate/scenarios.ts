/** A small good scenario: two instances in two zones, one service, one update; to be spoiled member by member. */
import type { Members } from '../model/definitions.ts';

const ARN = 'arn:aws:ecs:eu-west-1:210987654321:container-instance';

export function instance(id: string, zone = 'eu-west-1a', cluster = 'dock'): Members {
  return {
    containerInstanceArn: `${ARN}/${cluster}/${id}`,
    ec2InstanceId: `i-${id}`,
    registeredResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 4096 },
    ],
    attributes: [{ name: 'ecs.availability-zone', value: zone }],
  };
}

export function definition(family = 'web', container: Members = {}, task: Members = {}): Members {
  return {
    family,
    containerDefinitions: [{ name: 'app', image: 'app', cpu: 256, memory: 512, ...container }],
    ...task,
  };
}

export function service(members: Members = {}): Members {
  return { serviceName: 'web', taskDefinition: 'web:1', desiredCount: 2, ...members };
}

export function scenarioWith(members: Members = {}): Members {
  return {
    seed: 7,
    start: '2026-01-05T00:00:00Z',
    duration: 'PT30M',
    containerInstances: [instance('a'), instance('b', 'eu-west-1b')],
    taskDefinitions: [definition(), definition()],
    services: [service()],
    events: [{ at: 600, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } }],
    ...members,
  };
}
