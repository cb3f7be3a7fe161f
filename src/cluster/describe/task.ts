/** A task as DescribeTasks and EventBridge show it. Called by traces and by the endpoint. */
import { clusterArn, containerArn } from '../../base/arn.ts';
import type { ClusterState, TaskState } from '../state.ts';
import { isoTime } from './iso-time.ts';

type Json = Record<string, unknown>;
type Where = Pick<ClusterState, 'context' | 'startEpochMs'>;

function optional(name: string, value: unknown): Json {
  return value === undefined ? {} : { [name]: value };
}

function times(where: Where, task: TaskState): Json {
  const at = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : isoTime(where, ms));
  return {
    createdAt: at(task.createdAtMs),
    ...optional('pullStartedAt', at(task.pullStartedAtMs)),
    ...optional('pullStoppedAt', at(task.pullStoppedAtMs)),
    ...optional('startedAt', at(task.startedAtMs)),
    ...optional('stoppingAt', at(task.stoppingAtMs)),
    ...optional('stoppedAt', at(task.stoppedAtMs)),
  };
}

function containers({ context }: Where, task: TaskState): Json[] {
  return task.containers.map((container, k) => {
    const definition = task.definition.containerDefinitions?.[k];
    const bindings = task.networkBindings.find(([name]) => name === container.name)?.[1] ?? [];
    return {
      containerArn: containerArn(context, task.id, `${task.id.slice(0, 24)}${k.toString(16).padStart(8, '0')}`),
      taskArn: task.arn,
      name: container.name,
      ...optional('image', definition?.image),
      lastStatus: container.lastStatus,
      healthStatus: container.healthStatus,
      ...optional('exitCode', container.exitCode),
      ...optional('reason', container.reason),
      networkBindings: [...bindings],
      networkInterfaces:
        task.privateIp === undefined ? [] : [{ attachmentId: `${task.id}-eni`, privateIpv4Address: task.privateIp }],
    };
  });
}

function attachments(task: TaskState): Json[] {
  if (task.privateIp === undefined) return [];
  const details = [
    { name: 'subnetId', value: task.subnetId },
    { name: 'privateIPv4Address', value: task.privateIp },
    ...(task.publicIp === undefined ? [] : [{ name: 'publicIPv4Address', value: task.publicIp }]),
  ];
  const status =
    task.lastStatus === 'PROVISIONING' ? 'PRECREATED' : task.lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED';
  return [{ id: `${task.id}-eni`, type: 'eni', status, details }];
}

/** What it takes, by its definition. */
export function reservation(task: Pick<TaskState, 'definition'>): { cpu: number; memoryMiB: number } {
  const { cpu, memory, containerDefinitions = [] } = task.definition;
  const sum = (of: (one: (typeof containerDefinitions)[number]) => number | undefined): number =>
    containerDefinitions.reduce((total, one) => total + (of(one) ?? 0), 0);
  return {
    cpu: cpu === undefined ? sum((one) => one.cpu) : Number(cpu),
    memoryMiB: memory === undefined ? sum((one) => one.memoryReservation ?? one.memory) : Number(memory),
  };
}

const FARGATE_PLATFORM = '1.4.0';

export function describeTask(where: Where, task: TaskState): Json {
  const { cpu, memoryMiB } = reservation(task);
  return {
    attachments: attachments(task),
    ...optional('availabilityZone', task.availabilityZone),
    clusterArn: clusterArn(where.context),
    ...optional('containerInstanceArn', task.instance?.arn),
    containers: containers(where, task),
    cpu: String(cpu),
    desiredStatus: task.desiredStatus,
    group: task.group,
    healthStatus: task.healthStatus,
    lastStatus: task.lastStatus,
    ...optional('capacityProviderName', task.capacityProvider),
    launchType: task.launchType,
    memory: String(memoryMiB),
    ...(task.launchType === 'FARGATE'
      ? { platformVersion: task.deployment?.settings.platformVersion ?? FARGATE_PLATFORM }
      : {}),
    ...optional('ephemeralStorage', ephemeralStorage(task)),
    ...optional('startedBy', task.startedBy),
    ...optional('stopCode', task.stopCode),
    ...optional('stoppedReason', task.stoppedReason),
    taskArn: task.arn,
    taskDefinitionArn: task.definition.taskDefinitionArn,
    version: task.version,
    ...times(where, task),
  };
}

/** Fargate gives 20 GiB unless the definition asks for more. */
function ephemeralStorage({ launchType, definition }: TaskState): unknown {
  return launchType === 'FARGATE' ? (definition.ephemeralStorage ?? { sizeInGiB: 20 }) : undefined;
}
