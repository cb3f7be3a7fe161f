/** One service's use of CPU and memory. Made by Usage. Invariant: nothing but its curves changes between two settlements. */
import type { DeploymentState } from '../cluster/state.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import type { Curve } from './curve.ts';
import type { Metrics } from './metrics.ts';
import { MINUTE_MS, type Series } from './series.ts';

/** Totals of a service, per second where they are rates. */
export interface Loads {
  readonly cpuSeconds?: Curve;
  readonly memoryMiB?: Curve;
  readonly requests?: Curve;
}

/** What one task has and uses. */
export interface Rates {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly cpuSecondsPerRequest: number;
  /** In use, where no load says it. */
  readonly usedMiB: number;
}

/** CPU units of a whole vCPU. */
const VCPU = 1024;

export class UsageRow {
  readonly name: string;
  readonly #loads: Loads;
  isAwake = false;
  /** Something other than its load changed in the running period, or the period is the first. */
  isDirty = true;
  resolutionMs = MINUTE_MS;
  /** CPU seconds a second that it used in the period that ended last. */
  usedCpuPerSecond = 0;
  #cpuSeries: Series | undefined;
  #memorySeries: Series | undefined;
  #countSeries: Series | undefined;
  #settledMs = 0;
  #running = 0;
  #reservedCpu = 0;
  #reservedMiB = 0;
  #cpuPerRequest = 0;
  #usedMiB = 0;
  // Of the running period: CPU seconds times 1000, CPU units and MiB times milliseconds.
  #cpu = 0;
  #memory = 0;
  #cpuReserved = 0;
  #memoryReserved = 0;

  constructor(name: string, loads: Loads) {
    this.name = name;
    this.#loads = loads;
  }

  /** @returns whether it is one of its metrics. */
  publishes(metricName: string, series: Series): boolean {
    if (metricName === 'CPUUtilization') this.#cpuSeries = series;
    else if (metricName === 'MemoryUtilization') this.#memorySeries = series;
    else if (metricName === 'RunningTaskCount') this.#countSeries = series;
    else return false;
    this.resolutionMs = Math.min(this.resolutionMs, series.resolutionMs);
    return true;
  }

  /** Its tasks changed at this time. @returns whether that matters. */
  settle(
    nowMs: number,
    deployments: readonly DeploymentState[],
    ratesOf: (definition: TaskDefinition) => Rates,
  ): boolean {
    let [running, cpu, memory, used, requestCpu] = [0, 0, 0, 0, 0];
    for (const { definition, running: count } of deployments) {
      const one = ratesOf(definition);
      running += count;
      cpu += count * one.cpuUnits;
      memory += count * one.memoryMiB;
      used += count * one.usedMiB;
      requestCpu += count * one.cpuSecondsPerRequest;
    }
    const perRequest = running === 0 ? 0 : requestCpu / running;
    const isSame =
      running === this.#running &&
      cpu === this.#reservedCpu &&
      memory === this.#reservedMiB &&
      used === this.#usedMiB &&
      perRequest === this.#cpuPerRequest;
    if (isSame) return false;
    // Of a sleeping row the periods before are told already.
    if (!this.isAwake) this.#settledMs = Math.max(this.#settledMs, nowMs - (nowMs % this.resolutionMs));
    this.#integrate(nowMs);
    this.#running = running;
    this.#reservedCpu = cpu;
    this.#reservedMiB = memory;
    this.#usedMiB = used;
    this.#cpuPerRequest = perRequest;
    return true;
  }

  /** Nothing is used while nothing runs. */
  #integrate(nowMs: number): void {
    const fromMs = this.#settledMs;
    this.#settledMs = nowMs;
    if (this.#running === 0 || fromMs === nowMs) return;
    const { cpuSeconds, memoryMiB, requests } = this.#loads;
    const elapsedMs = nowMs - fromMs;
    if (cpuSeconds !== undefined) this.#cpu += cpuSeconds.integral(fromMs, nowMs);
    if (requests !== undefined && this.#cpuPerRequest > 0)
      this.#cpu += this.#cpuPerRequest * requests.integral(fromMs, nowMs);
    if (this.#memorySeries !== undefined)
      this.#memory += memoryMiB === undefined ? this.#usedMiB * elapsedMs : memoryMiB.integral(fromMs, nowMs);
    this.#cpuReserved += this.#reservedCpu * elapsedMs;
    this.#memoryReserved += this.#reservedMiB * elapsedMs;
  }

  publish(nowMs: number, metrics: Metrics): void {
    // It has slept: all periods since were like the one before.
    if (this.#settledMs < nowMs - this.resolutionMs) this.#settledMs = nowMs - this.resolutionMs;
    this.#integrate(nowMs);
    if (this.#cpuSeries !== undefined)
      metrics.publishOne(this.#cpuSeries, nowMs, percent(this.#cpu * VCPU, this.#cpuReserved));
    if (this.#memorySeries !== undefined)
      metrics.publishOne(this.#memorySeries, nowMs, percent(this.#memory, this.#memoryReserved));
    if (this.#countSeries !== undefined) metrics.publishOne(this.#countSeries, nowMs, this.#running);
    this.usedCpuPerSecond = this.#cpu / this.resolutionMs;
    this.#cpu = 0;
    this.#memory = 0;
    this.#cpuReserved = 0;
    this.#memoryReserved = 0;
  }

  /** The period after one with a change differs from it; then all are alike until the load changes. */
  staysAwake(nowMs: number): boolean {
    const wasDirty = this.isDirty;
    this.isDirty = this.nextChangeMs(nowMs - 1) < nowMs + this.resolutionMs;
    return wasDirty || this.isDirty;
  }

  nextChangeMs(nowMs: number): number {
    const { cpuSeconds, memoryMiB, requests } = this.#loads;
    return Math.min(
      cpuSeconds?.nextChangeMs(nowMs) ?? Number.POSITIVE_INFINITY,
      memoryMiB?.nextChangeMs(nowMs) ?? Number.POSITIVE_INFINITY,
      requests?.nextChangeMs(nowMs) ?? Number.POSITIVE_INFINITY,
    );
  }
}

/** Rounded to 1e-11: the dust of doubles must not cross a threshold, nor a whole number of tasks. NaN when nothing was reserved. */
function percent(used: number, reserved: number): number {
  return reserved === 0 ? Number.NaN : Math.round((used / reserved) * 100e11) / 1e11;
}
