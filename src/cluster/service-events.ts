/** The text of a service event. Called by describe and by tests. */
import type { ServiceEvent } from './state.ts';

export function messageOf({ message }: ServiceEvent): string {
  return typeof message === 'string' ? message : message();
}
