/**
 * CapacityProviderReservation as the rule takes it: one capacity provider with its Auto Scaling group and the tasks that wait
 * for it. Validated here for core and twin.
 */
import { MAX_AMOUNT, UNLIMITED } from '../../assembly/abi.ts';
import { noTypos } from './known-members.ts';
import { fields, list, optionalFlag, optionalList, optionalWhole, refuse, whole } from './read.ts';

const MOST_STEP = 10_000;

/** ECS API, ManagedScaling. */
export interface ManagedScalingInput {
  /** Percent, 1 to 100. Default 100. */
  readonly targetCapacity?: number | undefined;
  /** Instances, 1 to 10,000. Default 1; only on scale-out. */
  readonly minimumScalingStepSize?: number | undefined;
  /** Instances, 1 to 10,000. Default 10,000. */
  readonly maximumScalingStepSize?: number | undefined;
}

/** Tasks in PROVISIONING that ask for the same. */
export interface ProvisioningGroup {
  /** Tasks. */
  readonly count: number;
  /** Of one task, in CPU units. Default 0. */
  readonly cpu?: number | undefined;
  /** Of one task, in MiB. Default 0. */
  readonly memory?: number | undefined;
  /** 1 for awsvpc. Default 0. */
  readonly networkInterfaces?: number | undefined;
  /** Default 0. */
  readonly gpus?: number | undefined;
  /** At most one on an instance: distinctInstance, or a host port of its own. Default false. */
  readonly distinctInstance?: boolean | undefined;
}

/** What an instance of a type registers. */
export interface ReservationInstanceType {
  /** CPU units. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  /** For tasks. Default: no limit. */
  readonly networkInterfaces?: number | undefined;
  /** Default 0. */
  readonly gpus?: number | undefined;
}

export interface ReservationInput {
  /** N: instances that run in the group. */
  readonly instances: number;
  /** Of these, with a task that is no daemon's. */
  readonly busyInstances: number;
  /** Default none. */
  readonly provisioningGroups?: readonly ProvisioningGroup[] | undefined;
  /** Of the group, in any order; one at least while tasks wait. */
  readonly instanceTypes: readonly ReservationInstanceType[];
  readonly managedScaling?: ManagedScalingInput | undefined;
  /** Of the group, in instances. Default 0. */
  readonly minSize?: number | undefined;
  /** Default: no limit. */
  readonly maxSize?: number | undefined;
  /**
   * A group of no instances without tasks has 100, as it had once: below targetCapacity 100 it starts instances for nothing.
   * Default false: the target capacity.
   */
  readonly legacyEmptyGroup?: boolean | undefined;
}

export interface Reservation {
  /** Instances needed. */
  readonly m: number;
  /** Instances there. */
  readonly n: number;
  /** CapacityProviderReservation, percent. */
  readonly metricValue: number;
  /** Of the Auto Scaling group, in instances, within its sizes. */
  readonly desiredCapacity: number;
}

/** Amounts in a fixed order: cpu, memory, network interfaces, GPUs. */
export type Dimensions = readonly [cpu: number, memory: number, networkInterfaces: number, gpus: number];

export interface WaitingGroup {
  readonly count: number;
  readonly needs: Dimensions;
  readonly distinctInstance: boolean;
}

export interface ReservationCase {
  readonly instances: number;
  readonly busyInstances: number;
  readonly groups: readonly WaitingGroup[];
  readonly types: readonly Dimensions[];
  readonly targetCapacity: number;
  readonly minimumStep: number;
  readonly maximumStep: number;
  readonly minSize: number;
  readonly maxSize: number;
  readonly legacyEmptyGroup: boolean;
}

const GROUP_MEMBERS = ['count', 'cpu', 'memory', 'networkInterfaces', 'gpus', 'distinctInstance'];
const TYPE_MEMBERS = ['cpu', 'memory', 'networkInterfaces', 'gpus'];
const SCALING_MEMBERS = ['targetCapacity', 'minimumScalingStepSize', 'maximumScalingStepSize'];
const MEMBERS = [
  ...['instances', 'busyInstances', 'provisioningGroups', 'instanceTypes', 'managedScaling', 'minSize', 'maxSize'],
  'legacyEmptyGroup',
];

function parseGroup(input: unknown, path: string): WaitingGroup {
  const group = fields(input, path);
  noTypos(group, path, GROUP_MEMBERS);
  const amount = (name: string): number => optionalWhole(group[name], `${path}.${name}`) ?? 0;
  return {
    count: whole(group.count, `${path}.count`),
    needs: [amount('cpu'), amount('memory'), amount('networkInterfaces'), amount('gpus')],
    distinctInstance: optionalFlag(group.distinctInstance, `${path}.distinctInstance`) ?? false,
  };
}

function parseType(input: unknown, path: string): Dimensions {
  const type = fields(input, path);
  noTypos(type, path, TYPE_MEMBERS);
  return [
    whole(type.cpu, `${path}.cpu`),
    whole(type.memory, `${path}.memory`),
    optionalWhole(type.networkInterfaces, `${path}.networkInterfaces`) ?? UNLIMITED,
    optionalWhole(type.gpus, `${path}.gpus`) ?? 0,
  ];
}

/** @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, EMPTY, UNKNOWN_MEMBER, naming the member. */
export function parseReservation(input: ReservationInput): ReservationCase {
  const given = fields(input, '');
  noTypos(given, '', MEMBERS);
  const scaling = given.managedScaling === undefined ? {} : fields(given.managedScaling, 'managedScaling');
  noTypos(scaling, 'managedScaling', SCALING_MEMBERS);
  const step = (name: string, least: number): number | undefined =>
    optionalWhole(scaling[name], `managedScaling.${name}`, least, MOST_STEP);
  const instances = whole(given.instances, 'instances');
  const minimumStep = step('minimumScalingStepSize', 1) ?? 1;
  const minSize = optionalWhole(given.minSize, 'minSize') ?? 0;
  const groups = optionalList(given.provisioningGroups, 'provisioningGroups').map((group, k) =>
    parseGroup(group, `provisioningGroups[${k}]`),
  );
  const types = list(given.instanceTypes, 'instanceTypes').map((type, k) => parseType(type, `instanceTypes[${k}]`));
  if (types.length === 0 && groups.some(({ count }) => count > 0))
    refuse('EMPTY', 'instanceTypes must hold one at least while tasks wait.', { path: 'instanceTypes', value: [] });
  return {
    instances,
    busyInstances: whole(given.busyInstances, 'busyInstances', 0, instances),
    groups,
    types,
    targetCapacity: optionalWhole(scaling.targetCapacity, 'managedScaling.targetCapacity', 1, 100) ?? 100,
    minimumStep,
    maximumStep: step('maximumScalingStepSize', minimumStep) ?? MOST_STEP,
    minSize,
    maxSize: optionalWhole(given.maxSize, 'maxSize', minSize) ?? MAX_AMOUNT,
    legacyEmptyGroup: optionalFlag(given.legacyEmptyGroup, 'legacyEmptyGroup') ?? false,
  };
}
