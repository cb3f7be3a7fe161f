/** How many tasks a service shall have: its count, or for DAEMON one for each instance it belongs on (ECS developer guide). */
import type { InstanceState, ServiceState } from './state.ts';

export function desiredCountOf(service: ServiceState): number {
  if (service.settings.schedulingStrategy === 'REPLICA') return service.desiredCount;
  if (service.status !== 'ACTIVE') return 0;
  const instances = new Set<InstanceState>();
  for (const { tasks } of service.deployments) {
    for (const { instance } of tasks) if (instance?.status === 'ACTIVE') instances.add(instance);
  }
  for (const instance of service.vacantInstances) if (instance.status === 'ACTIVE') instances.add(instance);
  return instances.size;
}
