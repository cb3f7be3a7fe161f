/** Arbitraries of CreateService and UpdateService inputs, fit for the kind of their family more often than not. */
import fc from 'fast-check';
import { among, chance, sometimes } from '../arbitraries/names.ts';
import { ALARMS, groupArn, type Kind, SUBNETS } from './harbour.ts';
import { MANAGED } from './managed.ts';

type Json = Record<string, unknown>;

export const SERVICES = ['s0', 's1', 's2', 's3'] as const;
export const FAMILIES = ['a', 'b', 'c'] as const;

const minutes = among([0, 1, 3]);

const STAGES = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
] as const;
const NO_PAUSE: ReadonlySet<string> = new Set(['TEST_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT']);

const hook = fc
  .record({
    stage: among(STAGES),
    isPause: chance(3),
    hookStatus: among(['SUCCEEDED', 'SUCCEEDED', 'FAILED']),
    afterSeconds: among([0, 10, 200]),
    timeoutInMinutes: among([1, 5]),
    action: among(['ROLLBACK', 'CONTINUE']),
  })
  .map(({ stage, isPause, hookStatus, afterSeconds, timeoutInMinutes, action }) => ({
    lifecycleStages: [stage],
    timeoutConfiguration: { timeoutInMinutes, action },
    ...(isPause && !NO_PAUSE.has(stage)
      ? { targetType: 'PAUSE' }
      : { targetType: 'AWS_LAMBDA', hookTargetArn: 'arn:hook', hookDetails: { hookStatus, afterSeconds } }),
  }));

const breaker = fc.record({
  enable: fc.constant(true),
  rollback: fc.boolean(),
  resetOnHealthyTask: fc.boolean(),
  thresholdConfiguration: fc.record({ type: fc.constant('COUNT'), value: among([1, 3, 10]) }),
});

const alarms = fc.record({
  alarmNames: fc.subarray([...ALARMS], { minLength: 1 }),
  enable: fc.constant(true),
  rollback: fc.boolean(),
});

type Strategy = 'ROLLING' | 'BLUE_GREEN' | 'LINEAR' | 'CANARY';

function steps(strategy: Strategy, percent: number, bake: number): Json {
  if (strategy === 'LINEAR') return { linearConfiguration: { stepPercent: percent, stepBakeTimeInMinutes: bake } };
  return strategy === 'CANARY'
    ? { canaryConfiguration: { canaryPercent: percent, canaryBakeTimeInMinutes: bake } }
    : {};
}

/** deploymentConfiguration; of a daemon with what it must have. */
export function configuration(isDaemon: boolean): fc.Arbitrary<Json> {
  const strategy = isDaemon
    ? fc.constant<Strategy>('ROLLING')
    : among<Strategy>(['ROLLING', 'ROLLING', 'ROLLING', 'BLUE_GREEN', 'LINEAR', 'CANARY']);
  return fc
    .record({
      strategy,
      minimum: sometimes(5, among([0, 33, 50, 75, 100])),
      maximum: sometimes(5, among([100, 125, 150, 200, 300])),
      breaker: sometimes(3, breaker),
      alarms: sometimes(2, alarms),
      bake: minutes,
      percent: among([10, 30.5, 50]),
      stepBake: minutes,
      hooks: fc.array(hook, { maxLength: 2 }),
    })
    .map(({ strategy: kind, minimum, maximum, breaker: circuit, alarms: watched, bake, percent, stepBake, hooks }) => ({
      strategy: kind,
      ...(minimum === undefined ? {} : { minimumHealthyPercent: minimum }),
      ...(maximum === undefined ? {} : { maximumPercent: isDaemon ? 100 : maximum }),
      ...(circuit === undefined ? {} : { deploymentCircuitBreaker: circuit }),
      ...(watched === undefined ? {} : { alarms: watched }),
      ...(kind === 'ROLLING'
        ? {}
        : { bakeTimeInMinutes: bake, lifecycleHooks: hooks, ...steps(kind, percent, stepBake) }),
    }));
}

export const capacityOnFargate = among<Json[]>([
  [{ capacityProvider: 'FARGATE', weight: 1 }],
  [
    { capacityProvider: 'FARGATE', base: 1, weight: 1 },
    { capacityProvider: 'FARGATE_SPOT', weight: 3 },
  ],
  [{ capacityProvider: 'FARGATE_SPOT' }],
  [
    { capacityProvider: 'FARGATE', base: 2 },
    { capacityProvider: 'FARGATE_SPOT', weight: 1 },
  ],
]);

export const capacityOnInstances = among<Json[]>([
  [{ capacityProvider: 'cp0', weight: 1 }],
  [
    { capacityProvider: 'cp0', base: 1, weight: 1 },
    { capacityProvider: 'cp1', weight: 2 },
  ],
  [{ capacityProvider: 'cp1' }],
]);

