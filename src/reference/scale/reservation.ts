/**
 * Reservation: CapacityProviderReservation, M of N, and the size that it gives the Auto Scaling group (ECS developer guide,
 * cluster-auto-scaling: managed scale-out and scale-in behaviour).
 */
import type { Dimensions, Reservation, ReservationCase, WaitingGroup } from '../../model/reservation.ts';

export function capacityProviderReservation(one: ReservationCase): Reservation {
  const { instances: n, targetCapacity, minSize, maxSize } = one;
  const m = instancesNeeded(one);
  const metricValue = metric(one, m);
  // An empty group counts as one instance where its metric asks for more than its target.
  const hundredths = n === 0 && m === 0 && metricValue > targetCapacity ? 100 : m * 100;
  const rest = hundredths % targetCapacity;
  const wanted = rest === 0 ? hundredths / targetCapacity : (hundredths - rest) / targetCapacity + 1;
  return { m, n, metricValue, desiredCapacity: Math.min(maxSize, Math.max(minSize, wanted)) };
}

function metric({ instances, targetCapacity, legacyEmptyGroup }: ReservationCase, m: number): number {
  if (instances > 0) return (m * 100) / instances;
  if (m > 0) return 200;
  return legacyEmptyGroup ? 100 : targetCapacity;
}

function instancesNeeded({
  instances,
  busyInstances,
  groups,
  types,
  minimumStep,
  maximumStep,
}: ReservationCase): number {
  const waiting = groups.filter(({ count }) => count > 0);
  if (waiting.length === 0) return busyInstances;
  const smallest = types.reduce((a, b) => (compare(b, a) < 0 ? b : a));
  const largest = types.reduce((a, b) => (compare(b, a) > 0 ? b : a));
  const usable = waiting.filter((group) => tasksOn(smallest, group) > 0 && tasksOn(largest, group) > 0);
  // Tasks that fit on no such instance wait on; while tasks wait, no instance is taken away.
  if (usable.length === 0) return instances;
  if (instances === 0) return 2;
  const wanted = Math.max(...usable.map((group) => Math.ceil(group.count / tasksOn(largest, group))));
  return instances + Math.max(minimumStep, Math.min(maximumStep, wanted));
}

/** Instance types are ordered by cpu, then memory, network interfaces, GPUs. */
function compare(a: Dimensions, b: Dimensions): number {
  const first = a.findIndex((amount, k) => amount !== b[k]);
  return first < 0 ? 0 : (a[first] as number) - (b[first] as number);
}

/** How many tasks of the group fit on an empty instance. */
function tasksOn(type: Dimensions, { needs, distinctInstance }: WaitingGroup): number {
  const fits = needs.map((need, k) => (need === 0 ? Number.POSITIVE_INFINITY : Math.floor((type[k] as number) / need)));
  return Math.min(...fits, distinctInstance ? 1 : Number.POSITIVE_INFINITY);
}
