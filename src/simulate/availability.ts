/** For how long fewer tasks of a service were healthy than its minimum, once it has been steady. Called by series. */
import { desiredCountOf } from '../cluster/desired.ts';
import type { ClusterState, ServiceState } from '../cluster/state.ts';

interface Watch {
  hasBeenSteady: boolean;
  belowSinceMs: number | undefined;
  belowMs: number;
}

export class Availability {
  readonly #watches = new Map<ServiceState, Watch>();

  sample(state: ClusterState, service: ServiceState): void {
    const watch = this.#watches.get(service) ?? { hasBeenSteady: false, belowSinceMs: undefined, belowMs: 0 };
    this.#watches.set(service, watch);
    watch.hasBeenSteady ||= service.isSteady;
    if (!watch.hasBeenSteady) return;
    const isBelow = healthy(service) < minimum(state, service);
    if (isBelow) watch.belowSinceMs ??= state.nowMs;
    else if (watch.belowSinceMs !== undefined) {
      watch.belowMs += state.nowMs - watch.belowSinceMs;
      watch.belowSinceMs = undefined;
    }
  }

  belowMinimumMs(service: ServiceState, endedAtMs: number): number {
    const watch = this.#watches.get(service);
    if (watch === undefined) return 0;
    return watch.belowMs + (watch.belowSinceMs === undefined ? 0 : endedAtMs - watch.belowSinceMs);
  }
}

function healthy({ deployments }: ServiceState): number {
  return deployments.reduce((total, one) => total + one.healthy, 0);
}

function minimum({ engine }: ClusterState, service: ServiceState): number {
  const { minimumHealthyPercent, maximumPercent } = service.settings.deploymentConfiguration;
  const desiredCount = desiredCountOf(service);
  return engine.rolloutBounds({ desiredCount, minimumHealthyPercent, maximumPercent }).minimum;
}