/** What runs a service's tasks. */
function launch(kind: Kind, isDaemon: boolean): fc.Arbitrary<Json> {
  if (isDaemon) return fc.constant({});
  const ownChoice = fc.constantFrom<Json>({}, { launchType: 'EC2' });
  const onInstances = fc.oneof(
    { arbitrary: ownChoice, weight: 3 },
    { arbitrary: capacityOnInstances.map((strategy) => ({ capacityProviderStrategy: strategy })), weight: 1 },
  );
  const managed = fc.constant<Json>({ capacityProviderStrategy: [{ capacityProvider: MANAGED, weight: 1 }] });
  if (kind === 'host') return fc.oneof(onInstances, managed);
  if (kind !== 'awsvpc') return onInstances;
  return fc.oneof(
    managed,
    fc.constant<Json>({ launchType: 'FARGATE' }),
    capacityOnFargate.map((strategy) => ({ capacityProviderStrategy: strategy })),
    onInstances,
  );
}

function network(kind: Kind): fc.Arbitrary<Json> {
  if (kind !== 'awsvpc') return fc.constant({});
  return fc
    .subarray([...SUBNETS], { minLength: 1 })
    .map((subnets) => ({ networkConfiguration: { awsvpcConfiguration: { subnets } } }));
}

/** Behind one target group, or two; never without its container port. */
function balancers(kind: Kind): fc.Arbitrary<Json[]> {
  if (kind === 'bare') return fc.constant([]);
  const groups = (kind === 'awsvpc' ? ['ip0', 'ip1'] : ['in0', 'in1']).map(groupArn);
  const entries = groups.map((targetGroupArn) => ({ targetGroupArn, containerName: 'app', containerPort: 80 }));
  return among([[], [], entries.slice(0, 1), entries]);
}

/** What shifts traffic needs the other group too. */
function loadBalancers(entries: readonly Json[], { strategy }: Json): Json {
  if (entries.length === 0) return {};
  if (strategy === undefined || strategy === 'ROLLING') return { loadBalancers: entries };
  const alternate = String(entries[0]?.targetGroupArn).replace('0/1', '1/1');
  return { loadBalancers: [{ ...entries[0], advancedConfiguration: { alternateTargetGroupArn: alternate } }] };
}

export const placementStrategy = among<Json[]>([
  [{ type: 'spread', field: 'attribute:ecs.availability-zone' }],
  [
    { type: 'spread', field: 'attribute:ecs.availability-zone' },
    { type: 'binpack', field: 'memory' },
  ],
  [{ type: 'binpack', field: 'cpu' }],
  [{ type: 'random' }],
  [{ type: 'spread', field: 'instanceId' }],
]);

export const placementConstraints = among<Json[]>([
  [{ type: 'distinctInstance' }],
  [{ type: 'memberOf', expression: 'attribute:stack == blue' }],
  [{ type: 'memberOf', expression: 'attribute:ecs.availability-zone in [us-east-1a, us-east-1b]' }],
]);

/** Managed Instances have no attributes of their own. */
function isStrange(constraints: readonly Json[], isManaged: boolean): boolean {
  return isManaged && JSON.stringify(constraints).includes('attribute:stack');
}

/** CreateService's input of one service whose family is of that kind. */
export function service(serviceName: string, family: string, kind: Kind, revisions: number): fc.Arbitrary<Json> {
  return fc
    .oneof({ arbitrary: fc.constant(false), weight: 5 }, { arbitrary: fc.constant(true), weight: 1 })
    .chain((isDaemon) =>
      fc
        .record({
          revision: fc.integer({ min: 1, max: revisions }),
          desiredCount: among([0, 1, 2, 3, 4, 6, 10]),
          launched: launch(kind, isDaemon),
          networked: network(kind),
          balanced: balancers(kind),
          deploymentConfiguration: sometimes(6, configuration(isDaemon)),
          strategy: sometimes(2, placementStrategy),
          constraints: sometimes(2, placementConstraints),
          grace: sometimes(2, among([30, 120])),
          rebalancing: sometimes(3, fc.constant('DISABLED')),
        })
        .map(({ launched, networked, balanced, ...own }) => {
          const isManaged = JSON.stringify(launched).includes(MANAGED);
          const onFargate = launched.launchType === 'FARGATE' || JSON.stringify(launched).includes('"FARGATE');
          return {
            serviceName,
            taskDefinition: `${family}:${own.revision}`,
            ...(isDaemon ? { schedulingStrategy: 'DAEMON' } : { desiredCount: own.desiredCount }),
            ...launched,
            ...networked,
            ...loadBalancers(balanced, own.deploymentConfiguration ?? {}),
            ...(own.deploymentConfiguration === undefined
              ? {}
              : { deploymentConfiguration: own.deploymentConfiguration }),
            ...(own.strategy === undefined || isDaemon || onFargate || isManaged
              ? {}
              : { placementStrategy: own.strategy }),
            ...(own.constraints === undefined || onFargate || isStrange(own.constraints, isManaged)
              ? {}
              : { placementConstraints: own.constraints }),
            ...(own.grace === undefined ? {} : { healthCheckGracePeriodSeconds: own.grace }),
            ...(own.rebalancing === undefined || isDaemon ? {} : { availabilityZoneRebalancing: own.rebalancing }),
          };
        }),
    );
}
