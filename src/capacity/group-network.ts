/**
 * AWS/EC2 NetworkIn and NetworkOut of Auto Scaling groups: bytes that an instance received or sent in the minute, on average,
 * from the scenario's loads, for groups that an alarm looks at. Made by the run, called by control/minute. A task's share is
 * counted where it runs when the minute ends (ours).
 */
import type { GroupInstance, GroupState } from '../cluster/capacity-state.ts';
import type { ClusterView } from '../cluster/state.ts';
import type { Curve } from '../metrics/curve.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { MINUTE_MS, type Series } from '../metrics/series.ts';
import { countedOf, runningOf } from './counted.ts';

/** Bytes a second of all tasks of a service, by metric. */
export interface NetworkLoad {
  readonly NetworkIn?: Curve;
  readonly NetworkOut?: Curve;
}

type Metric = keyof NetworkLoad;

interface Watched {
  readonly series: Series;
  readonly group: string;
  readonly metric: Metric;
}

function isMetric(name: string): name is Metric {
  return name === 'NetworkIn' || name === 'NetworkOut';
}

export class GroupNetworkPublisher {
  readonly #loads: ReadonlyMap<string, NetworkLoad>;
  readonly #watched: Watched[] = [];
  #version = 0;

  /** @param loads by service. */
  constructor(metrics: Metrics, loads: ReadonlyMap<string, NetworkLoad>) {
    this.#loads = loads;
    metrics.onSeries((series) => {
      const { namespace, metricName, dimensions } = series.key;
      const group = dimensions.AutoScalingGroupName;
      if (namespace !== 'AWS/EC2' || !isMetric(metricName) || group === undefined) return;
      if (!this.#watched.some((one) => one.series === series))
        this.#watched.push({ series, group, metric: metricName });
    });
  }

  publish(view: ClusterView, metrics: Metrics): void {
    if (view.nowMs % MINUTE_MS !== 0) return;
    this.#version = view.capacity.version;
    for (const { series, group: name, metric } of this.#watched) {
      const group = view.capacity.groups.get(name);
      if (group !== undefined) metrics.publishOne(series, view.nowMs, this.#averageOf(view, group, metric));
    }
  }

  /** After a change of the load within a minute the next one differs too. */
  nextMs({ nowMs, capacity }: ClusterView): number {
    if (this.#watched.length === 0) return Number.POSITIVE_INFINITY;
    const lastMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
    if (capacity.version !== this.#version) return lastMs + MINUTE_MS;
    let changeMs = Number.POSITIVE_INFINITY;
    for (const load of this.#loads.values())
      for (const curve of [load.NetworkIn, load.NetworkOut])
        if (curve !== undefined) changeMs = Math.min(changeMs, curve.nextChangeMs(lastMs - MINUTE_MS));
    return Math.max(lastMs, Math.floor(changeMs / MINUTE_MS) * MINUTE_MS) + MINUTE_MS;
  }

  /** NaN, a missing datapoint, without instances. */
  #averageOf(view: ClusterView, group: GroupState, metric: Metric): number {
    const counted = countedOf(view, group);
    const bytes = counted.reduce((total, one) => total + this.#bytesOf(view, one, metric), 0);
    return counted.length === 0 ? Number.NaN : Math.round((bytes / counted.length) * 1e6) / 1e6;
  }

  #bytesOf({ nowMs }: ClusterView, { containerInstance }: GroupInstance, metric: Metric): number {
    let bytes = 0;
    for (const { service, lastStatus } of containerInstance?.tasks ?? []) {
      const curve = service === undefined ? undefined : this.#loads.get(service.name)?.[metric];
      if (service === undefined || curve === undefined || lastStatus !== 'RUNNING') continue;
      bytes += curve.integral(nowMs - MINUTE_MS, nowMs) / 1000 / runningOf(service);
    }
    return bytes;
  }
}
