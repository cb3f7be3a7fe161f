/** Series of Auto Scaling groups and of the tasks that wait for them. Called by the sampler, where something changed. */
import { aliveOf } from '../cluster/capacity-state.ts';
import type { ClusterState } from '../cluster/state.ts';
import type { Put } from './series.ts';

export function sampleCapacity(state: ClusterState, put: Put): void {
  const { capacity, nowMs, context } = state;
  if (capacity.groups.size === 0) return;
  for (const group of capacity.groups.values()) {
    const dimensions = { AutoScalingGroupName: group.name };
    const inService = aliveOf(group).filter((one) => one.state === 'InService').length;
    put(nowMs, 'groupDesiredCapacity', 'Count', dimensions, group.desiredCapacity);
    put(nowMs, 'groupInServiceInstances', 'Count', dimensions, inService);
    put(nowMs, 'groupTotalInstances', 'Count', dimensions, group.instances.size);
  }
  put(nowMs, 'provisioningTasks', 'Count', { ClusterName: context.cluster }, capacity.provisioning.size);
}
