/**
 * What services use of what they have reserved: their load over time against their RUNNING tasks, integrated minute by
 * minute, and published as AWS/ECS and ECS/ContainerInsights metrics. Made by the run; control tells it of changes and of
 * whole minutes. Invariant: a service whose load and tasks do not change is not looked at.
 */

import type { ClusterView } from '../cluster/state.ts';
import { Timers } from '../cluster/timers.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import type { Metrics } from './metrics.ts';
import { MINUTE_MS, type Series } from './series.ts';
import { type Loads, type Rates, UsageRow } from './usage-row.ts';

/** What a task of a definition reserves and uses; the same object for the same definition. */
export type RatesOf = (definition: TaskDefinition) => Rates;

export class Usage {
  readonly #metrics: Metrics;
  readonly #loads: ReadonlyMap<string, Loads>;
  readonly #ratesOf: RatesOf;
  readonly #cluster: string;
  readonly #rows = new Map<string, UsageRow>();
  #awake: UsageRow[] = [];
  /** There is a row of high resolution. */
  #isFast = false;
  /** Made after the service's tasks had changed: they do not know what runs. */
  readonly #late: UsageRow[] = [];
  /** Rows that sleep until their load changes. */
  readonly #sleeping = new Timers<UsageRow>();

  /** @param loads by service. @param ratesOf what tasks reserve and use. */
  constructor(metrics: Metrics, cluster: string, loads: ReadonlyMap<string, Loads>, ratesOf: RatesOf) {
    this.#metrics = metrics;
    this.#cluster = cluster;
    this.#loads = loads;
    this.#ratesOf = ratesOf;
    for (const name of loads.keys()) this.#rowOf(name);
    metrics.onSeries((series) => this.#offer(series));
  }

  #rowOf(name: string): UsageRow {
    const known = this.#rows.get(name);
    if (known !== undefined) return known;
    const made = new UsageRow(name, this.#loads.get(name) ?? {});
    this.#rows.set(name, made);
    this.#wake(made);
    return made;
  }

  /** Someone looks at a service's metric. */
  #offer(series: Series): void {
    const { namespace, metricName, dimensions } = series.key;
    const { ClusterName, ServiceName, ...others } = dimensions;
    if (ClusterName !== this.#cluster || ServiceName === undefined || Object.keys(others).length > 0) return;
    if (namespace !== 'AWS/ECS' && namespace !== 'ECS/ContainerInsights') return;
    const isLate = !this.#rows.has(ServiceName);
    const row = this.#rowOf(ServiceName);
    if (isLate) this.#late.push(row);
    if (row.publishes(metricName, series)) this.#wake(row);
  }

  #wake(row: UsageRow): void {
    row.isDirty = true;
    if (row.isAwake) return;
    row.isAwake = true;
    this.#awake.push(row);
  }

  /** Before what a round of the scheduler saw is forgotten: services whose tasks changed at this time. */
  observe(view: ClusterView): void {
    if (this.#rows.size === 0) return;
    for (const service of view.changedServices) {
      const row = this.#rows.get(service.name);
      if (row === undefined || view.services.get(service.name) !== service) continue;
      if (row.settle(view.nowMs, service.deployments, this.#ratesOf)) this.#wake(row);
    }
  }

  /** CPU seconds a second that a service used in the period that ended last. */
  cpuPerSecondOf(service: string): number {
    return this.#rows.get(service)?.usedCpuPerSecond ?? 0;
  }

  /** When it has to be told of the time next, after `nowMs`. */
  nextMs(nowMs: number): number {
    if (this.#awake.length === 0) return this.#sleeping.nextMs;
    let stepMs = MINUTE_MS;
    if (this.#isFast) for (const row of this.#awake) stepMs = Math.min(stepMs, row.resolutionMs);
    return (Math.floor(nowMs / stepMs) + 1) * stepMs;
  }

  #catchUp(view: ClusterView): void {
    for (const row of this.#late) {
      const service = view.services.get(row.name);
      if (service !== undefined) row.settle(view.nowMs, service.deployments, this.#ratesOf);
    }
    this.#late.length = 0;
  }

  /** Publishes what ended now. */
  publish(view: ClusterView): void {
    const { nowMs } = view;
    this.#catchUp(view);
    while (this.#sleeping.nextMs <= nowMs) for (const row of this.#sleeping.take()) this.#wake(row);
    let kept = 0;
    for (const row of this.#awake) {
      if (nowMs % row.resolutionMs === 0) {
        row.publish(nowMs, this.#metrics);
        row.isAwake = row.staysAwake(nowMs);
      }
      if (row.isAwake) this.#awake[kept++] = row;
      else this.#letSleep(row, nowMs);
    }
    this.#awake.length = kept;
  }

  #letSleep(row: UsageRow, nowMs: number): void {
    const changeMs = row.nextChangeMs(nowMs);
    if (changeMs === Number.POSITIVE_INFINITY) return;
    // A change at a boundary belongs to the period that begins there.
    this.#sleeping.set((Math.floor(changeMs / row.resolutionMs) + 1) * row.resolutionMs, row);
  }
}
