/** Series of Auto Scaling groups, of Managed Instances and of the tasks that wait for them. Called by the sampler, where something changed. */
import { aliveOf } from '../cluster/capacity-state.ts';
import type { ClusterState } from '../cluster/state.ts';
import type { Put } from './series.ts';

export function sampleCapacity(state: ClusterState, put: Put): void {
  const { capacity, nowMs, context } = state;
  if (capacity.groups.size + capacity.managed.providers.size === 0) return;
  for (const group of capacity.groups.values()) {
    const dimensions = { AutoScalingGroupName: group.name };
    const inService = aliveOf(group).filter((one) => one.state === 'InService').length;
    put(nowMs, 'groupDesiredCapacity', 'Count', dimensions, group.desiredCapacity);
    put(nowMs, 'groupInServiceInstances', 'Count', dimensions, inService);
    put(nowMs, 'groupTotalInstances', 'Count', dimensions, group.instances.size);
  }
  for (const { settings, instances } of capacity.managed.providers.values()) {
    const dimensions = { ClusterName: context.cluster, CapacityProviderName: settings.name };
    const registered = [...instances].filter(({ containerInstance }) => containerInstance !== undefined).length;
    put(nowMs, 'managedInstances', 'Count', dimensions, instances.size);
    put(nowMs, 'managedRegisteredInstances', 'Count', dimensions, registered);
  }
  put(nowMs, 'provisioningTasks', 'Count', { ClusterName: context.cluster }, capacity.provisioning.size);
}
