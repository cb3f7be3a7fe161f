/** One service's use of CPU and memory. Made by Usage. Invariant: nothing but its curves changes between two settlements. */
import type { DeploymentState } from '../cluster/state.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import type { Curve } from './curve.ts';
import type { Metrics } from './metrics.ts';
import { cpuPercentOf, percentOf } from './percent.ts';
import { PeriodRow } from './period-row.ts';
import { MINUTE_MS, type Series } from './series.ts';
import type { SteadyRows } from './steady-rows.ts';

/** Totals of a service, per second where they are rates. */
export interface Loads {
  readonly cpuSeconds?: Curve;
  readonly memoryMiB?: Curve;
}

/** What one task has and uses. */
export interface Rates {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly cpuSecondsPerRequest: number;
  /** In use, where no load says it. */
  readonly usedMiB: number;
}

/** Requests of which a service's tasks get a part. */
export interface Inflow {
  readonly curve: Curve;
  /** What one of all these requests costs its tasks, those that go elsewhere included. */
  readonly cpuSecondsPerRequest: number;
}

export class UsageRow extends PeriodRow {
  readonly name: string;
  readonly #loads: Loads;
  readonly #steady: SteadyRows;
  /** CPU seconds times 1000 in the period that ended last. */
  #usedCpu = 0;
  #cpuSeries: Series | undefined;
  #memorySeries: Series | undefined;
  #countSeries: Series | undefined;
  #running = 0;
  #reservedCpu = 0;
  #reservedMiB = 0;
  #usedMiB = 0;
  #inflows: readonly Inflow[] = [];
  /** Looked up last. */
  #definition: TaskDefinition | undefined;
  #rates: Rates | undefined;
  // Of the running period: CPU seconds times 1000, CPU units and MiB times milliseconds.
  #cpu = 0;
  #memory = 0;
  #cpuReserved = 0;
  #memoryReserved = 0;

  constructor(name: string, loads: Loads, steady: SteadyRows) {
    super();
    this.name = name;
    this.#loads = loads;
    this.#steady = steady;
    const { cpuSeconds, memoryMiB } = loads;
    if (cpuSeconds?.wave !== undefined && memoryMiB === undefined) this.steadyRow = steady.add(cpuSeconds.wave);
  }

  /** CPU seconds a second that it used in the period that ended last. */
  get usedCpuPerSecond(): number {
    const isSteady = this.isSteady && this.steadyRow !== undefined;
    return (isSteady ? this.#steady.usedCpuOf(this.steadyRow as number) : this.#usedCpu) / this.resolutionMs;
  }

  /** @returns whether it is one of its metrics. */
  publishes(metricName: string, series: Series): boolean {
    if (metricName === 'CPUUtilization') this.#cpuSeries = series;
    else if (metricName === 'MemoryUtilization') this.#memorySeries = series;
    else if (metricName === 'RunningTaskCount') this.#countSeries = series;
    else return false;
    this.fitTo(series);
    return true;
  }

  /** Its tasks or requests changed at this time. @returns whether that matters. */
  settle(
    nowMs: number,
    deployments: readonly DeploymentState[],
    ratesOf: (definition: TaskDefinition) => Rates,
    inflows: readonly Inflow[],
  ): boolean {
    let running = 0;
    let cpu = 0;
    let memory = 0;
    let used = 0;
    for (const { definition, running: count } of deployments) {
      if (definition !== this.#definition) this.#rates = ratesOf(definition);
      this.#definition = definition;
      const one = this.#rates as Rates;
      running += count;
      cpu += count * one.cpuUnits;
      memory += count * one.memoryMiB;
      used += count * one.usedMiB;
    }
    const isSame =
      running === this.#running &&
      cpu === this.#reservedCpu &&
      memory === this.#reservedMiB &&
      used === this.#usedMiB &&
      areSame(inflows, this.#inflows);
    if (isSame) return false;
    this.catchUp(nowMs);
    this.#running = running;
    this.#reservedCpu = cpu;
    this.#reservedMiB = memory;
    this.#usedMiB = used;
    this.#inflows = inflows;
    return true;
  }

  /** Nothing is used while nothing runs. */
  protected override integrate(fromMs: number, toMs: number): void {
    if (this.#running === 0) return;
    const { cpuSeconds, memoryMiB } = this.#loads;
    const elapsedMs = toMs - fromMs;
    if (cpuSeconds !== undefined) this.#cpu += cpuSeconds.integral(fromMs, toMs);
    for (const { curve, cpuSecondsPerRequest } of this.#inflows)
      if (cpuSecondsPerRequest > 0) this.#cpu += cpuSecondsPerRequest * curve.integral(fromMs, toMs);
    if (this.#memorySeries !== undefined)
      this.#memory += memoryMiB === undefined ? this.#usedMiB * elapsedMs : memoryMiB.integral(fromMs, toMs);
    this.#cpuReserved += this.#reservedCpu * elapsedMs;
    this.#memoryReserved += this.#reservedMiB * elapsedMs;
  }

  protected override tell(nowMs: number, metrics: Metrics): void {
    if (this.#cpuSeries !== undefined)
      metrics.publishOne(this.#cpuSeries, nowMs, cpuPercentOf(this.#cpu, this.#cpuReserved));
    if (this.#memorySeries !== undefined)
      metrics.publishOne(this.#memorySeries, nowMs, percentOf(this.#memory, this.#memoryReserved));
    if (this.#countSeries !== undefined) metrics.publishOne(this.#countSeries, nowMs, this.#running);
    this.#usedCpu = this.#cpu;
    this.#cpu = 0;
    this.#memory = 0;
    this.#cpuReserved = 0;
    this.#memoryReserved = 0;
    if (this.#mayRest()) this.#rest();
  }

  /** Whether all that its next minute needs is told to the steady rows. */
  #mayRest(): boolean {
    if (this.steadyRow === undefined || this.#running === 0 || this.#inflows.length > 0) return false;
    const isOther = this.#memorySeries !== undefined || this.#countSeries !== undefined;
    return this.#cpuSeries !== undefined && !isOther && this.resolutionMs === MINUTE_MS;
  }

  #rest(): void {
    if (this.steadyRow === undefined || this.#cpuSeries === undefined) return;
    this.isSteady = true;
    this.#steady.settle(this.steadyRow, this.#cpuSeries.index, this.#reservedCpu, this.#usedCpu);
  }

  override disturb(toldMs: number): void {
    if (!this.isSteady || this.steadyRow === undefined) return;
    this.#usedCpu = this.#steady.usedCpuOf(this.steadyRow);
    this.#steady.disturb(this.steadyRow);
    super.disturb(toldMs);
  }

  override nextChangeMs(afterMs: number): number {
    const { cpuSeconds, memoryMiB } = this.#loads;
    let nextMs = Math.min(
      cpuSeconds?.nextChangeMs(afterMs) ?? Number.POSITIVE_INFINITY,
      memoryMiB?.nextChangeMs(afterMs) ?? Number.POSITIVE_INFINITY,
    );
    for (const { curve } of this.#inflows) nextMs = Math.min(nextMs, curve.nextChangeMs(afterMs));
    return nextMs;
  }
}

function areSame(some: readonly Inflow[], others: readonly Inflow[]): boolean {
  if (some.length !== others.length) return false;
  for (let k = 0; k < some.length; k++) {
    const one = some[k] as Inflow;
    const other = others[k] as Inflow;
    if (one.curve !== other.curve || one.cpuSecondsPerRequest !== other.cpuSecondsPerRequest) return false;
  }
  return true;
}
