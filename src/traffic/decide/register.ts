/**
 * Rule: a task whose containers run is registered with every target group of its service, at most five (ECS API,
 * CreateService). Called by decide. A new target is `initial`: its first check is sent at once.
 */
import type { TargetState } from '../../cluster/state.ts';
import type { TaskTraffic } from '../observe.ts';
import { groupFor } from './group.ts';

export type NewTarget = Omit<TargetState, 'registeredAtMs' | 'due'>;

/** What is not registered yet, in the order of loadBalancers. */
export function register({ task, endpoints }: TaskTraffic): NewTarget[] {
  const missing: NewTarget[] = [];
  for (const endpoint of endpoints) {
    const group = groupFor(task.deployment, endpoint);
    const { id, port } = endpoint.address;
    if (task.targets.some((target) => target.group === group && target.id === id && target.port === port)) continue;
    missing.push({ group, task, id, port, health: 'initial', reason: 'Elb.InitialHealthChecking' });
  }
  return missing;
}
