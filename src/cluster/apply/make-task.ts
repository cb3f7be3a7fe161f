/** Makes task records: ids by running number, containers, ports and addresses. Called by whoever has found a place. */
import type { Placer } from '../../contract.ts';
import { bindPorts, portKey } from '../../model/host-ports.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import type { DaemonState } from '../daemon-state.ts';
import type { ClusterState, DeploymentState, InstanceState, TaskState } from '../state.ts';
import { attachInterface } from './interfaces.ts';
import { admit } from './life.ts';
import { TaskRecord } from './task-record.ts';

/** Whose task it is and how it was asked for. */
export interface Origin {
  readonly definition: TaskDefinition;
  readonly group: string;
  readonly startedBy?: string;
  readonly launchType: TaskState['launchType'];
  readonly capacityProvider?: string;
  readonly deployment?: DeploymentState;
  readonly daemon?: DaemonState;
  readonly network?: { readonly subnets: readonly string[]; readonly assignPublicIp: 'ENABLED' | 'DISABLED' };
}

export interface Place {
  readonly instance?: InstanceState;
  readonly placer?: Placer;
  /** Fargate: where its interface is. */
  readonly zone?: string;
}

interface Ports {
  readonly networkBindings: TaskState['networkBindings'];
  readonly portKeys: readonly number[];
}

const NO_PORTS: Ports = { networkBindings: [], portKeys: [] };

export function takePorts(origin: Pick<Origin, 'definition'>, instance: InstanceState | undefined): Ports {
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
  const address = attachInterface(state, origin, place);
  const task = new TaskRecord(state, origin, place, takePorts(origin, place.instance), address);
  admit(state, task);
  state.changedTasks.add(task);
  return task;
}

/** A task in PROVISIONING that has no place yet: no agent has it. */
export function makeWaiting(state: ClusterState, origin: Origin): TaskState {
  const task = new TaskRecord(state, origin, {}, NO_PORTS, undefined);
  task.lastStatus = 'PROVISIONING';
  admit(state, task);
  return task;
}
