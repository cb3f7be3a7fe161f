/**
 * Capacity providers of Auto Scaling groups: made at the start of a run, changed by calls. Managed scaling owns a policy and
 * two alarms (seen in real accounts). Called by the run and by api.
 */
import { type CapacityProvider, updateCapacityProvider } from '../../model/capacity-provider.ts';
import { isFargateProvider, parseCapacityProviderStrategy } from '../../model/capacity-strategy.ts';
import type { MetricSource } from '../../model/metric.ts';
import { list, nonEmptyText, refuse, text } from '../../model/read.ts';
import type { CapacityProviderState } from '../capacity-state.ts';
import type { ApiCall } from '../commands.ts';
import type { ClusterState } from '../state.ts';
import { putAlarm, removeAlarm } from './alarms.ts';
import { noteGroup } from './groups.ts';
import { updateManagedProvider } from './managed-providers.ts';
import { uuid } from './scaling.ts';

/** Datapoints below the target before instances go (ECS developer guide, cluster auto scaling). */
const LOW_PERIODS = 15;

export function createCapacityProvider(
  state: ClusterState,
  settings: CapacityProvider,
  path: string,
): CapacityProviderState {
  const group = state.capacity.groups.get(settings.group);
  const at = `${path}.autoScalingGroupProvider.autoScalingGroupArn`;
  if (group === undefined)
    return refuse('GROUP_NOT_FOUND', `${at}: no Auto Scaling group ${settings.group}.`, {
      path: at,
      value: settings.group,
      expected: [...state.capacity.groups.keys()],
    });
  const taken = [...state.capacity.providers.values()].find((one) => one.group === group);
  if (taken !== undefined)
    refuse('GROUP_TAKEN', `${at}: ${group.name} has capacity provider ${taken.settings.name} already.`, {
      path: at,
      value: settings.group,
    });
  const { region, account } = state.context;
  const arn = `arn:aws:ecs:${region}:${account}:capacity-provider/${settings.name}`;
  const provider: CapacityProviderState = {
    settings,
    arn,
    group,
    policyArn: undefined,
    alarmHigh: undefined,
    alarmLow: undefined,
  };
  checkProtection(provider, settings, `${path}.autoScalingGroupProvider`);
  state.capacity.providers.set(settings.name, provider);
  state.capacity.hasProviders = true;
  manage(state, provider);
  return provider;
}

/** AWS's words (ECS API, CreateCapacityProvider). */
function checkProtection({ group }: CapacityProviderState, settings: CapacityProvider, path: string): void {
  if (!settings.managedTerminationProtection || group.settings.newInstancesProtected) return;
  const at = `${path}.managedTerminationProtection`;
  refuse(
    'TERMINATION_PROTECTION',
    `${at}: The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection for a capacity provider, the Auto Scaling group must have instance protection from scale in enabled.`,
    { path: at, value: 'ENABLED' },
  );
}

export function reservationKey(cluster: string, provider: string): MetricSource & { readonly kind: 'metric' } {
  const key = {
    namespace: 'AWS/ECS/ManagedScaling',
    metricName: 'CapacityProviderReservation',
    dimensions: { CapacityProviderName: provider, ClusterName: cluster },
  };
  return { kind: 'metric', stat: { key, statistic: 'Average' }, periodSeconds: 60 };
}

/** Without its policy and alarms. */
export function unmanage(state: ClusterState, provider: CapacityProviderState): void {
  for (const name of [provider.alarmHigh, provider.alarmLow]) if (name !== undefined) removeAlarm(state, name);
  provider.policyArn = undefined;
  provider.alarmHigh = undefined;
  provider.alarmLow = undefined;
}

/** The alarms that fit the settings: out on one datapoint above the target, in on fifteen below it. */
function manage(state: ClusterState, provider: CapacityProviderState): void {
  const { settings, group } = provider;
  unmanage(state, provider);
  noteGroup(state, group);
  if (!settings.managedScaling.isEnabled) return;
  const { region, account, cluster } = state.context;
  const policyName = `ECSManagedAutoScalingPolicy-${uuid(state)}`;
  provider.policyArn = `arn:aws:autoscaling:${region}:${account}:scalingPolicy:${uuid(state)}:autoScalingGroupName/${group.name}:policyName/${policyName}`;
  provider.alarmHigh = `TargetTracking-${group.name}-AlarmHigh-${uuid(state)}`;
  provider.alarmLow = `TargetTracking-${group.name}-AlarmLow-${uuid(state)}`;
  const common = {
    source: reservationKey(cluster, settings.name),
    threshold: settings.managedScaling.targetCapacity,
    treatMissingData: 'missing' as const,
    actionsEnabled: true,
    alarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${provider.policyArn}.`,
    alarmActions: [provider.policyArn],
    okActions: [],
    insufficientDataActions: [],
  };
  const put = (alarmName: string, comparisonOperator: 'GreaterThanThreshold' | 'LessThanThreshold', periods: number) =>
    putAlarm(
      state,
      { ...common, alarmName, comparisonOperator, evaluationPeriods: periods, datapointsToAlarm: periods },
      provider.policyArn,
    );
  put(provider.alarmHigh, 'GreaterThanThreshold', 1);
  put(provider.alarmLow, 'LessThanThreshold', LOW_PERIODS);
}

function providerNamed(state: ClusterState, name: unknown, path: string): CapacityProviderState {
  const provider = state.capacity.providers.get(nonEmptyText(name, path));
  if (provider !== undefined) return provider;
  return refuse(
    'CAPACITY_PROVIDER_NOT_FOUND',
    `${path}: The specified capacity provider was not found: ${String(name)}`,
    {
      path,
      value: name,
      expected: [...state.capacity.providers.keys()],
    },
  );
}

export function updateProvider(state: ClusterState, call: ApiCall): void {
  const { input, path = '' } = call;
  const managed = state.capacity.managed.providers.get(String(input.name));
  if (managed !== undefined) {
    updateManagedProvider(state, managed, call);
    return;
  }
  const provider = providerNamed(state, input.name, `${path}.name`);
  const settings = updateCapacityProvider(provider.settings, input, path);
  checkProtection(provider, settings, `${path}.autoScalingGroupProvider`);
  const before = provider.settings.managedScaling;
  provider.settings = settings;
  const { isEnabled, targetCapacity } = settings.managedScaling;
  // The alarms know only the target: other changes leave their datapoints alone.
  if (isEnabled !== before.isEnabled || targetCapacity !== before.targetCapacity) manage(state, provider);
  else noteGroup(state, provider.group);
}

/** The providers of a cluster and its default strategy. @throws for a provider that is not there. */
export function putClusterProviders(state: ClusterState, { input, path = '' }: ApiCall): void {
  const at = `${path}.capacityProviders`;
  list(input.capacityProviders, at).forEach((one, k) => {
    const name = text(one, `${at}[${k}]`);
    if (!isFargateProvider(name) && !state.capacity.managed.providers.has(name))
      providerNamed(state, name, `${at}[${k}]`);
  });
  state.defaultStrategy = parseCapacityProviderStrategy(
    input.defaultCapacityProviderStrategy,
    `${path}.defaultCapacityProviderStrategy`,
  );
}
