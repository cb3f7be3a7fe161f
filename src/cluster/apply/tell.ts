/** Service events: kept with the service, newest first, and sent to the listener. Called by the other files here. */
import type { ClusterState, DeploymentState, ServiceState } from '../state.ts';

/** As many as DescribeServices shows. */
const MOST_EVENTS = 100;

/** A UUID that only the seed and the number decide. */
function eventId(seed: number, number: number): string {
  const hex = (seed >>> 0).toString(16).padStart(8, '0') + number.toString(16).padStart(24, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** @param message without the service's name, as in `has reached a steady state.` */
export function tell(state: ClusterState, service: ServiceState, message: string): void {
  // A task set is named within the parentheses, a deployment after them (ECS developer guide).
  const whole = message.startsWith('(taskSet')
    ? `(service ${service.name}, ${message.slice(1)}`
    : `(service ${service.name}) ${message}`;
  tellWhole(state, service, whole);
}

/** A message that is complete as it is. */
export function tellWhole(state: ClusterState, service: ServiceState, message: string): void {
  const id = eventId(state.seed, ++state.counters.events);
  service.events.unshift({ id, createdAtMs: state.nowMs, message });
  if (service.events.length > MOST_EVENTS) service.events.pop();
  if (state.sink.isOpen) state.sink.emit({ type: 'ServiceEvent', service, message });
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
