/** Scenarios of one service on ECS Managed Instances, and what its capacity provider did. Used by tests of them. */
import { BayplanError } from '../../../src/errors.ts';
import type { InstanceTypes } from '../../../src/model/instance-type.ts';
import type { SimulationResult } from '../../../src/simulate/result.ts';
import { simulate } from '../../../src/simulate/run.ts';
import { parseScenario } from '../../../src/simulate/scenario.ts';
import type { Members } from '../../model/definitions.ts';

/** Of the price of two small ones a large one is cheaper. */
export const MANAGED_TYPES: InstanceTypes = {
  'm1.small': { vcpus: 1, memoryMiB: 4096, awsvpcTasks: 2, microUsdPerHour: 50_000, cpuArchitecture: 'x86_64' },
  'm1.large': { vcpus: 4, memoryMiB: 16_384, awsvpcTasks: 3, microUsdPerHour: 90_000, cpuArchitecture: 'x86_64' },
  'm1g.small': { vcpus: 1, memoryMiB: 4096, awsvpcTasks: 2, microUsdPerHour: 40_000, cpuArchitecture: 'arm64' },
};

export interface ManagedParts {
  readonly template?: Members;
  readonly provider?: Members;
  readonly scaleInAfter?: number;
  readonly definition?: Members;
  readonly service?: Members;
  readonly duration?: string;
  readonly events?: readonly Members[];
  readonly more?: Members;
}

export const LAUNCH_TEMPLATE: Members = {
  ec2InstanceProfileArn: 'arn:aws:iam::123456789012:instance-profile/managed',
  networkConfiguration: { subnets: ['subnet-a', 'subnet-b'] },
};

export function managedScenario(parts: ManagedParts): Members {
  const { template = {}, provider = {}, scaleInAfter, definition = {}, service = {}, more = {} } = parts;
  return {
    seed: 7,
    start: '2026-01-05T08:00:00Z',
    duration: parts.duration ?? 'PT1H',
    clusters: [{ clusterName: 'default', capacityProviders: ['managed'] }],
    subnets: ['a', 'b'].map((zone) => ({
      subnetId: `subnet-${zone}`,
      availabilityZone: `us-east-1${zone}`,
      vpcId: 'vpc-1',
    })),
    capacityProviders: [
      {
        name: 'managed',
        managedInstancesProvider: {
          infrastructureRoleArn: 'arn:aws:iam::123456789012:role/infrastructure',
          instanceLaunchTemplate: { ...LAUNCH_TEMPLATE, ...template },
          ...(scaleInAfter === undefined ? {} : { infrastructureOptimization: { scaleInAfter } }),
        },
        ...provider,
      },
    ],
    taskDefinitions: [
      {
        family: 'web',
        networkMode: 'host',
        containerDefinitions: [{ name: 'app', image: 'app', cpu: 1024, memory: 1024 }],
        ...definition,
      },
    ],
    services: [
      {
        serviceName: 'web',
        taskDefinition: 'web:1',
        desiredCount: 1,
        capacityProviderStrategy: [{ capacityProvider: 'managed' }],
        ...service,
      },
    ],
    events: parts.events ?? [],
    ...more,
  };
}

/** Of EC2; the zone by its letter. */
export function reservation(id: string, InstanceType: string, zone: string, TotalInstanceCount: number): Members {
  return { CapacityReservationId: id, InstanceType, AvailabilityZone: `us-east-1${zone}`, TotalInstanceCount };
}

/** A capacity provider with RESERVED. @param request of its launch template. */
export function reservedParts(
  reservations: readonly Members[],
  request?: Members,
  template: Members = {},
): ManagedParts {
  return {
    template: {
      capacityOptionType: 'RESERVED',
      ...(request === undefined ? {} : { capacityReservations: request }),
      ...template,
    },
    more: { capacityReservations: reservations },
  };
}

/** With either engine: what they say must be the same. */
export async function playManaged(parts: ManagedParts): Promise<SimulationResult> {
  const parsed = parseScenario(managedScenario(parts));
  const options = { instanceTypes: MANAGED_TYPES };
  const first = await simulate(parsed, options);
  const second = await simulate(parsed, { ...options, engine: 'reference' });
  if (JSON.stringify(first) !== JSON.stringify(second)) throw new Error('the engines differ');
  return first;
}

/** `0 pending m1.small a 1 task waits for capacity`: seconds, states, types, zones, reasons. */
export function managedStates({ events }: SimulationResult): string[] {
  return events.flatMap(({ atMs, managedInstance }) => {
    if (managedInstance === undefined) return [];
    const { instanceState, instanceType, availabilityZone, reason } = managedInstance;
    return [[atMs / 1000, instanceState, instanceType, availabilityZone.at(-1), reason ?? ''].join(' ').trim()];
  });
}

/** What the scenario is refused for, before its run or at its start. */
export async function managedRefusal(parts: ManagedParts): Promise<BayplanError> {
  try {
    await simulate(parseScenario(managedScenario(parts)), { instanceTypes: MANAGED_TYPES });
  } catch (error) {
    if (error instanceof BayplanError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
