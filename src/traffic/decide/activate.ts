/**
 * Rule: a task that waits in ACTIVATING for its target groups is RUNNING once it is registered with all of them (ECS
 * developer guide, task-lifecycle). Called by decide.
 */
import type { TaskTraffic } from '../observe.ts';
import { register } from './register.ts';

export function isActivated(traffic: TaskTraffic): boolean {
  const { task, phase } = traffic;
  return phase === 'SERVING' && task.lastStatus === 'ACTIVATING' && register(traffic).length === 0;
}
