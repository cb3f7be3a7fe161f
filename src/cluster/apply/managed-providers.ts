/**
 * Capacity providers of ECS Managed Instances: made at the start of a run or by a call, changed by calls. Called by the run
 * and by capacity-providers.
 */

import { checkReserved } from '../../model/capacity-option.ts';
import type { InstanceOffer } from '../../model/group-instance-type.ts';
import { offerOf } from '../../model/group-instance-type.ts';
import { meets } from '../../model/instance-requirements.ts';
import type { InstanceTypes } from '../../model/instance-type.ts';
import { type ManagedInstances, updateManagedInstances } from '../../model/managed-instances.ts';
import { refuse } from '../../model/read.ts';
import type { ApiCall } from '../commands.ts';
import type { ManagedProviderState } from '../managed-state.ts';
import type { ClusterState } from '../state.ts';
import { noteManaged } from './managed-members.ts';

/** Ours: tasks of capacity providers of groups and launch types keep off (src/wasm/encode/requests). */
const MARK = 'ecs.capability.managed-instances';

function byPrice(a: InstanceOffer, b: InstanceOffer): number {
  const price = (a.price ?? Number.POSITIVE_INFINITY) - (b.price ?? Number.POSITIVE_INFINITY);
  if (price !== 0 && !Number.isNaN(price)) return price;
  return a.cpu - b.cpu || a.memoryMiB - b.memoryMiB || ((a.instanceType ?? '') < (b.instanceType ?? '') ? -1 : 1);
}

/** The types that it may launch. @throws InvalidParameterException where nothing that is known meets the requirements. */
function fittingOf(types: InstanceTypes, { name, requirements }: ManagedInstances, path: string): InstanceOffer[] {
  const given = { instanceType: undefined, cpu: undefined, memoryMiB: undefined, gpus: undefined, path };
  const offers = Object.entries(types)
    .filter(([type, facts]) => meets(requirements, type, facts))
    .map(([type]) => offerOf({ ...given, attributes: [{ name: MARK }] }, types, type))
    .sort(byPrice);
  if (offers.length > 0) return offers;
  const at = `${path}.managedInstancesProvider.instanceLaunchTemplate.instanceRequirements`;
  return refuse('NO_INSTANCE_TYPE', `${at}: no instance type that is known meets the requirements of ${name}.`, {
    path: at,
    value: Object.keys(types).length,
  });
}

/** @throws InvalidParameterException also where none of them could ever be launched, for want of a Capacity Reservation. */
function offersOf({ capacity }: ClusterState, settings: ManagedInstances, path: string): InstanceOffer[] {
  const offers = fittingOf(capacity.instanceTypes, settings, path);
  const reservations = capacity.managed.reservations.map((one) => one.settings);
  const types = offers.flatMap(({ instanceType }) => instanceType ?? []);
  checkReserved(settings, reservations, types, path);
  return offers;
}

export function createManagedProvider(
  state: ClusterState,
  settings: ManagedInstances,
  path: string,
): ManagedProviderState {
  const { region, account } = state.context;
  const { managed } = state.capacity;
  const provider: ManagedProviderState = {
    settings,
    arn: `arn:aws:ecs:${region}:${account}:capacity-provider/${settings.name}`,
    offers: offersOf(state, settings, path),
    number: managed.created,
    instances: new Set(),
    launched: 0,
    failedJoins: 0,
    launchesHeldUntilMs: 0,
    isDeleting: false,
  };
  state.capacity.hasProviders = true;
  managed.created += 1;
  managed.providers.set(settings.name, provider);
  noteManaged(state, provider);
  return provider;
}

/** Instances that are there stay; how long they may idle counts for them too. */
export function updateManagedProvider(
  state: ClusterState,
  provider: ManagedProviderState,
  { input, path = '' }: ApiCall,
): void {
  const around = { region: state.context.region, subnets: [...state.subnets.values()] };
  const settings = updateManagedInstances(provider.settings, input, path, around);
  provider.offers = offersOf(state, settings, path);
  provider.settings = settings;
  noteManaged(state, provider);
  for (const { idleSinceMs } of provider.instances) {
    const atMs = (idleSinceMs ?? Number.POSITIVE_INFINITY) + settings.scaleInAfterMs;
    if (atMs > state.nowMs && Number.isFinite(atMs)) state.timers.set(atMs, { type: 'WakeManaged', provider });
  }
}
