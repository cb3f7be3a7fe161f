/**
 * AWS/EC2 CPUUtilization of Auto Scaling groups: what their tasks used of what their instances have, for groups that an alarm
 * looks at. Made by the run, called by control/minute. A task's share is counted where it runs when the minute ends (ours).
 */
import type { GroupInstance, GroupState } from '../cluster/capacity-state.ts';
import type { ClusterView } from '../cluster/state.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { MINUTE_MS, type Series } from '../metrics/series.ts';
import type { Usage } from '../metrics/usage.ts';
import { countedOf, runningOf } from './counted.ts';

/** CPU units of a whole vCPU. */
const VCPU = 1024;

export class GroupCpuPublisher {
  readonly #usage: Usage;
  /** By group. */
  readonly #watched = new Map<string, Series>();
  #version = 0;

  constructor(metrics: Metrics, usage: Usage) {
    this.#usage = usage;
    metrics.onSeries((series) => {
      const { namespace, metricName, dimensions } = series.key;
      const group = dimensions.AutoScalingGroupName;
      if (namespace === 'AWS/EC2' && metricName === 'CPUUtilization' && group !== undefined)
        this.#watched.set(group, series);
    });
  }

  /** The services have published before. */
  publish(view: ClusterView, metrics: Metrics): void {
    if (view.nowMs % MINUTE_MS !== 0) return;
    this.#version = view.capacity.version;
    for (const [name, series] of this.#watched) {
      const group = view.capacity.groups.get(name);
      if (group !== undefined) metrics.publishOne(series, view.nowMs, this.#percentOf(view, group));
    }
  }

  nextMs({ nowMs, capacity }: ClusterView): number {
    if (this.#watched.size === 0 || capacity.version === this.#version) return Number.POSITIVE_INFINITY;
    return (Math.floor(nowMs / MINUTE_MS) + 1) * MINUTE_MS;
  }

  /** NaN, a missing datapoint, without instances. */
  #percentOf(view: ClusterView, group: GroupState): number {
    const counted = countedOf(view, group);
    const units = counted.reduce((total, { offer }) => total + offer.cpu, 0);
    const used = counted.reduce((total, one) => total + this.#usedBy(one), 0);
    return units === 0 ? Number.NaN : Math.round(((used * VCPU) / units) * 100e11) / 1e11;
  }

  /** CPU seconds a second. */
  #usedBy({ containerInstance }: GroupInstance): number {
    let used = 0;
    for (const { service, lastStatus } of containerInstance?.tasks ?? [])
      if (service !== undefined && lastStatus === 'RUNNING')
        used += this.#usage.cpuPerSecondOf(service.name) / runningOf(service);
    return used;
  }
}
