/**
 * What is still to happen to the containers of a timeline. A task has few containers and each few events, so the queue
 * is a list that is searched. Invariant: time never goes back.
 */
import type { HealthStatus } from './health.ts';

/** Kinds of events in the order of one time: a condition that is met in time counts before its timeout. */
export const PULLED = 0;
export const STARTED = 1;
export const EXITED = 2;
export const CHECKED = 3;
export const TIMED_OUT = 4;
export const ANSWERED = 5;

export interface Event {
  readonly atMs: number;
  readonly kind: number;
  /** Position in the definition. */
  readonly container: number;
  /** Starts of the container when the event was made: those of an earlier run are void. */
  readonly run: number;
  /** Of a health check. */
  readonly health: HealthStatus;
  /** Of ANSWERED: whether its port answers from now on. */
  readonly answers?: boolean;
}

export class EventQueue {
  #events: Event[] = [];

  add(event: Event): void {
    this.#events.push(event);
  }

  clear(): void {
    this.#events = [];
  }

  /** Takes the events of the earliest time and, at that time, of the first kind, in the order of the containers. */
  take(): readonly Event[] {
    let [earliest] = this.#events;
    if (earliest === undefined) return [];
    for (const event of this.#events) {
      if (event.atMs < earliest.atMs || (event.atMs === earliest.atMs && event.kind < earliest.kind)) earliest = event;
    }
    const { atMs, kind } = earliest;
    const due: Event[] = [];
    const later: Event[] = [];
    for (const event of this.#events) (event.atMs === atMs && event.kind === kind ? due : later).push(event);
    this.#events = later;
    return due.sort((a, b) => a.container - b.container);
  }
}
