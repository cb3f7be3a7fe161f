/** Arbitrary of whole scenarios, as their JSON. parseScenario may still refuse one: its parts are drawn on their own. */
import fc from 'fast-check';
import { among, sometimes } from '../arbitraries/names.ts';
import { DAEMON_EVENTS, daemons } from './daemons.ts';
import { DEAD, pricing, QUEUE, queues, rules } from './errands.ts';
import { event } from './events.ts';
import { GROUP_EVENTS } from './group-events.ts';
import { type Capacity, capacityOf } from './groups.ts';
import { behaviour, CLUSTERS, family, instance, instanceIds, named, subnets, targetGroups } from './harbour.ts';
import { MANAGED, MANAGED_EVENTS } from './managed.ts';
import { cpuAlarm, scaling, scalingOf } from './scaling.ts';
import { FAMILIES, SERVICES, service } from './services.ts';

type Json = Record<string, unknown>;

const families = fc.tuple(...FAMILIES.map(family));

/** Services, each of one of the families. */
function servicesOf(drawn: readonly { kind: Parameters<typeof service>[2]; inputs: Json[] }[], clusters: number) {
  const one = (name: string) =>
    fc.nat(drawn.length - 1).chain((k) => {
      const { kind, inputs } = drawn[k] as (typeof drawn)[number];
      return fc
        .tuple(service(name, FAMILIES[k] as string, kind, inputs.length), fc.nat(clusters - 1))
        .map(([json, cluster]): Json => ({ ...json, ...(cluster === 0 ? {} : { cluster: CLUSTERS[cluster] }) }));
    });
  return fc.nat(SERVICES.length - 1).chain((most) => fc.tuple(...SERVICES.slice(0, most + 1).map(one)));
}

const behaviours = fc
  .tuple(
    ...FAMILIES.flatMap((name) => [name, `${name}:2`]).map((key) =>
      fc.tuple(fc.constant(key), sometimes(3, behaviour)),
    ),
  )
  .map((entries) => Object.fromEntries(entries.filter(([, members]) => members !== undefined)));

/** Events are drawn without knowing how many clusters there are. */
function within({ cluster, ...one }: Json, clusters: number): Json {
  const json = JSON.stringify(one).replace(
    /(container-instance\/)c(\d)/,
    (_, before, k) => `${before}c${Number(k) % clusters}`,
  );
  const isThere = CLUSTERS.indexOf(cluster as (typeof CLUSTERS)[number]) < clusters;
  return { ...JSON.parse(json), ...(cluster === undefined || !isThere ? {} : { cluster }) };
}

/** Strategies keep to the capacity providers that there are. */
function known(json: Json, capacity: Capacity): Json {
  const { capacityProviderStrategy: strategy, ...rest } = json;
  const names = capacity.capacityProviders.map(({ name }) => name);
  if (strategy === undefined || names.length === 0) return json;
  const kept = (strategy as Json[]).filter(
    ({ capacityProvider: name }) => String(name).startsWith('FARGATE') || names.includes(name),
  );
  return kept.length === 0 ? rest : { ...rest, capacityProviderStrategy: kept };
}

/** What has no launch type waits for the capacity of groups, where that is the default. */
function clustersOf(names: readonly string[], { capacityProviders }: Capacity, isDefault: boolean): Json[] {
  const own = capacityProviders.map(({ name }) => name).filter((name) => name !== MANAGED);
  const shared = own.map((capacityProvider, k) => ({ capacityProvider, weight: k + 1, base: k === 0 ? 1 : 0 }));
  return names.map((clusterName, k) => ({
    clusterName,
    ...(k > 0 || own.length === 0 ? {} : { capacityProviders: [...own, 'FARGATE', 'FARGATE_SPOT'] }),
    ...(k > 0 || own.length === 0 || !isDefault ? {} : { defaultCapacityProviderStrategy: shared }),
  }));
}

/** Alarms that start the simple and the step policies of groups. */
function groupAlarms({ policies }: Capacity, cluster: string): Json[] {
  return policies
    .filter(({ PolicyType }) => PolicyType !== 'TargetTrackingScaling')
    .map(({ AutoScalingGroupName: name, PolicyName, ScalingAdjustment }) =>
      cpuAlarm(
        `${name}-${PolicyName}`,
        `arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:00000000-0000-4000-8000-000000000000:autoScalingGroupName/${name}:policyName/${PolicyName}`,
        cluster,
        SERVICES[0],
        {
          Threshold: 35,
          ComparisonOperator: ScalingAdjustment === -1 ? 'LessThanThreshold' : 'GreaterThanThreshold',
        },
      ),
    );
}

