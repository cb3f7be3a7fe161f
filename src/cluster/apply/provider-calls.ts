/**
 * CreateCapacityProvider and DeleteCapacityProvider in the course of a run. Called by capacity.
 */
import { lastSegment } from '../../base/arn.ts';
import { parseCapacityProvider } from '../../model/capacity-provider.ts';
import { isFargateProvider } from '../../model/capacity-strategy.ts';
import { onlyMembers } from '../../model/known-members.ts';
import { isManagedInstances, parseManagedInstances } from '../../model/managed-instances.ts';
import { nonEmptyText, refuse } from '../../model/read.ts';
import type { CapacityProviderState } from '../capacity-state.ts';
import type { ApiCall } from '../commands.ts';
import type { ClusterState } from '../state.ts';
import { createCapacityProvider, unmanage } from './capacity-providers.ts';
import { noteGroup } from './groups.ts';
import { isThere, notFound } from './known-providers.ts';
import { noteManaged } from './managed-members.ts';
import { createManagedProvider } from './managed-providers.ts';

/** Text recalled from public threads. */
function checkNew(state: ClusterState, name: string, path: string): void {
  if (!isThere(state, name)) return;
  refuse(
    'CAPACITY_PROVIDER_EXISTS',
    `${path}.name: The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.`,
    { path: `${path}.name`, value: name },
  );
}

/** Instances that its group has already stay without its name: they took it when they registered (ours). */
export function createProviderCall(state: ClusterState, { input, path = '' }: ApiCall): void {
  if (isManagedInstances(input)) {
    const around = { region: state.context.region, subnets: [...state.subnets.values()] };
    const settings = parseManagedInstances(input, path, around);
    checkNew(state, settings.name, path);
    createManagedProvider(state, settings, path);
    return;
  }
  const settings = parseCapacityProvider(input, path);
  checkNew(state, settings.name, path);
  createCapacityProvider(state, settings, path);
}

/** By a service, by the cluster's default strategy (ECS API, DeleteCapacityProvider) or, ours, by a daemon. */
function checkUnused(state: ClusterState, name: string, path: string): void {
  const names = (strategy: readonly { readonly capacityProvider: string }[]): boolean =>
    strategy.some(({ capacityProvider }) => capacityProvider === name);
  const service = [...state.services.values()].find(
    ({ status, settings }) => status !== 'INACTIVE' && names(settings.capacityProviderStrategy),
  );
  const isDefault = names(state.defaultStrategy);
  const daemon = [...state.capacity.managed.daemons.values()].find(({ target }) => target?.providers.has(name));
  if (service === undefined && daemon === undefined && !isDefault) return;
  const user = isDefault
    ? `the default strategy of cluster ${state.context.cluster}`
    : service === undefined
      ? `daemon ${daemon?.settings.name}`
      : `service ${service.name}`;
  refuse(
    'CAPACITY_PROVIDER_IN_USE',
    `${path}: The specified capacity provider is in use and cannot be removed: it is in ${user}.`,
    { path, value: name },
    'ResourceInUseException',
  );
}

function removeProvider(state: ClusterState, provider: CapacityProviderState): void {
  unmanage(state, provider);
  state.capacity.providers.delete(provider.settings.name);
  noteGroup(state, provider.group);
}

/**
 * Its group stays as it is, without managed scaling, draining and protection. Of Managed Instances it is DEPROVISIONING until
 * its instances are drained and gone. Nothing is told of either.
 */
export function deleteProviderCall(state: ClusterState, { input, path = '' }: ApiCall): void {
  onlyMembers(input, path, ['capacityProvider', 'cluster']);
  const at = `${path}.capacityProvider`;
  const name = lastSegment(nonEmptyText(input.capacityProvider, at));
  if (isFargateProvider(name))
    refuse('FARGATE_PROVIDER', `${at}: ${name} is reserved and cannot be deleted.`, { path: at, value: name });
  const provider = state.capacity.providers.get(name);
  const managed = state.capacity.managed.providers.get(name);
  if (provider === undefined && managed === undefined) notFound(state, name, at);
  checkUnused(state, name, at);
  if (provider !== undefined) removeProvider(state, provider);
  if (managed === undefined) return;
  managed.isDeleting = true;
  noteManaged(state, managed);
}
