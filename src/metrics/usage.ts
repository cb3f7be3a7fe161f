/**
 * What services use of what they have reserved: their load over time against their RUNNING tasks, integrated minute by
 * minute, and published as AWS/ECS and ECS/ContainerInsights metrics. Made by the run; control tells it of changes and of
 * whole minutes. Invariant: a service whose load and tasks do not change is not looked at.
 */

import type { ClusterView, ServiceState } from '../cluster/state.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import type { Metrics } from './metrics.ts';
import { PeriodRows } from './period-rows.ts';
import type { Series } from './series.ts';
import { SteadyRows } from './steady-rows.ts';
import { type Inflow, type Loads, type Rates, UsageRow } from './usage-row.ts';

/** What a task of a definition reserves and uses; the same object for the same definition. */
export type RatesOf = (definition: TaskDefinition) => Rates;

/** The requests that reach the tasks of a service; whoever spreads them says so. */
export type InflowsOf = (service: ServiceState) => readonly Inflow[];

export interface UsageOptions {
  readonly cluster: string;
  /** By service. */
  readonly loads: ReadonlyMap<string, Loads>;
  readonly ratesOf: RatesOf;
  readonly inflowsOf: InflowsOf;
}

export class Usage {
  readonly #metrics: Metrics;
  readonly #options: UsageOptions;
  readonly #rows = new Map<string, UsageRow>();
  /** By the service's number: names are slower to look up. */
  readonly #byNumber: (UsageRow | undefined)[] = [];
  readonly #steady = new SteadyRows();
  readonly #periods = new PeriodRows<UsageRow>(this.#steady);
  /** Made after the service's tasks had changed: they do not know what runs. */
  readonly #unseen: UsageRow[] = [];

  constructor(metrics: Metrics, options: UsageOptions) {
    this.#metrics = metrics;
    this.#options = options;
    for (const name of options.loads.keys()) this.#rowOf(name);
    metrics.onSeries((series) => this.#offer(series));
  }

  #rowOf(name: string): UsageRow {
    const known = this.#rows.get(name);
    if (known !== undefined) return known;
    const made = new UsageRow(name, this.#options.loads.get(name) ?? {}, this.#steady);
    this.#rows.set(name, made);
    this.#unseen.push(made);
    this.#periods.wake(made);
    return made;
  }

  /** Someone looks at a service's metric. */
  #offer(series: Series): void {
    const { namespace, metricName, dimensions } = series.key;
    const { ClusterName, ServiceName, ...others } = dimensions;
    if (ClusterName !== this.#options.cluster || ServiceName === undefined || Object.keys(others).length > 0) return;
    if (namespace !== 'AWS/ECS' && namespace !== 'ECS/ContainerInsights') return;
    const row = this.#rowOf(ServiceName);
    if (row.publishes(metricName, series)) this.#periods.wake(row);
  }

  /**
   * Before what a round of the scheduler saw is forgotten: services whose tasks changed at this time.
   * @param rerouted those that get their requests otherwise than before.
   */
  observe(view: ClusterView, rerouted: Iterable<ServiceState>): void {
    if (this.#rows.size === 0) return;
    this.#seeNew(view);
    for (const service of view.changedServices) this.#see(view, service);
    for (const service of rerouted) this.#see(view, service);
  }

  #see(view: ClusterView, service: ServiceState): void {
    const row = this.#byNumber[service.number] ?? this.#numbered(service);
    // An active service is the only one of its name.
    if (row === undefined || (service.status !== 'ACTIVE' && view.services.get(service.name) !== service)) return;
    if (this.#settle(view.nowMs, row, service)) this.#periods.wake(row);
  }

  #numbered({ name, number }: ServiceState): UsageRow | undefined {
    const row = this.#rows.get(name);
    if (row !== undefined) this.#byNumber[number] = row;
    return row;
  }

  #settle(nowMs: number, row: UsageRow, service: ServiceState): boolean {
    const { ratesOf, inflowsOf } = this.#options;
    return row.settle(nowMs, service.deployments, ratesOf, inflowsOf(service));
  }

  /** Services that were there before their row. */
  #seeNew(view: ClusterView): void {
    if (this.#unseen.length === 0) return;
    for (const row of this.#unseen) {
      const service = view.services.get(row.name);
      if (service !== undefined) this.#settle(view.nowMs, row, service);
    }
    this.#unseen.length = 0;
  }

  /** CPU seconds a second that a service used in the period that ended last. */
  cpuPerSecondOf(service: string): number {
    return this.#rows.get(service)?.usedCpuPerSecond ?? 0;
  }

  /** When it has to be told of the time next, after `nowMs`. */
  nextMs(nowMs: number): number {
    return this.#periods.nextMs(nowMs);
  }

  /** Publishes what ended now. */
  publish(view: ClusterView): void {
    this.#seeNew(view);
    this.#periods.publish(view.nowMs, this.#metrics);
  }
}
