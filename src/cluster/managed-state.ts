/**
 * Capacity providers of ECS Managed Instances and their instances, as the cluster keeps them. Only apply writes them; capacity
 * decides. Invariant: an instance is in its provider's set until EC2 has it gone.
 */

import type { CapacityReservation } from '../model/capacity-reservation.ts';
import type { InstanceOffer } from '../model/group-instance-type.ts';
import type { ManagedInstances } from '../model/managed-instances.ts';
import type { Subnet } from '../model/subnet.ts';
import { ChangeSet, type Changes } from './change-set.ts';
import { type DaemonMember, type DaemonState, type DaemonsState, newDaemons } from './daemon-state.ts';
import type { ManagedEnd } from './managed-commands.ts';
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
  /** Of EC2; it holds a place there. */
  readonly reservation: CapacityReservationState | undefined;
  readonly launchedAtMs: number;
  /** EC2's. */
  state: 'pending' | 'running' | 'terminated';
  /** Tasks that it was launched for; nobody once it takes tasks. */
  readonly expected: Set<TaskState>;
  /** It has been ACTIVE, and without tasks other than daemons since then. */
  idleSinceMs: number | undefined;
  /** ECS Managed Daemons that it registered with. */
  readonly daemons: Map<DaemonState, DaemonMember>;
  /** Nothing else was left on it: they were told to stop, and it does not come back. */
  hasEndedDaemons: boolean;
  /** Why it drains. */
  drainsFor: ManagedEnd | undefined;
  /** EC2 has stopped or lost it. */
  isLost: boolean;
  containerInstance: InstanceState | undefined;
}

/** Of EC2: an instance holds its place from its launch until it is terminated. */
export interface CapacityReservationState {
  readonly settings: CapacityReservation;
  readonly instances: Set<ManagedInstance>;
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
  /** Instances in a row that never took a task because of a daemon; none is launched before then. */
  failedJoins: number;
  launchesHeldUntilMs: number;
  /** DEPROVISIONING: it goes once its instances have gone. */
  isDeleting: boolean;
}

export interface ManagedState extends DaemonsState {
  readonly providers: Map<string, ManagedProviderState>;
  /** By their registration in the cluster. */
  readonly members: Map<InstanceState, ManagedInstance>;
  /** In the order of the scenario. */
  readonly reservations: CapacityReservationState[];
  /** Providers that the next round looks at. */
  readonly changed: Changes<ManagedProviderState>;
  created: number;
}

export function newManaged(): ManagedState {
  return {
    providers: new Map(),
    members: new Map(),
    reservations: [],
    changed: new ChangeSet(),
    created: 0,
    ...newDaemons(),
  };
}

/** Tasks other than its daemons hold it. */
export function hasWork({ containerInstance }: Pick<ManagedInstance, 'containerInstance'>): boolean {
  if (containerInstance !== undefined)
    for (const { daemon } of containerInstance.tasks) if (daemon === undefined) return true;
  return false;
}

export function tasksOfDaemon({ providers }: Pick<ManagedState, 'providers'>, daemon: DaemonState): TaskState[] {
  return [...providers.values()].flatMap(({ instances }) =>
    [...instances].flatMap(({ daemons }) => daemons.get(daemon)?.task ?? []),
  );
}

/** What `managed[0]` names: the oldest instance of the provider that EC2 has. */
export function nthManaged({ providers }: Pick<ManagedState, 'providers'>, name: unknown): ManagedInstance | undefined {
  const [, provider = '', index = ''] = (typeof name === 'string' ? /^(.+)\[(\d+)\]$/.exec(name) : null) ?? [];
  return [...(providers.get(provider)?.instances ?? [])][Number(index)];
}
