/**
 * A task as the state keeps it. Made by make-task. Its id and ARN follow from the number and are spelt out when they are
 * first asked for: a large run makes many tasks that nobody names.
 */
import { type EngineContext, taskArn } from '../../base/arn.ts';
import { taskId } from '../../base/ids.ts';
import type { Placer } from '../../contract.ts';
import type { TaskStatus } from '../../model/task.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import type { DaemonState } from '../daemon-state.ts';
import type {
  ClusterState,
  ContainerState,
  DeploymentState,
  HealthStatus,
  InstanceState,
  ServiceState,
  StopCode,
  TargetState,
  TaskState,
  Unfit,
} from '../state.ts';
import type { Address } from './interfaces.ts';
import type { Origin, Place } from './make-task.ts';

interface Ports {
  readonly networkBindings: TaskState['networkBindings'];
  readonly portKeys: readonly number[];
}

export class TaskRecord implements TaskState {
  // What is read of every task of a service when some of them stop stands together.
  readonly number: number;
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED' = 'RUNNING';
  isHealthy = false;
  unfit: Unfit | undefined = undefined;
  protectedUntilMs = 0;
  instance: InstanceState | undefined;
  placer: Placer | undefined;
  readonly service: ServiceState | undefined;
  readonly deployment: DeploymentState | undefined;
  readonly daemon: DaemonState | undefined;
  availabilityZone: string | undefined;
  targets: TargetState[] = [];
  moment = 0;
  script: object | undefined = undefined;
  placedAtMs: number;
  startedAtMs: number | undefined = undefined;
  version = 0;
  containers: readonly ContainerState[];
  readonly definition: TaskDefinition;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly launchType: TaskState['launchType'];
  readonly capacityProvider: string | undefined;
  healthStatus: HealthStatus = 'UNKNOWN';
  readonly createdAtMs: number;
  pullStartedAtMs: number | undefined = undefined;
  pullStoppedAtMs: number | undefined = undefined;
  stoppingAtMs: number | undefined = undefined;
  stoppedAtMs: number | undefined = undefined;
  stopCode: StopCode | undefined = undefined;
  stoppedReason: string | undefined = undefined;
  networkBindings: TaskState['networkBindings'];
  portKeys: readonly number[];
  privateIp: string | undefined;
  publicIp: string | undefined;
  subnetId: string | undefined;
  readonly #context: EngineContext;
  readonly #seed: number;
  #id: string | undefined;

  constructor(state: ClusterState, origin: Origin, place: Place, ports: Ports, address: Address | undefined) {
    this.number = state.counters.tasks++;
    this.definition = origin.definition;
    this.group = origin.group;
    this.startedBy = origin.startedBy;
    this.launchType = origin.launchType;
    this.capacityProvider = origin.capacityProvider;
    this.service = origin.deployment?.service;
    this.deployment = origin.deployment;
    this.daemon = origin.daemon;
    this.placer = place.placer;
    this.instance = place.instance;
    this.availabilityZone = place.instance?.availabilityZone ?? place.zone;
    this.lastStatus = address === undefined ? 'PENDING' : 'PROVISIONING';
    this.createdAtMs = state.nowMs;
    this.placedAtMs = state.nowMs;
    this.networkBindings = ports.networkBindings;
    this.portKeys = ports.portKeys;
    this.privateIp = address?.privateIp;
    this.publicIp = address?.publicIp;
    this.subnetId = address?.subnetId;
    this.containers = containersOf(origin.definition);
    this.#context = state.context;
    this.#seed = state.seed;
  }

  get id(): string {
    this.#id ??= taskId(this.#seed, this.number);
    return this.#id;
  }

  get arn(): string {
    return taskArn(this.#context, this.id);
  }
}

function containersOf(definition: TaskDefinition): ContainerState[] {
  return (definition.containerDefinitions ?? []).map(({ name = '' }) => ({
    name,
    lastStatus: 'PENDING',
    healthStatus: 'UNKNOWN' as const,
  }));
}
