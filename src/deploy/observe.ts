/** What the scheduler sees of a service: counts only. Called by tick. */
import { desiredCountOf } from '../cluster/desired.ts';
import type { ClusterView, DeploymentState, ServiceState } from '../cluster/state.ts';

export interface Observation {
  readonly service: ServiceState;
  readonly primary: DeploymentState;
  readonly desiredCount: number;
  /** Tasks of the PRIMARY revision that shall stay, and those of them that are healthy. */
  readonly newTasks: number;
  readonly newHealthy: number;
  /** Tasks that shall go: of older revisions, or unfit. */
  readonly oldTasks: number;
  readonly oldHealthy: number;
  /** Asked to stop, not stopped yet. */
  readonly stopping: number;
  readonly nowMs: number;
}

/** Daemons before replicas, then by creation: the order does not depend on what changed first. */
export function inOrder(services: Iterable<ServiceState>): ServiceState[] {
  const ordered: ServiceState[] = [];
  let isOrdered = true;
  for (const one of services) {
    if (one.deployments.length === 0) continue;
    const last = ordered.at(-1);
    isOrdered &&= last === undefined || compare(last, one) < 0;
    ordered.push(one);
  }
  return isOrdered ? ordered : ordered.sort(compare);
}

function compare(a: ServiceState, b: ServiceState): number {
  return rank(a) - rank(b) || a.number - b.number;
}

function rank({ settings }: ServiceState): number {
  return settings.schedulingStrategy === 'DAEMON' ? 0 : 1;
}

export function observe(view: ClusterView, service: ServiceState): Observation {
  const primary = service.deployments[0] as DeploymentState;
  let oldTasks = primary.unfit;
  let oldHealthy = primary.unfitHealthy;
  let { stopping } = primary;
  for (const one of service.deployments) {
    if (one === primary) continue;
    oldTasks += one.pending + one.running;
    oldHealthy += one.healthy;
    stopping += one.stopping;
  }
  return {
    service,
    primary,
    desiredCount: desiredCountOf(service),
    newTasks: primary.pending + primary.running - primary.unfit,
    newHealthy: primary.healthy - primary.unfitHealthy,
    oldTasks,
    oldHealthy,
    stopping,
    nowMs: view.nowMs,
  };
}
