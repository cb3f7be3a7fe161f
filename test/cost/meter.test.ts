/** What whole runs cost, by hand. */
import { describe, expect, it } from 'vitest';
import { instanceTypes } from '../../src/instance-types/index.ts';
import type { SimulationResult, Summary } from '../../src/simulate/result.ts';
import { simulate } from '../../src/simulate/run.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { definition, instance, scenarioWith, service } from '../simulate/scenarios.ts';

const typed = (id: string, type = 'm5.large', more: readonly Members[] = []): Members => {
  const made = instance(id);
  const attributes = made.attributes as readonly Members[];
  return { ...made, attributes: [...attributes, { name: 'ecs.instance-type', value: type }, ...more] };
};
const FARGATE = {
  taskDefinitions: [
    definition('web', {}, { cpu: '256', memory: '512', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'] }),
  ],
  subnets: [{ subnetId: 'subnet-1', availabilityZone: 'eu-west-1a', vpcId: 'vpc-1' }],
  containerInstances: [],
};
const fargate = (members: Members) =>
  service({ networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } }, desiredCount: 1, ...members });

async function run(members: Members): Promise<SimulationResult> {
  return simulate(parseScenario(scenarioWith({ duration: 'PT1H', events: [], ...members })), { instanceTypes });
}
const costOf = async (members: Members): Promise<Summary['cost']> => (await run(members)).summary.cost;

function expectSums({ microCents, bySource, services, otherTasksMicroCents, unusedMicroCents }: Summary['cost']): void {
  const parts = [...services.map((one) => one.microCents), otherTasksMicroCents, unusedMicroCents];
  for (const part of parts) expect(part).toBeGreaterThanOrEqual(0);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(microCents);
  expect(Object.values(bySource).reduce((sum, one) => sum + one.microCents, 0)).toBe(microCents);
}