const anyEvent = (groups: number): fc.Arbitrary<Json> =>
  groups === 0
    ? event
    : fc.oneof(
        { arbitrary: event, weight: 3 },
        {
          arbitrary: fc
            .tuple(
              fc.nat(2000),
              fc.oneof(
                ...[...GROUP_EVENTS, ...MANAGED_EVENTS, ...DAEMON_EVENTS].map(([weight, arbitrary]) => ({
                  weight,
                  arbitrary,
                })),
              ),
            )
            .map(([at, json]): Json => ({ at, ...json })),
          weight: 3,
        },
      );

export const scenario: fc.Arbitrary<Json> = fc
  .tuple(families, among([1, 1, 1, 2, 3]), among([0, 1, 2, 2, 3]))
  .chain(([drawn, clusters, groups]) =>
    fc.record({
      drawn: fc.constant(drawn),
      clusters: fc.constant(clusters),
      seed: fc.nat(1000),
      minutes: among([10, 30, 45, 90]),
      instances: fc.array(fc.tuple(instance, fc.nat(clusters - 1)), {
        maxLength: groups === 0 ? instanceIds.length : 3,
      }),
      capacity: capacityOf(groups),
      isDefault: fc.boolean(),
      targetGroups,
      services: servicesOf(drawn, clusters),
      behaviours,
      errands: sometimes(3, queues),
      pollers: fc.subarray([...FAMILIES], { minLength: 1 }),
      rules: sometimes(2, rules(FAMILIES, CLUSTERS[0])),
      pricing: sometimes(3, pricing),
      split: sometimes(2, fc.constant('largestRemainder')),
      watchers: sometimes(7, daemons),
      scalings: fc.array(scaling, { minLength: 2, maxLength: SERVICES.length }),
      events: fc.array(anyEvent(groups), { maxLength: 14 }),
    }),
  )
  .map(({ drawn, clusters, instances, behaviours: lives, capacity, errands, watchers: given, ...own }) => {
    const watchers = capacity.capacityProviders.some(({ name }) => name === MANAGED) ? given : undefined;
    const names = CLUSTERS.slice(0, clusters);
    const services = own.services.map((one) => known(one, capacity));
    const scaled = scalingOf(own.scalings, services, names);
    const polled = errands === undefined ? {} : Object.fromEntries(own.pollers.map((name) => [name, errands.poller]));
    const behaviour = Object.fromEntries(
      [...new Set([...Object.keys(lives), ...Object.keys(polled)])].map((key) => [
        key,
        { ...(lives[key] as Json | undefined), ...polled[key.split(':')[0] as string] },
      ]),
    );
    const isFed = (one: Json): boolean =>
      errands !== undefined || ![QUEUE, DEAD].some((name) => JSON.stringify(one).includes(`:${name}"`));
    const fed = (own.rules ?? []).filter(isFed);
    return {
      seed: own.seed,
      duration: `PT${own.minutes}M`,
      clusters: clustersOf(names, capacity, own.isDefault),
      subnets,
      containerInstances: instances.map(([{ json }, cluster], k) =>
        named(json, CLUSTERS[cluster] as string, instanceIds[k] as string),
      ),
      targetGroups: own.targetGroups,
      taskDefinitions: drawn.flatMap(({ inputs }) => inputs),
      services,
      daemonTaskDefinitions: watchers?.daemonTaskDefinitions ?? [],
      daemons: watchers?.daemons ?? [],
      behaviour: { ...behaviour, ...watchers?.behaviour },
      ...scaled,
      autoScalingGroups: capacity.autoScalingGroups,
      capacityProviders: capacity.capacityProviders,
      capacityReservations: capacity.capacityReservations,
      scalingPolicies: [...scaled.scalingPolicies, ...capacity.policies],
      scheduledActions: [...scaled.scheduledActions, ...capacity.schedules],
      alarms: [...scaled.alarms, ...groupAlarms(capacity, names[0] as string)],
      queues: errands?.queues ?? [],
      load: [...scaled.load, ...(errands?.load ?? [])],
      rules: fed,
      ...(own.split === undefined ? {} : { capacityProviderSplit: own.split }),
      ...(own.pricing === undefined ? {} : { pricing: own.pricing }),
      events: own.events.map((one) => within(one, clusters)),
    };
  });
