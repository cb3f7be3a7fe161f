/** What can be read of a service's events. Called by describe, by plan and by tests. */
import type { ServiceEvent, ServiceState } from './state.ts';

/** As many as DescribeServices shows. */
export const MOST_EVENTS = 100;

/** Newest first. */
export function eventsOf({ events }: ServiceState): ServiceEvent[] {
  return events.slice(-MOST_EVENTS).reverse();
}

export function messageOf({ of, message }: Pick<ServiceEvent, 'of' | 'message'>): string {
  const text = typeof message === 'string' ? message : message();
  return of === undefined ? text : ofService(of, text);
}

/** A task set is named within the parentheses, a deployment after them (ECS developer guide). */
function ofService(name: string, message: string): string {
  return message.startsWith('(taskSet') ? `(service ${name}, ${message.slice(1)}` : `(service ${name}) ${message}`;
}
