/** Service events: kept with the service, and sent to the listener. Called by the other files here. */
import { MOST_EVENTS } from '../service-events.ts';
import type { ClusterState, DeploymentState, ServiceState, TaskState } from '../state.ts';

/** Twice as many as can be read: cutting them off one by one costs more than telling them. */
const MOST_KEPT = 2 * MOST_EVENTS;

type Text = string | (() => string);

/** @param message without the service's name, as in `has reached a steady state.` */
export function tell(state: ClusterState, service: ServiceState, message: Text): void {
  const { name } = service;
  tellWhole(state, service, typeof message === 'string' ? ofService(name, message) : () => ofService(name, message()));
}

/** A task set is named within the parentheses, a deployment after them (ECS developer guide). */
function ofService(name: string, message: string): string {
  return message.startsWith('(taskSet') ? `(service ${name}, ${message.slice(1)}` : `(service ${name}) ${message}`;
}

/** A message that is complete as it is. */
export function tellWhole(state: ClusterState, service: ServiceState, message: Text): void {
  const number = ++state.counters.events;
  service.events.push({ number, createdAtMs: state.nowMs, message });
  if (service.events.length >= MOST_KEPT) service.events.splice(0, MOST_KEPT - MOST_EVENTS);
  if (!state.sink.isOpen) return;
  state.sink.emit({ type: 'ServiceEvent', service, message: typeof message === 'string' ? message : message() });
}

/** `(task ID) (task ID)`. */
export function taskList(tasks: readonly TaskState[]): string {
  return tasks.map(({ id }) => `(task ${id})`).join(' ');
}

/** EventBridge's ECS Service Action. */
export function act(
  state: ClusterState,
  service: ServiceState,
  level: 'INFO' | 'WARN' | 'ERROR',
  name: string,
  reason?: string,
): void {
  if (!state.sink.isOpen) return;
  state.sink.emit({ type: 'ServiceAction', service, level, name, ...(reason === undefined ? {} : { reason }) });
}

/** EventBridge's ECS Deployment State Change. */
export function announce(
  state: ClusterState,
  deployment: DeploymentState,
  level: 'INFO' | 'ERROR',
  name: string,
): void {
  if (!state.sink.isOpen) return;
  const reason = deployment.rolloutStateReason;
  state.sink.emit({ type: 'DeploymentStateChange', service: deployment.service, deployment, level, name, reason });
}
