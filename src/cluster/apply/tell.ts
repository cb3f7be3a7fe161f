/** Service events: kept with the service, and sent to the listener. Called by the other files here. */
import { MOST_EVENTS, messageOf, type ServiceEvent } from '../service-events.ts';
import type { ClusterState, DeploymentState, ServiceState, TaskState } from '../state.ts';

/** Cutting them off one by one costs more than telling them. */
const MOST_KEPT = MOST_EVENTS + 32;

/** @param message without the service's name, as in `has reached a steady state.` */
export function tell(state: ClusterState, service: ServiceState, message: string): void {
  note(state, service, service.name, message);
}

/** A message that is complete as it is. */
export function tellWhole(state: ClusterState, service: ServiceState, message: string): void {
  note(state, service, undefined, message);
}

function note(
  state: ClusterState,
  service: ServiceState,
  of: string | undefined,
  message: ServiceEvent['message'],
  tasks?: ServiceEvent['tasks'],
): void {
  const { seed, nowMs: createdAtMs } = state;
  const event: ServiceEvent = { number: ++state.counters.events, createdAtMs, of, message, tasks, seed };
  service.events.push(event);
  if (service.events.length >= MOST_KEPT) service.events.splice(0, MOST_KEPT - MOST_EVENTS);
  if (state.sink.isOpen) state.sink.emit({ type: 'ServiceEvent', service, message: messageOf(event) });
}

/** What happened to so many tasks, and `: (task ID) (task ID).` */
export function tellTasks(
  state: ClusterState,
  service: ServiceState,
  tasks: readonly TaskState[],
  what: (count: number) => string,
): void {
  const [only] = tasks;
  const isOne = tasks.length === 1 && only !== undefined;
  note(state, service, service.name, what, isOne ? only.number : tasks.map(({ number }) => number));
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
