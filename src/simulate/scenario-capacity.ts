/**
 * Auto Scaling groups and capacity providers of a scenario, and which cluster each belongs to. Called by parseScenario;
 * built in every cluster before its services are.
 */

import { didYouMean } from '../base/nearest.ts';
import { offerFor } from '../capacity/decide/offers.ts';
import { createCapacityProvider } from '../cluster/apply/capacity-providers.ts';
import { startWith } from '../cluster/apply/group-instances.ts';
import { checkGroupSchedule } from '../cluster/apply/group-schedules.ts';
import { createGroup } from '../cluster/apply/groups.ts';
import { createManagedProvider } from '../cluster/apply/managed-providers.ts';
import type { LaunchWish } from '../cluster/capacity-commands.ts';
import type { GroupState } from '../cluster/capacity-state.ts';
import type { CallName } from '../cluster/commands.ts';
import type { ClusterState } from '../cluster/state.ts';
import { type AutoScalingGroup, parseAutoScalingGroup } from '../model/auto-scaling-group.ts';
import { type CapacityProvider, parseCapacityProvider } from '../model/capacity-provider.ts';
import { isFargateProvider } from '../model/capacity-strategy.ts';
import { parseGroupPolicy } from '../model/group-policy.ts';
import { parseGroupSchedule } from '../model/group-schedule.ts';
import type { InstanceTypes } from '../model/instance-type.ts';
import { isManagedInstances, type ManagedInstances, parseManagedInstances } from '../model/managed-instances.ts';
import { type Fields, refuse } from '../model/read.ts';
import type { Subnet } from '../model/subnet.ts';
import { asValidation } from '../model/validation.ts';
import type { ScenarioEvent } from './scenario.ts';
import { clusterNamed } from './scenario-clusters.ts';
import { buildReservations, parseReservations, type ScenarioReservation } from './scenario-reservations.ts';

export interface ScenarioGroup {
  readonly cluster: string;
  readonly settings: AutoScalingGroup;
}

export interface ScenarioProvider {
  readonly cluster: string;
  readonly settings: CapacityProvider;
  readonly path: string;
}

/** Of ECS Managed Instances. */
export interface ScenarioManaged {
  readonly cluster: string;
  readonly settings: ManagedInstances;
  readonly path: string;
}

export interface ScenarioCapacity {
  readonly groups: readonly ScenarioGroup[];
  readonly providers: readonly ScenarioProvider[];
  readonly managed: readonly ScenarioManaged[];
  readonly reservations: readonly ScenarioReservation[];
}

interface Surroundings {
  readonly region: string;
  readonly subnets: readonly Subnet[];
  readonly clusters: readonly { readonly name: string }[];
}

function listOf(given: Fields, member: string): readonly Fields[] {
  return (given[member] ?? []) as readonly Fields[];
}

function noneTwice(names: readonly string[], member: string): void {
  names.forEach((value, k) => {
    const path = `${member}[${k}]`;
    if (names.indexOf(value) < k) refuse('DUPLICATE', `${path} ${value} stands twice.`, { path, value });
  });
}

/** The cluster that lists a provider; without any list, the group's own or the first. */
function clusterOfProvider(given: Fields, name: string, clusters: Surroundings['clusters']): string | undefined {
  const at = listOf(given, 'clusters').findIndex(({ capacityProviders }) =>
    ((capacityProviders ?? []) as readonly unknown[]).includes(name),
  );
  return at < 0 ? undefined : clusters[at]?.name;
}

/** @throws BayplanError for what the calls refuse, and for groups and providers that name what is not there. */
export function parseCapacity(given: Fields, around: Surroundings): ScenarioCapacity {
  const settings = listOf(given, 'autoScalingGroups').map((one, k) =>
    asValidation(() => parseAutoScalingGroup(one, `autoScalingGroups[${k}]`, around)),
  );
  const names = settings.map(({ name }) => name);
  noneTwice(names, 'autoScalingGroups');
  noneTwice(
    listOf(given, 'capacityProviders').map(({ name }) => String(name)),
    'capacityProviders',
  );
  const { parsed, managed } = parseProviders(given, around);
  parsed.forEach(({ settings: { group }, path: at }) => {
    if (names.includes(group)) return;
    const path = `${at}.autoScalingGroupProvider.autoScalingGroupArn`;
    refuse('GROUP_NOT_FOUND', `${path}: no Auto Scaling group ${group}.${didYouMean(group, names)}`, {
      path,
      value: group,
      expected: names,
    });
  });
  const groups = settings.map((group, k) => {
    const provider = parsed.find((one) => one.settings.group === group.name)?.settings;
    const listed = provider && clusterOfProvider(given, provider.name, around.clusters);
    const cluster = clusterNamed(group.cluster ?? listed, `autoScalingGroups[${k}].cluster`, around.clusters);
    return { cluster, settings: group };
  });
  const providers = parsed.map((provider) => ({
    cluster: groups.find((one) => one.settings.name === provider.settings.group)?.cluster ?? '',
    ...provider,
  }));
  const known = [...providers, ...managed].map(({ settings: { name } }) => name);
  checkStrategies(given, known);
  return { groups, providers, managed, reservations: parseReservations(given, managed, around) };
}

