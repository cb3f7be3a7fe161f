/** Tasks in AWS's shape. */
import { clusterArn, containerArn, type EngineContext, taskArn } from '../base/arn.ts';
import type { Attribute } from './attribute.ts';
import type { PlacementRequest } from './placement-request.ts';
import type { TaskExtras } from './run-task.ts';
import type { TransportProtocol } from './task-definition.ts';

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'ACTIVATING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
  | 'STOPPED';

export interface NetworkBinding {
  bindIP?: string | undefined;
  containerPort?: number | undefined;
  hostPort?: number | undefined;
  protocol?: TransportProtocol | undefined;
  containerPortRange?: string | undefined;
  hostPortRange?: string | undefined;
}

export interface Container {
  containerArn?: string | undefined;
  taskArn?: string | undefined;
  name?: string | undefined;
  image?: string | undefined;
  lastStatus?: string | undefined;
  imageDigest?: unknown;
  runtimeId?: unknown;
  exitCode?: unknown;
  reason?: unknown;
  networkInterfaces?: unknown;
  healthStatus?: unknown;
  managedAgents?: unknown;
  networkBindings?: NetworkBinding[] | undefined;
  cpu?: string | undefined;
  memory?: string | undefined;
  memoryReservation?: string | undefined;
  gpuIds?: string[] | undefined;
}

export interface Task {
  taskArn?: string | undefined;
  clusterArn?: string | undefined;
  containerInstanceArn?: string | undefined;
  taskDefinitionArn?: string | undefined;
  group?: string | undefined;
  lastStatus?: string | undefined;
  desiredStatus?: string | undefined;
  cpu?: string | undefined;
  memory?: string | undefined;
  launchType?: string | undefined;
  capacityProviderName?: string | undefined;
  availabilityZone?: string | undefined;
  containers?: Container[] | undefined;
  attributes?: Attribute[] | undefined;
  startedBy?: string | undefined;
  attachments?: unknown;
  connectivity?: unknown;
  connectivityAt?: unknown;
  createdAt?: unknown;
  enableExecuteCommand?: unknown;
  executionStoppedAt?: unknown;
  healthStatus?: unknown;
  inferenceAccelerators?: unknown;
  overrides?: unknown;
  platformFamily?: unknown;
  platformVersion?: unknown;
  pullStartedAt?: unknown;
  pullStoppedAt?: unknown;
  startedAt?: unknown;
  stopCode?: unknown;
  stoppedAt?: unknown;
  stoppedReason?: unknown;
  stoppingAt?: unknown;
  tags?: unknown;
  version?: unknown;
  ephemeralStorage?: unknown;
  fargateEphemeralStorage?: unknown;
}

/** AWS's answer to a thing that could not be done. */
export interface Failure {
  arn?: string | undefined;
  reason?: string | undefined;
  detail?: string | undefined;
}

/** What an engine knows of a task it made. */
export interface TaskFacts {
  readonly context: EngineContext;
  readonly id: string;
  readonly placement: PlacementRequest;
  /** The demand: what the task takes from its instance. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly containerInstanceArn: string;
  readonly availabilityZone?: string;
  readonly cpuArchitecture?: string;
  readonly lastStatus: TaskStatus;
  readonly desiredStatus: 'RUNNING' | 'STOPPED';
  readonly extras: TaskExtras;
  readonly stoppedReason?: string;
  /** By container name; only containers that have some. */
  readonly gpuIds: ReadonlyMap<string, readonly string[]>;
  readonly networkBindings: ReadonlyMap<string, readonly NetworkBinding[]>;
}

function describeContainers(facts: TaskFacts, arn: string): Container[] {
  return (facts.placement.taskDefinition.containerDefinitions ?? []).map((container, k) => {
    const name = container.name ?? '';
    const gpuIds = facts.gpuIds.get(name);
    return {
      containerArn: containerArn(facts.context, facts.id, `${facts.id.slice(0, 24)}${k.toString(16).padStart(8, '0')}`),
      taskArn: arn,
      name,
      ...(container.image === undefined ? {} : { image: container.image }),
      lastStatus: facts.lastStatus === 'PROVISIONING' ? 'PENDING' : facts.lastStatus,
      networkBindings: [...(facts.networkBindings.get(name) ?? [])],
      cpu: String(container.cpu ?? 0),
      ...(container.memory === undefined ? {} : { memory: String(container.memory) }),
      ...(container.memoryReservation === undefined ? {} : { memoryReservation: String(container.memoryReservation) }),
      ...(gpuIds === undefined ? {} : { gpuIds: [...gpuIds] }),
    };
  });
}

/** AWS's shape of a task; the one place that makes it. */
export function describeTask(facts: TaskFacts): Task {
  const { context, placement, extras } = facts;
  const arn = taskArn(context, facts.id);
  const architecture = facts.cpuArchitecture;
  return {
    taskArn: arn,
    clusterArn: clusterArn(context),
    containerInstanceArn: facts.containerInstanceArn,
    taskDefinitionArn: placement.taskDefinition.taskDefinitionArn,
    group: placement.group,
    lastStatus: facts.lastStatus,
    desiredStatus: facts.desiredStatus,
    cpu: String(facts.cpu),
    memory: String(facts.memoryMiB),
    ...(placement.capacityProvider === undefined
      ? { launchType: placement.launchType ?? 'EC2' }
      : { capacityProviderName: placement.capacityProvider }),
    ...(facts.availabilityZone === undefined ? {} : { availabilityZone: facts.availabilityZone }),
    attributes: architecture === undefined ? [] : [{ name: 'ecs.cpu-architecture', value: architecture }],
    containers: describeContainers(facts, arn),
    ...(extras.startedBy === undefined ? {} : { startedBy: extras.startedBy }),
    ...(extras.overrides === undefined ? {} : { overrides: extras.overrides }),
    tags: [...(extras.tags ?? [])],
    ...(facts.stoppedReason === undefined ? {} : { stoppedReason: facts.stoppedReason }),
  };
}
