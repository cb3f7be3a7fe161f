/**
 * Auto Scaling groups, capacity providers and the tasks that wait for them, as the cluster keeps them. Only apply writes
 * them; capacity decides. Invariant: an instance is in its group's set until it is terminated.
 */
import type { PlacementInput, Placer } from '../contract.ts';
import type { AutoScalingGroup, GroupSettings, ScalingProcess } from '../model/auto-scaling-group.ts';
import type { CapacityProvider } from '../model/capacity-provider.ts';
import type { InstanceOffer } from '../model/group-instance-type.ts';
import type { LifecycleHook } from '../model/group-lifecycle-hook.ts';
import type { GroupPolicy } from '../model/group-policy.ts';
import type { GroupSchedule } from '../model/group-schedule.ts';
import type { InstanceTypes } from '../model/instance-type.ts';
import type { ProvisioningGroup } from '../model/reservation.ts';
import { ChangeSet, type Changes } from './change-set.ts';
import { type ManagedState, newManaged } from './managed-state.ts';
import type { InstanceState, TaskState } from './state.ts';

export type GroupLifecycleState =
  | 'Pending'
  | 'Pending:Wait'
  | 'InService'
  | 'Standby'
  | 'Detached'
  | 'Terminating:Wait'
  | 'Terminating'
  | 'Terminated';

/** An EC2 instance of a group. */
export interface GroupInstance {
  readonly group: GroupState;
  /** `i-` and 17 hexadecimal digits. */
  readonly instanceId: string;
  /** Running number within the group; smaller is older. */
  readonly number: number;
  readonly availabilityZone: string;
  readonly offer: InstanceOffer;
  readonly isSpot: boolean;
  readonly launchedAtMs: number;
  /** Launched to balance zones: another one goes once it is in service. */
  readonly isExtra: boolean;
  state: GroupLifecycleState;
  /** Since then its state is what it is. */
  stateSinceMs: number;
  inServiceAtMs: number | undefined;
  isProtected: boolean;
  /** EC2 runs it. */
  isHealthy: boolean;
  /** From when on it is replaced although it runs: SetInstanceHealth, after the grace period. */
  replaceAtMs: number | undefined;
  /** Its zone went down before its agent had registered: it comes back with the zone. */
  isCutOff: boolean;
  /** Tasks other than daemons hold it. */
  isBusy: boolean;
  /** Hooks that still have to answer. */
  awaited: Set<LifecycleHook>;
  containerInstance: InstanceState | undefined;
}

export interface GroupPolicyState {
  readonly settings: GroupPolicy;
  readonly arn: string;
  /** Names of the alarms that it owns: target tracking. */
  readonly alarmHigh: string | undefined;
  readonly alarmLow: string | undefined;
}

export interface GroupScheduleState {
  readonly settings: GroupSchedule;
}

export interface GroupState {
  readonly name: string;
  /** In order of creation within the cluster: ids of instances follow from it. */
  readonly number: number;
  readonly arn: string;
  readonly given: AutoScalingGroup;
  settings: GroupSettings;
  minSize: number;
  maxSize: number;
  desiredCapacity: number;
  /** In order of launch. */
  readonly instances: Set<GroupInstance>;
  /** By instance type, the group's own first. */
  readonly offers: readonly InstanceOffer[];
  readonly suspended: Set<ScalingProcess>;
  readonly policies: Map<string, GroupPolicyState>;
  readonly schedules: Map<string, GroupScheduleState>;
  /** How often Spot was interrupted, by pool. */
  readonly interruptions: Map<string, number>;
  /** Why the desired capacity changed last, as activities tell it. */
  cause: string;
  /** Of simple scaling policies. */
  cooldownEndsMs: number;
  launched: number;
  /** A launch was abandoned: the next one comes then. */
  launchesHeldUntilMs: number;
}

export interface CapacityProviderState {
  settings: CapacityProvider;
  readonly arn: string;
  readonly group: GroupState;
  /** Of managed scaling; undefined without. */
  policyArn: string | undefined;
  alarmHigh: string | undefined;
  alarmLow: string | undefined;
}

/** What a task in PROVISIONING asks for, and how it is placed. */
export interface Provision {
  readonly placer: Placer;
  readonly network:
    | { readonly subnets: readonly string[]; readonly assignPublicIp: 'ENABLED' | 'DISABLED' }
    | undefined;
  readonly needs: Omit<ProvisioningGroup, 'count'>;
  /** Tasks with one key ask for the same. */
  readonly key: string;
  readonly placement: PlacementInput;
}

export interface CapacityState {
  /** For instances that groups launch. */
  instanceTypes: InstanceTypes;
  readonly groups: Map<string, GroupState>;
  /** Groups that there have been; whether there has been a capacity provider. */
  createdGroups: number;
  hasProviders: boolean;
  readonly providers: Map<string, CapacityProviderState>;
  /** Of groups, by their registration in the cluster. */
  readonly members: Map<InstanceState, GroupInstance>;
  /** ECS Managed Instances. */
  readonly managed: ManagedState;
  /** In order of creation. */
  readonly provisioning: Map<TaskState, Provision>;
  /** Groups that the next round looks at. */
  readonly changedGroups: Changes<GroupState>;
  /** Room has appeared since the tasks in PROVISIONING were tried last. */
  hasRoom: boolean;
  /** Counts whatever a capacity provider's metric depends on. */
  version: number;
}

export function newCapacity(): CapacityState {
  return {
    instanceTypes: {},
    groups: new Map(),
    createdGroups: 0,
    hasProviders: false,
    providers: new Map(),
    members: new Map(),
    managed: newManaged(),
    provisioning: new Map(),
    changedGroups: new ChangeSet(),
    hasRoom: false,
    version: 0,
  };
}

/** As AWS writes it in the JSON of activities. */
export interface GroupActivity {
  readonly description: string;
  readonly cause: string;
  readonly statusCode: 'Successful' | 'Cancelled' | 'Failed';
  readonly instanceId: string | undefined;
}

/** Tasks other than daemons hold it. */
export function isBusy(instance: InstanceState | undefined): boolean {
  if (instance === undefined) return false;
  for (const { service } of instance.tasks) if (service?.settings.schedulingStrategy !== 'DAEMON') return true;
  return false;
}

/** A Spot pool: a type in a zone. */
export function poolKey({ instanceType }: InstanceOffer, zone: string): string {
  return `${instanceType ?? ''} ${zone}`;
}

/** Those that count for the desired capacity. */
export function aliveOf({ instances }: Pick<GroupState, 'instances'>): GroupInstance[] {
  return [...instances].filter(({ state }) => !state.startsWith('Terminat') && state !== 'Standby');
}

/** What `web-group[0]` names: the oldest instance of the group that counts. */
export function nthMember({ groups }: CapacityState, name: unknown): GroupInstance | undefined {
  const [, group = '', index = ''] = (typeof name === 'string' ? /^(.+)\[(\d+)\]$/.exec(name) : null) ?? [];
  const found = groups.get(group);
  return found === undefined ? undefined : aliveOf(found)[Number(index)];
}

/** The capacity provider of a group, if it has one. */
export function providerOf(
  { providers }: Pick<CapacityState, 'providers'>,
  group: GroupState,
): CapacityProviderState | undefined {
  for (const provider of providers.values()) if (provider.group === group) return provider;
  return undefined;
}
