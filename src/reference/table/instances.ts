/** The instance table: registration into the lowest free slot, look-up by ARN or id, and AWS's shape of an instance. */
import { lastSegment } from '../../base/arn.ts';
import {
  type ContainerInstance,
  describeContainerInstance,
  type InstanceRecord,
} from '../../model/container-instance.ts';
import { awsvpcTaskLimit } from '../../model/instance-type.ts';
import type { ResourceAmounts } from '../../model/resource.ts';
import type { Failure } from '../../model/task.ts';
import type { HostPort, Instance, State } from '../state.ts';

/** AWS calls take the ARN or the id, which is its last segment. */
export function findInstance(state: State, name: string): Instance | undefined {
  const isArn = name.includes(':');
  return state.instances.find(({ record }) =>
    isArn ? record.containerInstanceArn === name : record.id === lastSegment(name),
  );
}

/** Instances by name in the given order; those not there as failures. */
export function lookUp(state: State, names: readonly string[]): { found: Instance[]; failures: Failure[] } {
  const known = names.map((name) => findInstance(state, name));
  return {
    found: known.filter((instance) => instance !== undefined),
    failures: names.filter((_, k) => known[k] === undefined).map((arn) => ({ arn, reason: 'MISSING' })),
  };
}

function lowestFreeSlot(instances: readonly Instance[]): number {
  const gap = instances.findIndex(({ slot }, k) => slot !== k);
  return gap < 0 ? instances.length : gap;
}

export function addInstance(state: State, record: InstanceRecord): void {
  const eniLimit = awsvpcTaskLimit(state.instanceTypes, record.attributes);
  const { remaining } = record;
  const slot = lowestFreeSlot(state.instances);
  const instance: Instance = {
    registration: state.registrations,
    slot,
    record,
    ...(eniLimit === undefined ? {} : { eniLimit }),
    status: record.status,
    agentConnected: record.agentConnected,
    attributes: [...record.attributes],
    remainingCpu: remaining.cpu,
    remainingMemoryMiB: remaining.memoryMiB,
    remainingGpus: remaining.gpuIds.length,
    enisTaken: 0,
    portsTaken: [...hostPorts(remaining.ports, 'tcp'), ...hostPorts(remaining.portsUdp, 'udp')],
    runningTasks: record.runningTasksCount,
    anonymousTasks: 0,
    stoppedTasks: 0,
    groups: [],
    tasks: [],
  };
  state.registrations += 1;
  state.instances.splice(slot, 0, instance);
  state.inactiveIds = state.inactiveIds.filter((id) => id !== record.id);
}

function hostPorts(ports: readonly number[], protocol: HostPort['protocol']): HostPort[] {
  return ports.map((port) => ({ port, protocol }));
}

export function removeInstance(state: State, instance: Instance): void {
  state.instances = state.instances.filter((other) => other !== instance);
  state.departed.push(instance);
  state.inactiveIds.push(instance.record.id);
}

/** GPU ids free at registration and held by no record, in order. */
export function freeGpuIds(state: State, instance: Instance): string[] {
  const held = instance.tasks.flatMap(
    (number) => state.tasks[number]?.allocation.gpuIds.flatMap(([, ids]) => ids) ?? [],
  );
  return instance.record.remaining.gpuIds.filter((id) => !held.includes(id));
}

function pendingTasks(state: State, instance: Instance): number {
  const pending = instance.tasks.filter((number) => state.tasks[number]?.lastStatus === 'PENDING');
  return instance.record.pendingTasksCount + pending.length;
}

function remaining(state: State, instance: Instance): ResourceAmounts {
  const taken = (protocol: HostPort['protocol']): number[] =>
    instance.portsTaken
      .filter((port) => port.protocol === protocol)
      .map(({ port }) => port)
      .sort((a, b) => a - b);
  return {
    cpu: instance.remainingCpu,
    memoryMiB: instance.remainingMemoryMiB,
    ports: taken('tcp'),
    portsUdp: taken('udp'),
    // Tasks without a record hold no certain GPU: they count from the end.
    gpuIds: freeGpuIds(state, instance).slice(0, instance.remainingGpus),
  };
}

export function describeInstance(state: State, instance: Instance): ContainerInstance {
  return describeContainerInstance(instance.record, {
    status: instance.status,
    agentConnected: instance.agentConnected,
    attributes: instance.attributes,
    remaining: remaining(state, instance),
    runningTasksCount: instance.runningTasks,
    pendingTasksCount: pendingTasks(state, instance),
  });
}
