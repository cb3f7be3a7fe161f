/** How many tasks a service shall have: its count, or for DAEMON one for each instance it belongs on (ECS developer guide). */
import type { InstanceState, ServiceState } from './state.ts';

export function desiredCountOf(service: ServiceState): number {
  if (service.settings.schedulingStrategy === 'REPLICA') return service.desiredCount;
  if (service.status !== 'ACTIVE') return 0;
  const instances = new Set<InstanceState | undefined>();
  for (const { tasks } of service.deployments) {
    for (const task of tasks) if (task.instance?.status === 'ACTIVE') instances.add(task.instance);
  }
  return instances.size + service.refusedDaemons;
}
