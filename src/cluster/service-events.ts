/** A service's events as the cluster keeps them, and what can be read of them. Called by describe, by plan and by tests. */
import { taskId } from '../base/ids.ts';
import type { ServiceState } from './state.ts';

export interface ServiceEvent {
  /** Running number within the cluster; its id follows from it. */
  readonly number: number;
  readonly createdAtMs: number;
  /** The service whose name stands before the message; undefined: it is complete as it is. */
  readonly of: string | undefined;
  /** Or how to put it of so many tasks: most messages of a large run are never read. */
  readonly message: string | ((count: number) => string);
  /** Running numbers of the tasks that it names, and what their ids follow from: tasks are forgotten before. */
  readonly tasks: number | readonly number[] | undefined;
  readonly seed: number;
}

/** As many as DescribeServices shows. */
export const MOST_EVENTS = 100;

/** Newest first. */
export function eventsOf({ events }: ServiceState): ServiceEvent[] {
  return events.slice(-MOST_EVENTS).reverse();
}

export function messageOf(event: ServiceEvent): string {
  const { of, message } = event;
  const text = typeof message === 'string' ? message : ofTasks(event, message);
  return of === undefined ? text : ofService(of, text);
}

function ofTasks({ tasks = [], seed }: ServiceEvent, what: (count: number) => string): string {
  const numbers = typeof tasks === 'number' ? [tasks] : tasks;
  const list = numbers.map((number) => `(task ${taskId(seed, number)})`);
  return `${what(numbers.length)}: ${list.join(' ')}.`;
}

/** A task set is named within the parentheses, a deployment after them (ECS developer guide). */
function ofService(name: string, message: string): string {
  return message.startsWith('(taskSet') ? `(service ${name}, ${message.slice(1)}` : `(service ${name}) ${message}`;
}
