/** Where a load balancer reaches a task for one entry of its service's loadBalancers. Called by observe. */
import type { TaskState } from '../cluster/state.ts';
import type { ServiceLoadBalancer } from '../model/service.ts';
import type { TargetType } from '../model/target-group.ts';

export interface Address {
  /** Private ip or EC2 instance id. */
  readonly id: string;
  readonly port: number;
}

/** The host port that a container port is bound to; in host mode they are the same. */
function hostPortOf(task: TaskState, { containerName, containerPort }: ServiceLoadBalancer): number | undefined {
  const own = task.networkBindings.find(([container]) => container === containerName)?.[1] ?? [];
  const bound = own.find((binding) => binding.containerPort === containerPort)?.hostPort;
  return bound ?? (task.definition.networkMode === 'host' ? containerPort : undefined);
}

/**
 * `ip`: the task's own address and the container port; `instance`: its EC2 instance and the host port, static or dynamic
 * (ECS developer guide, service-load-balancing).
 * @returns undefined for a task that has none: an external instance, or a port that is not mapped.
 */
export function addressOf(task: TaskState, entry: ServiceLoadBalancer, type: TargetType): Address | undefined {
  if (type === 'ip')
    return task.privateIp === undefined ? undefined : { id: task.privateIp, port: entry.containerPort };
  const id = task.instance?.ec2InstanceId;
  const port = hostPortOf(task, entry);
  return id === undefined || port === undefined ? undefined : { id, port };
}
