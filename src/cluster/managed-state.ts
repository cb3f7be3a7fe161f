/**
 * Capacity providers of ECS Managed Instances and their instances, as the cluster keeps them. Only apply writes them; capacity
 * decides. Invariant: an instance is in its provider's set until EC2 has it gone.
 */

import type { InstanceOffer } from '../model/group-instance-type.ts';
import type { ManagedInstances } from '../model/managed-instances.ts';
import type { Subnet } from '../model/subnet.ts';
import { ChangeSet, type Changes } from './change-set.ts';
import type { InstanceState, TaskState } from './state.ts';

export interface ManagedInstance {
  readonly provider: ManagedProviderState;
  /** `i-` and 17 hexadecimal digits. */
  readonly instanceId: string;
  /** Running number within the provider; smaller is older. */
  readonly number: number;
  readonly availabilityZone: string;
  /** None where the scenario has none in its zone. */
  readonly subnet: Subnet | undefined;
  readonly offer: InstanceOffer;
  readonly isSpot: boolean;
  readonly launchedAtMs: number;
  /** EC2's. */
  state: 'pending' | 'running' | 'terminated';
  /** Tasks that it was launched for; nobody once it has registered. */
  readonly expected: Set<TaskState>;
  /** Registered and without tasks since then. */
  idleSinceMs: number | undefined;
  /** EC2 has stopped or lost it. */
  isLost: boolean;
  containerInstance: InstanceState | undefined;
}

export interface ManagedProviderState {
  settings: ManagedInstances;
  readonly arn: string;
  /** In order of creation within the cluster: ids of instances follow from it. */
  readonly number: number;
  /** Types that it may launch, the cheapest first. */
  offers: readonly InstanceOffer[];
  /** In order of launch. */
  readonly instances: Set<ManagedInstance>;
  launched: number;
  /** DEPROVISIONING: it goes once its instances have gone. */
  isDeleting: boolean;
}

export interface ManagedState {
  readonly providers: Map<string, ManagedProviderState>;
  /** By their registration in the cluster. */
  readonly members: Map<InstanceState, ManagedInstance>;
  /** Providers that the next round looks at. */
  readonly changed: Changes<ManagedProviderState>;
  created: number;
}

export function newManaged(): ManagedState {
  return { providers: new Map(), members: new Map(), changed: new ChangeSet(), created: 0 };
}

/** What `managed[0]` names: the oldest instance of the provider that EC2 has. */
export function nthManaged({ providers }: Pick<ManagedState, 'providers'>, name: unknown): ManagedInstance | undefined {
  const [, provider = '', index = ''] = (typeof name === 'string' ? /^(.+)\[(\d+)\]$/.exec(name) : null) ?? [];
  return [...(providers.get(provider)?.instances ?? [])][Number(index)];
}
