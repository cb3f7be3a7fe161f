/**
 * Arbitraries of Auto Scaling groups and their capacity providers: sizes, zones, types, hooks, protection, policies and
 * scheduled actions. Used by scenario, which gives them a cluster, and by group-events.
 */
import fc from 'fast-check';
import type { InstanceTypes } from '../../../src/model/instance-type.ts';
import { among, chance, oneIn, sometimes, ZONES } from '../arbitraries/names.ts';
import { managedCapacity } from './managed.ts';

type Json = Record<string, unknown>;

export const GROUPS = ['asg0', 'asg1', 'asg2'] as const;
/** Of the first two groups; the third scales by its own policies alone. */
export const PROVIDERS = ['cp0', 'cp1'] as const;
export const HOOKS = ['starting', 'ending'] as const;

/** What runs know of types: few interfaces, so that they run out. `x9.unheard-of` has no price but a scenario's. */
export const TYPES: InstanceTypes = {
  't2.small': { vcpus: 1, memoryMiB: 2048, awsvpcTasks: 2, microUsdPerHour: 23_000 },
  'm5.large': { vcpus: 2, memoryMiB: 8192, awsvpcTasks: 3, microUsdPerHour: 96_000 },
  // For Managed Instances: one that is cheaper, and of another architecture.
  'm5.xlarge': { vcpus: 4, memoryMiB: 16_384, awsvpcTasks: 3, microUsdPerHour: 192_000 },
  'm6g.large': { vcpus: 2, memoryMiB: 8192, awsvpcTasks: 2, cpuArchitecture: 'arm64', microUsdPerHour: 77_000 },
};
const TYPE_NAMES = ['t2.small', 'm5.large', 'x9.unheard-of'] as const;

function present(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
}

export const processes = fc.subarray([
  'Launch',
  'Terminate',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'ReplaceUnhealthy',
  'ScheduledActions',
]);

export const sizes = fc.tuple(among([0, 0, 0, 1, 2]), among([0, 1, 2, 4, 8]), fc.nat(8)).map(([MinSize, more, at]) => ({
  MinSize,
  MaxSize: MinSize + more,
  DesiredCapacity: MinSize + Math.min(more, at),
}));

const policies = among([
  ['Default'],
  ['OldestInstance'],
  ['NewestInstance'],
  ['ClosestToNextInstanceHour'],
  ['AllocationStrategy', 'OldestLaunchTemplate', 'Default'],
]);

const mixed = fc.record({
  InstancesDistribution: fc.record({
    OnDemandBaseCapacity: among([0, 1, 3]),
    OnDemandPercentageAboveBaseCapacity: among([0, 40, 100]),
    OnDemandAllocationStrategy: among(['prioritized', 'lowest-price']),
    SpotAllocationStrategy: among(['lowest-price', 'price-capacity-optimized']),
  }),
  LaunchTemplate: fc
    .subarray(['t2.small', 'm5.large'])
    .map((types) => ({ Overrides: types.map((InstanceType) => ({ InstanceType })) })),
});

/** Few launches are abandoned: such a group never gets anywhere. */
const hook = fc
  .record({
    LifecycleHookName: among(HOOKS),
    HeartbeatTimeout: among([30, 300]),
    DefaultResult: among(['CONTINUE', 'CONTINUE', 'ABANDON']),
    result: sometimes(6, among(['CONTINUE', 'CONTINUE', 'CONTINUE', 'ABANDON'])),
    afterSeconds: among([0, 7, 45, 400]),
  })
  .map(({ LifecycleHookName, ...rest }) =>
    present({
      LifecycleHookName,
      LifecycleTransition: `autoscaling:EC2_INSTANCE_${LifecycleHookName === 'starting' ? 'LAUNCHING' : 'TERMINATING'}`,
      ...rest,
    }),
  );

/** With resources of its own it registers them, whatever its type. */
function group(AutoScalingGroupName: string, isProtected: boolean): fc.Arbitrary<Json> {
  return fc
    .record({
      own: sizes,
      AvailabilityZones: fc.subarray([...ZONES], { minLength: 1 }),
      instanceType: among(TYPE_NAMES),
      cpu: among([512, 1024, 2048]),
      memoryMiB: among([1024, 2048, 4096]),
      isBare: oneIn(3),
      stack: sometimes(3, among(['blue', 'green'])),
      MixedInstancesPolicy: sometimes(3, mixed),
      TerminationPolicies: sometimes(4, policies),
      DefaultCooldown: sometimes(4, among([0, 60])),
      DefaultInstanceWarmup: sometimes(3, among([0, 30, 120])),
      hooks: fc.uniqueArray(hook, { maxLength: 2, selector: (one) => one.LifecycleHookName }),
      hasHooks: chance(2),
      suspended: sometimes(1, processes),
      launchDelaySeconds: among([undefined, 0, 20, 90]),
      joinDelaySeconds: among([undefined, 0, 10]),
      isThere: fc.boolean(),
    })
    .map(({ own, instanceType, cpu, memoryMiB, isBare, stack, hooks, hasHooks, suspended, isThere, ...rest }) => {
      const isKnown = isBare && instanceType !== 'x9.unheard-of';
      return present({
        AutoScalingGroupName,
        ...own,
        ...rest,
        instanceType,
        instance: {
          ...(isKnown ? {} : { cpu, memoryMiB }),
          ...(stack === undefined ? {} : { attributes: [{ name: 'stack', value: stack }] }),
        },
        ...(isProtected ? { NewInstancesProtectedFromScaleIn: true } : {}),
        ...(hasHooks ? { LifecycleHookSpecificationList: hooks } : {}),
        SuspendedProcesses: suspended,
        instancesAtStart: isThere ? own.DesiredCapacity : undefined,
      });
    });
}

