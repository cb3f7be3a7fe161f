/** Makes task records: ids by running number, containers, ports and addresses. Called by whoever has found a place. */
import { taskArn } from '../../base/arn.ts';
import { taskId } from '../../base/ids.ts';
import type { Placer } from '../../contract.ts';
import { bindPorts, portKey } from '../../model/host-ports.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import type { ClusterState, ContainerState, DeploymentState, InstanceState, TaskState } from '../state.ts';
import { type Address, attachInterface } from './interfaces.ts';
import { admit } from './life.ts';

/** Whose task it is and how it was asked for. */
export interface Origin {
  readonly definition: TaskDefinition;
  readonly group: string;
  readonly startedBy?: string;
  readonly launchType: TaskState['launchType'];
  readonly capacityProvider?: string;
  readonly deployment?: DeploymentState;
  readonly network?: { readonly subnets: readonly string[]; readonly assignPublicIp: 'ENABLED' | 'DISABLED' };
}

export interface Place {
  readonly instance?: InstanceState;
  readonly placer?: Placer;
  /** Fargate: where its interface is. */
  readonly zone?: string;
}

function containersOf(definition: TaskDefinition): ContainerState[] {
  return (definition.containerDefinitions ?? []).map(({ name = '' }) => ({
    name,
    lastStatus: 'PENDING',
    healthStatus: 'UNKNOWN' as const,
  }));
}

interface Ports {
  readonly networkBindings: TaskState['networkBindings'];
  readonly portKeys: readonly number[];
}

const NO_PORTS: Ports = { networkBindings: [], portKeys: [] };

function takePorts(origin: Origin, instance: InstanceState | undefined): Ports {
  if (instance === undefined || !hasPorts(origin.definition)) return NO_PORTS;
  const { networkBindings } = bindPorts(origin.definition, (key) => instance.ports.has(key));
  const portKeys = networkBindings.flatMap(([, bindings]) =>
    bindings.flatMap(({ hostPort, protocol }) => (hostPort === undefined ? [] : [portKey(hostPort, protocol)])),
  );
  for (const key of portKeys) instance.ports.add(key);
  return { networkBindings, portKeys };
}

function hasPorts({ networkMode = 'bridge', containerDefinitions = [] }: TaskDefinition): boolean {
  if (networkMode !== 'bridge' && networkMode !== 'host') return false;
  return containerDefinitions.some(({ portMappings }) => (portMappings ?? []).length > 0);
}

/** A placed task: its agent has it. */
export function makeTask(state: ClusterState, origin: Origin, place: Place): TaskState {
  const number = state.counters.tasks++;
  const id = taskId(state.seed, number);
  const { deployment } = origin;
  const address: Address | undefined = attachInterface(state, origin, place);
  const task: TaskState = {
    id,
    arn: taskArn(state.context, id),
    number,
    definition: origin.definition,
    group: origin.group,
    startedBy: origin.startedBy,
    launchType: origin.launchType,
    capacityProvider: origin.capacityProvider,
    service: deployment?.service,
    deployment,
    placer: place.placer,
    instance: place.instance,
    availabilityZone: place.instance?.availabilityZone ?? place.zone,
    lastStatus: address === undefined ? 'PENDING' : 'PROVISIONING',
    desiredStatus: 'RUNNING',
    healthStatus: 'UNKNOWN',
    isHealthy: false,
    unfit: undefined,
    createdAtMs: state.nowMs,
    pullStartedAtMs: undefined,
    pullStoppedAtMs: undefined,
    startedAtMs: undefined,
    stoppingAtMs: undefined,
    stoppedAtMs: undefined,
    stopCode: undefined,
    stoppedReason: undefined,
    protectedUntilMs: 0,
    version: 0,
    ...takePorts(origin, place.instance),
    privateIp: address?.privateIp,
    publicIp: address?.publicIp,
    subnetId: address?.subnetId,
    containers: containersOf(origin.definition),
    moment: 0,
    placedAtMs: state.nowMs,
    targets: [],
  };
  admit(state, task);
  state.changedTasks.add(task);
  return task;
}
