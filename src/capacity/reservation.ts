/**
 * CapacityProviderReservation of a capacity provider as it is now: gathers what the rule needs and asks it. Called by the
 * publisher and by managed scaling.
 */
import { aliveOf, type CapacityProviderState, type Provision } from '../cluster/capacity-state.ts';
import type { ClusterView, TaskState } from '../cluster/state.ts';
import type { ProvisioningGroup, Reservation } from '../model/reservation.ts';

export function reservationOf(view: ClusterView, { settings, group }: CapacityProviderState): Reservation {
  const { targetCapacity, minimumScalingStepSize, maximumScalingStepSize } = settings.managedScaling;
  const running = aliveOf(group).filter(({ state }) => state === 'InService');
  return view.decisions.capacityProviderReservation({
    instances: running.length,
    busyInstances: running.filter(({ isBusy }) => isBusy).length,
    provisioningGroups: waitingFor(view, settings.name),
    instanceTypes: group.offers.map(({ cpu, memoryMiB, networkInterfaces, gpus }) => ({
      cpu,
      memory: memoryMiB,
      networkInterfaces,
      gpus,
    })),
    managedScaling: { targetCapacity, minimumScalingStepSize, maximumScalingStepSize },
    minSize: group.minSize,
    maxSize: group.maxSize,
  });
}

/** Tasks in PROVISIONING by what they ask for, the oldest first. */
function waitingFor({ capacity }: ClusterView, provider: string): ProvisioningGroup[] {
  const groups = new Map<string, { count: number; readonly needs: Provision['needs'] }>();
  for (const [task, { key, needs }] of capacity.provisioning as ReadonlyMap<TaskState, Provision>) {
    if (task.capacityProvider !== provider) continue;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { count: 1, needs });
    else known.count += 1;
  }
  return [...groups.values()].map(({ count, needs }) => ({ ...needs, count }));
}
