/** Where a load balancer reaches a task for one entry of its service's loadBalancers. Called by observe. */
import type { TaskState } from '../cluster/state.ts';
import type { ServiceLoadBalancer } from '../model/service.ts';
import type { TargetType } from '../model/target-group.ts';
import type { NetworkBinding } from '../model/task.ts';

export interface Address {
  /** Private ip or EC2 instance id. */
  readonly id: string;
  readonly port: number;
}

/** The host port of a binding for one of its container ports; those of a range stand in the same order on both sides. */
function hostPortIn(binding: NetworkBinding, containerPort: number): number | undefined {
  if (binding.containerPort === containerPort) return binding.hostPort;
  const [from = 0, to = -1] = binding.containerPortRange?.split('-').map(Number) ?? [];
  const [first = 0] = binding.hostPortRange?.split('-').map(Number) ?? [];
  return from <= containerPort && containerPort <= to ? first + containerPort - from : undefined;
}

/** The host port that the entry's container port is bound to. */
function hostPortOf({ networkBindings }: TaskState, entry: ServiceLoadBalancer): number | undefined {
  const [, bindings = []] = networkBindings.find(([container]) => container === entry.containerName) ?? [];
  for (const binding of bindings) {
    const port = hostPortIn(binding, entry.containerPort);
    if (port !== undefined) return port;
  }
  return undefined;
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