export const managedScaling = fc
  .record({
    status: sometimes(1, among(['ENABLED', 'DISABLED'])),
    targetCapacity: sometimes(5, among([1, 30, 50, 90, 99, 100])),
    minimumScalingStepSize: sometimes(2, among([1, 2, 4])),
    maximumScalingStepSize: sometimes(2, among([4, 10])),
    instanceWarmupPeriod: sometimes(7, among([0, 30, 120])),
  })
  .map(present);

/** Protection without what it needs is refused: that is drawn rarely. */
function provider(name: string, autoScalingGroupArn: string, isProtected: boolean): fc.Arbitrary<Json> {
  return fc
    .record({
      managedScaling: sometimes(7, managedScaling),
      protects: chance(6),
      managedDraining: sometimes(4, among(['ENABLED', 'DISABLED'])),
    })
    .map(({ managedScaling: scaling, protects, managedDraining }) => {
      const isManaged = scaling !== undefined && scaling.status !== 'DISABLED';
      return {
        name,
        autoScalingGroupProvider: present({
          autoScalingGroupArn,
          managedScaling: scaling,
          managedDraining,
          managedTerminationProtection: isProtected && isManaged && protects ? 'ENABLED' : undefined,
        }),
      };
    });
}

const step = { AdjustmentType: 'ChangeInCapacity', PolicyType: 'StepScaling' };

/** Of one group; target tracking of its CPU, or what an alarm of a cluster's reservation starts. */
function groupPolicy(AutoScalingGroupName: string): fc.Arbitrary<Json> {
  const metric = among<Json>([
    { PredefinedMetricType: 'ASGAverageCPUUtilization' },
    { PredefinedMetricType: 'ASGAverageNetworkIn' },
    { PredefinedMetricType: 'ASGAverageNetworkOut' },
    { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel: 'app/lb/1/targetgroup/in0/1' },
  ]);
  const tracking = fc.tuple(among([10, 40, 70]), metric).map(
    ([TargetValue, PredefinedMetricSpecification]): Json => ({
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: { TargetValue, PredefinedMetricSpecification },
    }),
  );
  const simple = among([-1, 1, 2]).map(
    (ScalingAdjustment): Json => ({
      PolicyType: 'SimpleScaling',
      AdjustmentType: 'ChangeInCapacity',
      ScalingAdjustment,
    }),
  );
  const steps = among([1, 3]).map(
    (ScalingAdjustment): Json => ({
      ...step,
      StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment }],
    }),
  );
  return fc
    .tuple(fc.oneof({ arbitrary: tracking, weight: 4 }, simple, steps), sometimes(4, among([0, 60])))
    .map(([rest, EstimatedInstanceWarmup]) =>
      present({ AutoScalingGroupName, PolicyName: 'own', ...rest, EstimatedInstanceWarmup }),
    );
}

/** At least one size; some of them turn the bounds around, which the group has to cope with. */
export const scheduledSizes = fc
  .record({
    MinSize: sometimes(4, among([0, 1, 3])),
    MaxSize: sometimes(3, among([0, 2, 6])),
    DesiredCapacity: sometimes(4, among([0, 1, 4, 9])),
  })
  .map((all) => present(Object.keys(present(all)).length === 0 ? { DesiredCapacity: 2 } : all));

function groupSchedule(AutoScalingGroupName: string): fc.Arbitrary<Json> {
  return fc
    .tuple(scheduledSizes, among(['*/10 * * * *', '5,25 0 * * 1', '0 1 * * *']), oneIn(3))
    .map(([own, Recurrence, isOnce]) => ({
      AutoScalingGroupName,
      ScheduledActionName: 'nightly',
      ...own,
      ...(isOnce ? { StartTime: '2026-01-05T00:13:00Z' } : { Recurrence, TimeZone: 'Europe/Berlin' }),
    }));
}

export interface Capacity {
  readonly autoScalingGroups: readonly Json[];
  /** Of the groups, then of Managed Instances. */
  readonly capacityProviders: readonly Json[];
  /** Of EC2, for Managed Instances. */
  readonly capacityReservations: readonly Json[];
  readonly policies: readonly Json[];
  readonly schedules: readonly Json[];
}

const NONE: fc.Arbitrary<Json | undefined> = fc.constant(undefined);

/** So many groups, from none; with policies and schedules of their own here and there. */
export function capacityOf(count: number): fc.Arbitrary<Capacity> {
  const names = GROUPS.slice(0, count);
  const one = (name: string, k: number) =>
    fc.boolean().chain((isProtected) =>
      fc.record({
        group: group(name, isProtected),
        provider: k < PROVIDERS.length ? provider(PROVIDERS[k] as string, name, isProtected) : NONE,
        policy: sometimes(k < PROVIDERS.length ? 1 : 6, groupPolicy(name)),
        schedule: sometimes(2, groupSchedule(name)),
      }),
    );
  return fc.tuple(fc.tuple(...names.map(one)), sometimes(3, managedCapacity)).map(([drawn, managed]) => ({
    autoScalingGroups: drawn.map(({ group: own }) => own),
    capacityProviders: [
      ...drawn.flatMap<Json>(({ provider: own }) => own ?? []),
      ...(managed ? [managed.provider] : []),
    ],
    capacityReservations: managed?.reservations ?? [],
    policies: drawn.flatMap<Json>(({ policy }) => policy ?? []),
    schedules: drawn.flatMap<Json>(({ schedule }) => schedule ?? []),
  }));
}