describe('the cost of a run', () => {
  it('is the hours of its instances, split by what services reserve', async () => {
    const cost = await costOf({ containerInstances: [typed('a')], services: [service({ desiredCount: 2 })] });
    expect(cost.bySource).toEqual({ EC2: { microCents: 9_600_000, instanceSeconds: 3600 } });
    // 2 x (9 x 256 + 512) of 9 x 2048 + 4096, from the first second on.
    expect(cost.services).toEqual([{ cluster: 'dock', service: 'web', microCents: 2_400_000 }]);
    expect(cost.unusedMicroCents).toBe(7_200_000);
    expectSums(cost);
  });

  it('ends with an instance and starts with one', async () => {
    const cost = await costOf({
      containerInstances: [typed('a'), typed('b')],
      events: [
        { at: 900, fault: 'terminateInstance', containerInstance: 'b' },
        { at: 1800, call: 'RegisterContainerInstance', input: typed('c', 'c5.large') },
      ],
    });
    // An hour and a quarter of m5.large, half an hour of c5.large.
    expect(cost.microCents).toBe(9_600_000 + 2_400_000 + 4_250_000);
    expectSums(cost);
  });

  it('stops while EC2 has stopped an instance, also one whose agent was silent', async () => {
    const stopped = (before: readonly Members[]) =>
      costOf({
        containerInstances: [typed('a')],
        services: [],
        events: [
          ...before,
          { at: 900, fault: 'stopInstance', containerInstance: 'a' },
          { at: 2700, fault: 'startInstance', containerInstance: 'a' },
        ],
      });
    expect((await stopped([])).microCents).toBe(4_800_000);
    expect((await stopped([{ at: 600, fault: 'loseAgent', containerInstance: 'a' }])).microCents).toBe(4_800_000);
  });

  it('tells Spot apart, and types without a price', async () => {
    const spot = typed('b', 'm5.large', [{ name: 'ecs.lifecycle', value: 'spot' }]);
    const cost = await costOf({ containerInstances: [typed('a', 'x9.huge'), spot], services: [] });
    expect(cost.unpricedInstanceTypes).toEqual(['x9.huge']);
    expect(cost.bySource).toEqual({
      EC2: { microCents: 0, instanceSeconds: 3600 },
      EC2_SPOT: { microCents: 3_360_000, instanceSeconds: 3600 },
    });
    expectSums(cost);
  });

  it('of Fargate goes from the pull to the stop', async () => {
    const { summary, events } = await run({ ...FARGATE, services: [fargate({ launchType: 'FARGATE' })] });
    const pulled = events.flatMap(({ event }) => (event?.detail as { pullStartedAt?: string })?.pullStartedAt ?? [])[0];
    const seconds = 3600 - (Date.parse(pulled as string) - Date.parse('2026-01-05T00:00:00Z')) / 1000;
    expect(seconds).toBeGreaterThan(3500);
    expect(summary.cost.bySource).toEqual({
      FARGATE: {
        microCents: Math.floor((1_234_250 * Math.ceil(seconds)) / 3600),
        vcpuSeconds: Math.ceil(seconds) / 4,
        memoryGiBSeconds: Math.ceil(seconds) / 2,
      },
    });
    expect(summary.cost.services[0]?.microCents).toBe(summary.cost.microCents);
  });

  it('of Fargate Spot is its own source', async () => {
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
    const cost = await costOf({ ...FARGATE, services: [fargate({ capacityProviderStrategy })] });
    expect(Object.keys(cost.bySource)).toEqual(['FARGATE_SPOT']);
    expectSums(cost);
  });

  it('is a series of what an hour costs at each moment', async () => {
    const { series } = await run({
      containerInstances: [typed('a'), typed('b')],
      events: [{ at: 900, fault: 'terminateInstance', containerInstance: 'b' }],
    });
    expect(series.filter(({ name }) => name === 'costPerHour')).toEqual(
      [{ ClusterName: 'dock' }, { ClusterName: 'dock', Source: 'EC2' }].map((dimensions) => ({
        name: 'costPerHour',
        unit: 'MicroCents/Hour',
        dimensions,
        points: [
          [0, 19_200_000],
          [900_000, 9_600_000],
        ],
      })),
    );
  });

  it('of a group goes from when an instance runs, registered or not, to when it is gone', async () => {
    const group = {
      AutoScalingGroupName: 'asg',
      MinSize: 0,
      MaxSize: 5,
      DesiredCapacity: 1,
      VPCZoneIdentifier: 'subnet-1',
    };
    const scenario = {
      clusters: [{ clusterName: 'dock' }],
      subnets: FARGATE.subnets,
      containerInstances: [],
      services: [],
      autoScalingGroups: [{ ...group, instanceType: 'm5.large', launchDelaySeconds: 60, joinDelaySeconds: 7200 }],
      events: [
        { at: 600, call: 'SetDesiredCapacity', input: { AutoScalingGroupName: 'asg', DesiredCapacity: 2 } },
        { at: 1860, call: 'SetDesiredCapacity', input: { AutoScalingGroupName: 'asg', DesiredCapacity: 0 } },
      ],
    };
    const { summary, series } = await run(scenario);
    // 60 to 1,860 s of the first, 660 to 1,860 s of the second; neither joined the cluster.
    expect(summary.cost.bySource).toEqual({ EC2: { microCents: 8_000_000, instanceSeconds: 3000 } });
    expect(series.find(({ name }) => name === 'costPerHour')?.points).toEqual([
      [60_000, 9_600_000],
      [660_000, 19_200_000],
      [1_860_000, 0],
    ]);
    expectSums(summary.cost);
  });

  it('of a group ends with what EC2 has lost, also where the group may not replace it', async () => {
    const group = {
      AutoScalingGroupName: 'asg',
      MinSize: 1,
      MaxSize: 1,
      VPCZoneIdentifier: 'subnet-1',
      instanceType: 'm5.large',
      instancesAtStart: 1,
      SuspendedProcesses: ['Terminate'],
    };
    const { summary } = await run({
      clusters: [{ clusterName: 'dock' }],
      subnets: FARGATE.subnets,
      containerInstances: [],
      services: [],
      autoScalingGroups: [group],
      events: [{ at: 600, fault: 'terminateInstance', containerInstance: 'asg[0]' }],
    });
    expect(summary.cost.bySource.EC2?.instanceSeconds).toBe(600);
    expectSums(summary.cost);
  });

  it('of an instance that comes and goes within a millisecond is nothing, whether a task saw it or not', async () => {
    const group = {
      AutoScalingGroupName: 'asg',
      MinSize: 0,
      MaxSize: 1,
      DesiredCapacity: 1,
      VPCZoneIdentifier: 'subnet-1',
      instanceType: 'm5.large',
      joinDelaySeconds: 0,
      NewInstancesProtectedFromScaleIn: true,
    };
    const provider = { autoScalingGroupArn: 'asg', managedScaling: {}, managedTerminationProtection: 'ENABLED' };
    const { summary } = await run({
      clusters: [{ clusterName: 'dock', capacityProviders: ['cp'] }],
      subnets: FARGATE.subnets,
      containerInstances: [],
      services: [{ serviceName: 'daemon', taskDefinition: 'web:1', schedulingStrategy: 'DAEMON' }],
      autoScalingGroups: [group],
      capacityProviders: [{ name: 'cp', autoScalingGroupProvider: { ...provider, managedDraining: 'DISABLED' } }],
      events: [{ at: 30, call: 'SetDesiredCapacity', input: { AutoScalingGroupName: 'asg', DesiredCapacity: 0 } }],
    });
    expect(summary.tasksStarted).toBe(1);
    expect(summary.cost.bySource).toEqual({});
  });

  it('of tasks that waited for an instance of a group is theirs', async () => {
    const { summary } = await run({
      clusters: [{ clusterName: 'dock', defaultCapacityProviderStrategy: [{ capacityProvider: 'cp', weight: 1 }] }],
      subnets: FARGATE.subnets,
      containerInstances: [],
      services: [service({ desiredCount: 2 })],
      autoScalingGroups: [
        {
          AutoScalingGroupName: 'asg',
          MinSize: 0,
          MaxSize: 5,
          instanceType: 'm5.large',
          VPCZoneIdentifier: 'subnet-1',
        },
      ],
      capacityProviders: [
        { name: 'cp', autoScalingGroupProvider: { autoScalingGroupArn: 'asg', managedScaling: { status: 'ENABLED' } } },
      ],
    });
    expect(summary.cost.services[0]?.microCents).toBeGreaterThan(0);
    expect(summary.cost.unusedMicroCents).toBeGreaterThan(0);
    expectSums(summary.cost);
  });
});
