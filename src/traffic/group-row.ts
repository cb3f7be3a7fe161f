/** One target group's requests and hosts. Made by RequestFlow. Invariant: nothing but its curves changes between two settlements. */
import type { TargetState } from '../cluster/state.ts';
import type { Curve } from '../metrics/curve.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { PeriodRow } from '../metrics/period-row.ts';
import type { Series } from '../metrics/series.ts';
import { receivers } from './requests.ts';

/** Requests of which the group gets a part. */
export interface Inlet {
  readonly curve: Curve;
  readonly part: number;
}

const METRICS = ['RequestCount', 'RequestCountPerTarget', 'HealthyHostCount', 'UnHealthyHostCount'] as const;
type MetricName = (typeof METRICS)[number];

export class GroupRow extends PeriodRow {
  readonly #series = new Map<MetricName, Series[]>();
  #inlets: readonly Inlet[] = [];
  #receiving = 0;
  #healthy = 0;
  #unhealthy = 0;
  #registered = 0;
  // Of the running period.
  #requests = 0;
  #perTarget = 0;

  /** @returns whether it is one of its metrics. */
  publishes(series: Series): boolean {
    const { namespace, metricName } = series.key;
    const name = METRICS.find((one) => one === metricName);
    // Network Load Balancers know flows, not requests.
    if (name === undefined || (namespace === 'AWS/NetworkELB' && name.startsWith('Request'))) return false;
    const known = this.#series.get(name) ?? [];
    if (!known.includes(series)) this.#series.set(name, [...known, series]);
    this.fitTo(series);
    return true;
  }

  /** Its targets or its requests changed at this time. */
  settle(nowMs: number, targets: ReadonlySet<TargetState>, inlets: readonly Inlet[]): void {
    this.catchUp(nowMs);
    this.#inlets = inlets;
    this.#receiving = receivers(targets).length;
    this.#registered = targets.size;
    this.#healthy = countOf(targets, 'healthy');
    this.#unhealthy = countOf(targets, 'unhealthy');
  }

  protected override integrate(fromMs: number, toMs: number): void {
    let requests = 0;
    for (const { curve, part } of this.#inlets) requests += (part * curve.integral(fromMs, toMs)) / 1000;
    this.#requests += requests;
    if (this.#receiving > 0) this.#perTarget += requests / this.#receiving;
  }

  /** Counts of requests only while some come, those of hosts only while some are registered (ELB guide, CloudWatch metrics). */
  protected override tell(nowMs: number, metrics: Metrics): void {
    const requests = cleaned(this.#requests);
    const perTarget = requests === 0 ? Number.NaN : cleaned(this.#perTarget);
    const none = this.#registered === 0;
    // Every request counts 1.
    const counted = { sum: requests, count: requests, minimum: Math.min(1, requests), maximum: Math.min(1, requests) };
    for (const one of this.#of('RequestCount')) metrics.publishTo(one, nowMs, counted);
    for (const one of this.#of('RequestCountPerTarget')) metrics.publishOne(one, nowMs, perTarget);
    for (const one of this.#of('HealthyHostCount')) metrics.publishOne(one, nowMs, none ? Number.NaN : this.#healthy);
    for (const one of this.#of('UnHealthyHostCount'))
      metrics.publishOne(one, nowMs, none ? Number.NaN : this.#unhealthy);
    this.#requests = 0;
    this.#perTarget = 0;
  }

  #of(name: MetricName): readonly Series[] {
    return this.#series.get(name) ?? [];
  }

  override nextChangeMs(afterMs: number): number {
    return this.#inlets.reduce(
      (nextMs, { curve }) => Math.min(nextMs, curve.nextChangeMs(afterMs)),
      Number.POSITIVE_INFINITY,
    );
  }
}

function countOf(targets: ReadonlySet<TargetState>, health: TargetState['health']): number {
  let count = 0;
  for (const one of targets) if (one.health === health) count++;
  return count;
}

/** The dust of doubles must not cross a threshold. */
function cleaned(requests: number): number {
  return Math.round(requests * 1e6) / 1e6;
}
