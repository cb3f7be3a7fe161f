/**
 * Publishes CapacityProviderReservation each minute in which it may have changed, in AWS/ECS/ManagedScaling. Made by the run,
 * called by control/minute. Invariant: while nothing about groups and waiting tasks changes, there is no minute for it.
 */
import { reservationKey } from '../cluster/apply/capacity-providers.ts';
import type { ClusterView } from '../cluster/state.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { MINUTE_MS } from '../metrics/series.ts';
import { reservationOf } from './reservation.ts';

export class ReservationPublisher {
  /** Of the capacity when it published last. */
  #version = 0;

  /** At whole minutes only; metrics of high resolution make others come. */
  publish(view: ClusterView, metrics: Metrics): void {
    const { nowMs, capacity, context } = view;
    if (nowMs % MINUTE_MS !== 0 || capacity.version === this.#version) return;
    this.#version = capacity.version;
    for (const provider of capacity.providers.values()) {
      if (!provider.settings.managedScaling.isEnabled) continue;
      const { key } = reservationKey(context.cluster, provider.settings.name).stat;
      metrics.publish(key, nowMs, reservationOf(view, provider).metricValue);
    }
  }

  nextMs({ nowMs, capacity }: ClusterView): number {
    if (capacity.version === this.#version) return Number.POSITIVE_INFINITY;
    return (Math.floor(nowMs / MINUTE_MS) + 1) * MINUTE_MS;
  }
}
