/** Scenarios to plan in: one service on a few instances, and its update. */
import { plan } from '../../src/plan/plan.ts';
import type { PlanRequest } from '../../src/plan/update.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';

export interface Scene {
  readonly desiredCount?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** CPU units of each instance, in zones a, b, c, a, ... */
  readonly instances?: readonly number[];
  readonly oldCpu?: number;
  readonly newCpu?: number;
  readonly hostPort?: number;
  readonly behaviour?: Members;
  readonly service?: Members;
  readonly configuration?: Members;
  readonly members?: Members;
}

export function arnOf(number: number): string {
  return `arn:aws:ecs:eu-west-1:210987654321:container-instance/dock/i${number}`;
}

function instance(cpu: number, number: number): Members {
  return {
    containerInstanceArn: arnOf(number),
    ec2InstanceId: `i-${number}`,
    registeredResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: cpu },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 8192 },
    ],
    attributes: [{ name: 'ecs.availability-zone', value: `eu-west-1${'abc'[number % 3]}` }],
  };
}

export function definitionOf(cpu: number, hostPort?: number): Members {
  const portMappings = hostPort === undefined ? {} : { portMappings: [{ containerPort: 80, hostPort }] };
  return { family: 'web', containerDefinitions: [{ name: 'app', image: 'app', cpu, memory: 128, ...portMappings }] };
}

export function sceneJson(scene: Scene = {}): Members {
  const { desiredCount = 4, minimum = 100, maximum = 200, instances = [4096], oldCpu = 256, newCpu = 256 } = scene;
  return {
    seed: 7,
    duration: 'PT2H',
    containerInstances: instances.map(instance),
    taskDefinitions: [definitionOf(oldCpu, scene.hostPort), definitionOf(newCpu, scene.hostPort)],
    services: [
      {
        serviceName: 'web',
        taskDefinition: 'web:1',
        desiredCount,
        deploymentConfiguration: {
          minimumHealthyPercent: minimum,
          maximumPercent: maximum,
          ...scene.configuration,
        },
        ...scene.service,
      },
    ],
    ...(scene.behaviour === undefined ? {} : { behaviour: scene.behaviour }),
    events: [{ at: 600, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } }],
    ...scene.members,
  };
}

export function planOf(
  scene: Scene = {},
  request: Partial<PlanRequest> = {},
  options: Parameters<typeof plan>[2] = {},
) {
  return plan(parseScenario(sceneJson(scene)), { service: 'web', ...request }, options);
}
