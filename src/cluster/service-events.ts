/** What can be read of a service's events. Called by describe, by plan and by tests. */
import type { ServiceEvent, ServiceState } from './state.ts';

/** As many as DescribeServices shows. */
export const MOST_EVENTS = 100;

/** Newest first. */
export function eventsOf({ events }: ServiceState): ServiceEvent[] {
  return events.slice(-MOST_EVENTS).reverse();
}

export function messageOf({ message }: ServiceEvent): string {
  return typeof message === 'string' ? message : message();
}