/** In the order of the file, each with its path; those of Managed Instances with their cluster. */
function parseProviders(given: Fields, around: Surroundings) {
  const parsed: Omit<ScenarioProvider, 'cluster'>[] = [];
  const managed: ScenarioManaged[] = [];
  listOf(given, 'capacityProviders').forEach((one, k) => {
    const path = `capacityProviders[${k}]`;
    if (!isManagedInstances(one)) {
      parsed.push({ settings: parseCapacityProvider(one, path), path });
      return;
    }
    const settings = parseManagedInstances(one, path, around);
    const named = settings.cluster ?? clusterOfProvider(given, settings.name, around.clusters);
    managed.push({ cluster: clusterNamed(named, `${path}.cluster`, around.clusters), settings, path });
  });
  return { parsed, managed };
}

/** With capacity providers in the scenario, strategies name those and Fargate's. */
function checkStrategies(given: Fields, known: readonly string[]): void {
  if (known.length === 0) return;
  const check = (strategy: unknown, path: string): void => {
    ((strategy ?? []) as readonly { capacityProvider: string }[]).forEach(({ capacityProvider: value }, k) => {
      if (isFargateProvider(value) || known.includes(value)) return;
      const at = `${path}[${k}].capacityProvider`;
      refuse(
        'CAPACITY_PROVIDER_NOT_FOUND',
        `${at}: The specified capacity provider ${value} was not found.${didYouMean(value, known)}`,
        { path: at, value, expected: known },
      );
    });
  };
  listOf(given, 'services').forEach((one, k) => {
    check(one.capacityProviderStrategy, `services[${k}].capacityProviderStrategy`);
  });
  listOf(given, 'clusters').forEach((one, k) => {
    check(one.defaultCapacityProviderStrategy, `clusters[${k}].defaultCapacityProviderStrategy`);
  });
}

/** Scaling policies and scheduled actions of groups: calls at time 0. @throws BayplanError as the calls themselves do. */
export function parseGroupScaling(given: Fields, { groups }: ScenarioCapacity): ScenarioEvent[] {
  const read = (member: string, call: CallName, check: (input: Fields, path: string) => void): ScenarioEvent[] =>
    listOf(given, member).flatMap((input, k) => {
      if (input.AutoScalingGroupName === undefined) return [];
      const path = `${member}[${k}]`;
      asValidation(() => check(input, path));
      const at = `${path}.AutoScalingGroupName`;
      const cluster = clusterOfGroup(groups, input.AutoScalingGroupName, at);
      return [{ cluster, atMs: 0, command: { type: 'Call' as const, call, input, path } }];
    });
  return [
    ...read('scalingPolicies', 'PutScalingPolicy', parseGroupPolicy),
    ...read('scheduledActions', 'PutScheduledUpdateGroupAction', (input, path) =>
      checkGroupSchedule(parseGroupSchedule(input, path), path),
    ),
  ];
}

/** The cluster of a group that a call names. @throws ValidationException for a group that is not there. */
export function clusterOfGroup(groups: readonly ScenarioGroup[], name: unknown, path: string): string {
  const found = groups.find(({ settings }) => settings.name === name);
  if (found !== undefined) return found.cluster;
  const names = groups.map(({ settings }) => settings.name);
  return refuse(
    'GROUP_NOT_FOUND',
    `${path}: AutoScalingGroup name not found - null: ${String(name)}.${didYouMean(String(name), names)}`,
    { path, value: name, expected: names },
    'ValidationException',
  );
}

/** Makes the groups and providers of a cluster; the first round launches what is desired. */
export function buildCapacity(
  state: ClusterState,
  { groups, providers, managed, reservations }: ScenarioCapacity,
  instanceTypes: InstanceTypes | undefined,
): void {
  const { cluster } = state.context;
  state.capacity.instanceTypes = instanceTypes ?? {};
  const made = groups.filter((one) => one.cluster === cluster).map(({ settings }) => createGroup(state, settings));
  for (const { settings, path } of providers.filter((one) => one.cluster === cluster))
    createCapacityProvider(state, settings, path);
  buildReservations(state, reservations);
  for (const { settings, path } of managed.filter((one) => one.cluster === cluster))
    createManagedProvider(state, settings, path);
  for (const group of made) {
    startWith(state, group, presentIn(state, group));
    state.timers.set(0, { type: 'WakeGroup', group });
  }
}

/** Those that are there at the start: zone by zone, On-Demand first. */
function presentIn(state: ClusterState, group: GroupState): LaunchWish[] {
  const { given, settings } = group;
  const { mixed } = settings;
  const onDemand =
    mixed === undefined
      ? given.instancesAtStart
      : state.decisions.mixedInstances({
          onDemandBaseCapacity: mixed.onDemandBaseCapacity,
          onDemandPercentageAboveBaseCapacity: mixed.onDemandPercentageAboveBaseCapacity,
          total: given.instancesAtStart,
        }).onDemand;
  const wishes: LaunchWish[] = [];
  while (wishes.length < given.instancesAtStart) {
    const pick = { zone: given.zones[wishes.length % given.zones.length] as string, isSpot: wishes.length >= onDemand };
    wishes.push({ ...pick, offer: offerFor(group, pick, wishes) });
  }
  return wishes;
}
