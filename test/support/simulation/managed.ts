/** Arbitraries of ECS Managed Instances: a capacity provider, and what happens to its instances. Used by scenario. */
import fc from 'fast-check';
import { among, sometimes } from '../arbitraries/names.ts';
import { SUBNETS } from './harbour.ts';
import { reservationRequest, reservationsFor } from './reservations.ts';

type Json = Record<string, unknown>;

export const MANAGED = 'mi0';

const any = { vCpuCount: { min: 1 }, memoryMiB: { min: 0 } };
const requirements = among<Json | undefined>([
  undefined,
  { ...any, burstablePerformance: 'included' },
  { ...any, burstablePerformance: 'required', allowedInstanceTypes: ['t2.*'] },
  { vCpuCount: { min: 2, max: 2 }, memoryMiB: { min: 4096 }, cpuManufacturers: ['intel'] },
]);

function present(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
}

const optimization = among<Json | undefined>([
  undefined,
  { scaleInAfter: 0 },
  { scaleInAfter: 45 },
  { scaleInAfter: 600 },
  { scaleInAfter: -1 },
]);

interface Drawn {
  readonly subnets: string[];
  readonly template: Json;
  readonly delays: Json;
  readonly more: Json;
}

const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    subnets: fc.subarray([...SUBNETS]),
    instanceRequirements: requirements,
    capacityOptionType: among([undefined, 'ON_DEMAND', 'SPOT', 'RESERVED', 'RESERVED']),
    infrastructureOptimization: optimization,
    autoRepairConfiguration: among<Json | undefined>([undefined, undefined, { actionsStatus: 'DISABLED' }]),
    launchDelaySeconds: among([undefined, 0, 20]),
    joinDelaySeconds: among([undefined, 0, 10]),
  })
  .map(
    ({
      subnets,
      instanceRequirements,
      capacityOptionType,
      infrastructureOptimization,
      autoRepairConfiguration,
      ...delays
    }) => ({
      subnets,
      delays,
      template: { instanceRequirements, capacityOptionType },
      more: { infrastructureOptimization, autoRepairConfiguration },
    }),
  );

function providerOf({ subnets, template, delays, more }: Drawn, capacityReservations: Json | undefined): Json {
  return present({
    name: MANAGED,
    ...delays,
    managedInstancesProvider: present({
      infrastructureRoleArn: 'arn:aws:iam::123456789012:role/infrastructure',
      instanceLaunchTemplate: present({
        ec2InstanceProfileArn: 'arn:aws:iam::123456789012:instance-profile/managed',
        networkConfiguration: { subnets },
        ...template,
        capacityReservations,
      }),
      ...more,
    }),
  });
}

export interface Managed {
  /** In the first cluster. */
  readonly provider: Json;
  readonly reservations: readonly Json[];
}

export const managedCapacity: fc.Arbitrary<Managed> = fc
  .tuple(drawn, sometimes(6, reservationRequest))
  .chain(([one, request]): fc.Arbitrary<Managed> => {
    if (one.template.capacityOptionType !== 'RESERVED')
      return fc.constant({ provider: providerOf(one, undefined), reservations: [] });
    return reservationsFor(one.subnets, request ?? {}).map((reservations) => ({
      provider: providerOf(one, request),
      reservations,
    }));
  });

const member = fc.nat(3).map((k) => `${MANAGED}[${k}]`);

function fault(name: string, more: Json = {}): fc.Arbitrary<Json> {
  return member.map((containerInstance) => ({ fault: name, containerInstance, ...more }));
}

/** With their weights beside the other events of a scenario. */
export const MANAGED_EVENTS: readonly (readonly [weight: number, event: fc.Arbitrary<Json>])[] = [
  [2, fault('terminateInstance')],
  [1, fault('stopInstance')],
  [2, fault('spotInterruption', { noticeSeconds: 30, draining: true })],
  [1, fault('spotInterruption')],
  [1, fault('loseAgent')],
  [1, fault('restoreAgent')],
  [1, fault('impairInstance')],
  [
    2,
    fc.tuple(member, among(['DRAINING', 'DRAINING', 'ACTIVE'])).map(
      ([one, status]): Json => ({
        call: 'UpdateContainerInstancesState',
        input: { containerInstances: [one], status },
      }),
    ),
  ],
  [
    1,
    member.map(
      (containerInstance): Json => ({
        call: 'DeregisterContainerInstance',
        input: { containerInstance, force: true },
      }),
    ),
  ],
  [
    2,
    fc.tuple(optimization, sometimes(3, requirements), sometimes(3, reservationRequest)).map(
      ([infrastructureOptimization, instanceRequirements, capacityReservations]): Json => ({
        call: 'UpdateCapacityProvider',
        input: {
          name: MANAGED,
          managedInstancesProvider: present({
            infrastructureOptimization,
            instanceLaunchTemplate: present({ instanceRequirements, capacityReservations }),
          }),
        },
      }),
    ),
  ],
  [
    2,
    fc.tuple(among(['a', 'b', 'c']), among([1, 3, 8])).map(
      ([taskDefinition, count]): Json => ({
        call: 'RunTask',
        input: {
          taskDefinition,
          count,
          capacityProviderStrategy: [{ capacityProvider: MANAGED }],
          networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a', 'subnet-b'] } },
        },
      }),
    ),
  ],
];
