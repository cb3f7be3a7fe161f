/**
 * CloudWatch of one cluster: series that publishers write, alarms that are evaluated. Made by the run; control/minute
 * ticks it. Other parts publish with `publish` and make alarms in the cluster's table. Invariant: what does not change is
 * not looked at.
 */

import { EXTRA_PERIODS } from '../../assembly/abi.ts';
import type { MetricAlarmState, StatisticValues } from '../cluster/alarm-state.ts';
import type { Command } from '../cluster/commands.ts';
import type { ClusterView, ServiceState } from '../cluster/state.ts';
import type { AlarmFleet } from '../model/decisions.ts';
import type { MetricKey, MetricSource } from '../model/metric.ts';
import { Catalogue } from './catalogue.ts';
import { Due } from './due.ts';
import { reasonOf } from './reason.ts';
import { joined, MINUTE_MS, type Series } from './series.ts';
import { SEVERAL_READERS } from './series-table.ts';
import { Tracked } from './tracked.ts';
import { Firing, rowAt, scalesBy, type WatchedByMetrics } from './watched.ts';

const FAST_MS = 10_000;

export interface MetricsOptions {
  readonly fleet: AlarmFleet;
  /** Whether all alarms of target tracking are told of while they are in ALARM, or only those that ask for something. */
  readonly tellsAll: boolean;
  /** Every new datapoint that differs from the one before. */
  readonly onDatapoint?: ((series: Series, atMs: number) => void) | undefined;
}

export class Metrics {
  readonly #fleet: AlarmFleet;
  readonly #tellsAll: boolean;
  readonly #onDatapoint: MetricsOptions['onDatapoint'];
  readonly #catalogue = new Catalogue();
  readonly #sources = this.#catalogue.sources;
  readonly #watched = new Map<MetricAlarmState, WatchedByMetrics>();
  /** Alarms of the running evaluation. */
  readonly #due: Due;
  /** Alarms of target tracking by service. */
  readonly #tracked = new Map<string, Tracked>();
  /** The same by the service's number: names are slower to look up. */
  readonly #trackedByNumber: (Tracked | undefined)[] = [];
  /** Those that ask for another capacity, or may do so since their service changed. */
  readonly #asking: WatchedByMetrics[] = [];
  /** Those that have just changed. */
  readonly #changed: WatchedByMetrics[] = [];
  /** In ALARM with scaling actions: these come again every minute. */
  readonly #firing = new Set<WatchedByMetrics>();
  /** Custom metrics with a datapoint in the last period: without a next one they go missing. */
  #custom: Series[] = [];

  constructor({ fleet, tellsAll, onDatapoint }: MetricsOptions) {
    this.#fleet = fleet;
    this.#due = new Due(fleet);
    this.#tellsAll = tellsAll;
    this.#onDatapoint = onDatapoint;
  }

  /** Calls back for every series there will be, and when its resolution changes: publishers may work only for these. */
  onSeries(listener: (series: Series) => void): void {
    this.#catalogue.onSeries(listener);
  }

  seriesOf(key: MetricKey): Series {
    return this.#catalogue.seriesOf(key);
  }

  /** Calls back for every value that differs from the one before, with an alarm or without; NaN is none. */
  measure(given: MetricSource, listener: (atMs: number, value: number) => void): void {
    const source = this.#catalogue.sourceOf(given);
    source.listeners.push(listener);
    source.note();
    this.#sources.wake(source.index);
  }

  /**
   * The datapoint of the period that ends now; a series that nobody publishes to repeats its last one.
   * @param value undefined: no datapoint, missing until the next.
   */
  publish(key: MetricKey, atMs: number, value: number | StatisticValues | undefined): void {
    const series = this.seriesOf(key);
    if (typeof value === 'object') this.publishTo(series, atMs, value);
    else this.publishOne(series, atMs, value ?? Number.NaN);
  }

  publishTo(series: Series, atMs: number, values: StatisticValues): void {
    if (series.set(values)) this.#note(series.index, atMs);
  }

  /** One sample; NaN for none. */
  publishOne({ index }: Series, atMs: number, value: number): void {
    this.publishAt(index, atMs, value);
  }

  /** The same of a series by its row. */
  publishAt(row: number, atMs: number, value: number): void {
    if (this.#catalogue.table.setOne(row, value)) this.#note(row, atMs);
  }

  #note(row: number, atMs: number): void {
    const reader = this.#catalogue.table.readerOf(row);
    if (reader >= 0) this.#sources.wake(reader);
    else if (reader === SEVERAL_READERS)
      for (const { index } of this.#catalogue.seriesAt(row).sources) this.#sources.wake(index);
    this.#onDatapoint?.(this.#catalogue.seriesAt(row), atMs);
  }

  /** When the next evaluation is due, after `nowMs`; `Infinity` while all sleeps. */
  nextMs(view: ClusterView): number {
    const isIdle = this.#sources.awakeCount + this.#firing.size + this.#asking.length + this.#custom.length === 0;
    if (isIdle && view.changedAlarms.size === 0 && view.metricData.length === 0) return Number.POSITIVE_INFINITY;
    const stepMs = this.#catalogue.isFast && this.#sources.isFast ? FAST_MS : MINUTE_MS;
    return (Math.floor(view.nowMs / stepMs) + 1) * stepMs;
  }

  /** Takes up the alarms that were made, changed or deleted; those it knows may come again. */
  follow(view: ClusterView): void {
    for (const alarm of view.changedAlarms) {
      const watched = this.#watched.get(alarm);
      const isThere = view.metricAlarms.get(alarm.settings.alarmName) === alarm;
      if (!isThere && watched !== undefined) this.#drop(watched);
      else if (isThere && watched === undefined) this.#watch(view, alarm);
      else if (watched !== undefined) this.#setByHand(watched);
    }
  }

  /** A service's alarms of target tracking know its capacity. */
  #track(view: ClusterView, watched: WatchedByMetrics): void {
    const { tracked } = watched.alarm;
    if (tracked === undefined) return;
    const { serviceName } = tracked.target;
    const known = this.#tracked.get(serviceName) ?? new Tracked();
    this.#tracked.set(serviceName, known);
    known.add(watched);
    const service = view.services.get(serviceName);
    if (service === undefined) return;
    known.sees(service);
    this.#tellCapacity(watched, known);
  }

  #tellCapacity({ rows }: WatchedByMetrics, known: Tracked): void {
    for (let k = 0; k < rows.length; k++) this.#fleet.setCapacity(rows[k] as number, known);
  }

  #ask(watched: WatchedByMetrics): void {
    if (watched.isAsking) return;
    watched.isAsking = true;
    this.#asking.push(watched);
  }

  /** Before what a round of the scheduler saw is forgotten. */
  observe(view: ClusterView): void {
    if (this.#tracked.size === 0) return;
    for (const service of view.changedServices) {
      const known = this.#trackedByNumber[service.number] ?? this.#numbered(service);
      // An active service is the only one of its name.
      if (known === undefined || (service.status !== 'ACTIVE' && view.services.get(service.name) !== service)) continue;
      if (!known.sees(service)) continue;
      for (const watched of known.alarms) {
        this.#tellCapacity(watched, known);
        if (watched.alarm.stateValue === 'ALARM') this.#ask(watched);
      }
    }
  }

  #numbered({ name, number }: ServiceState): Tracked | undefined {
    const known = this.#tracked.get(name);
    if (known !== undefined) this.#trackedByNumber[number] = known;
    return known;
  }

  #watch(view: ClusterView, alarm: MetricAlarmState): void {
    const { settings, stateValue } = alarm;
    const source = this.#catalogue.sourceOf(settings.source);
    const add = (): number => this.#fleet.add({ ...settings, previousState: stateValue }, alarm.tracked);
    const rows = Array.from({ length: source.phases }, add);
    const firing = new Firing(alarm);
    const watched = {
      alarm,
      source,
      rows,
      scales: scalesBy(alarm),
      firing,
      isChanged: false,
      hasChanged: false,
      isAsking: false,
    };
    source.alarms.push(watched);
    source.range = Math.max(source.range, (settings.evaluationPeriods + EXTRA_PERIODS) * source.phases);
    source.note();
    this.#due.forget();
    this.#watched.set(alarm, watched);
    this.#track(view, watched);
    this.#sources.wake(source.index);
    this.#setByHand(watched);
  }

  #drop(watched: WatchedByMetrics): void {
    for (const row of watched.rows) this.#fleet.remove(row);
    this.#watched.delete(watched.alarm);
    this.#firing.delete(watched);
    if (watched.isAsking) this.#asking.splice(this.#asking.indexOf(watched), 1);
    this.#tracked.get(watched.alarm.tracked?.target.serviceName ?? '')?.drop(watched);
    watched.source.alarms.splice(watched.source.alarms.indexOf(watched), 1);
    watched.source.note();
    this.#due.forget();
  }

  /** SetAlarmState, or a replaced alarm: its state stands until the next evaluation. */
  #setByHand(watched: WatchedByMetrics): void {
    for (const row of watched.rows) this.#fleet.setState(row, watched.alarm.stateValue);
    this.#noteFiring(watched);
    this.#sources.wake(watched.source.index);
  }

  #noteFiring(watched: WatchedByMetrics): void {
    const { stateValue, tracked } = watched.alarm;
    const isLeft = tracked === undefined || this.#tellsAll;
    if (stateValue === 'ALARM' && watched.scales && isLeft) this.#firing.add(watched);
    else this.#firing.delete(watched);
  }

  /** PutMetricData's datapoints of the period that ends now. */
  publishData(view: ClusterView): void {
    const { nowMs, metricData } = view;
    const gathered = new Map<Series, StatisticValues>();
    for (const { key, values } of metricData) {
      const series = this.seriesOf(key);
      const known = gathered.get(series);
      gathered.set(series, known === undefined ? values : joined(known, values));
    }
    for (const series of this.#custom) if (!gathered.has(series)) this.publishOne(series, nowMs, Number.NaN);
    for (const [series, values] of gathered) this.publishTo(series, nowMs, values);
    this.#custom = [...gathered.keys()];
  }

  /** Evaluates what is awake. @returns the changes of state, to be applied before the actions run. */
  evaluate(view: ClusterView): Command[] {
    const { nowMs } = view;
    const due = this.#due;
    due.begin(this.#watched.size);
    this.#sources.gather(nowMs, due);
    const fresh = due.count;
    for (const one of this.#asking) if (one.source.readMs !== nowMs) due.add(one, nowMs);
    const changes = this.#fleet.evaluate(fresh, due.count);
    const commands: Command[] = [];
    for (let k = 0; k < changes; k++) {
      const watched = due.at(this.#fleet.changed[k] as number);
      const stateValue = this.#fleet.stateOf(rowAt(watched, nowMs));
      const reason = view.sink.isOpen ? reasonOf(view, watched, stateValue) : undefined;
      this.#noteChanged(watched);
      commands.push({ type: 'ChangeAlarm', alarm: watched.alarm, stateValue, reason });
    }
    for (const one of this.#asking) one.isAsking = false;
    this.#asking.length = 0;
    for (let k = 0; k < this.#fleet.actingCount; k++) this.#ask(due.at(this.#fleet.acting[k] as number));
    return commands;
  }

  /** Its actions run at the evaluation of now, whether that changes it or not. */
  noteSetByHand(alarm: MetricAlarmState): void {
    const watched = this.#watched.get(alarm);
    if (watched !== undefined) this.#noteChanged(watched);
  }

  #noteChanged(watched: WatchedByMetrics): void {
    if (watched.isChanged) return;
    watched.isChanged = true;
    watched.hasChanged = true;
    this.#changed.push(watched);
  }

  /** The actions that run now: those of alarms that have just changed first. */
  actions(nowMs: number): Firing[] {
    const firings: Firing[] = [];
    for (const watched of this.#changed) {
      const isTold = this.#tellsAll || watched.alarm.tracked === undefined;
      if (isTold) this.#noteFiring(watched);
      if (isTold || watched.isAsking) firings.push(told(watched));
    }
    for (const watched of this.#firing) if (runsAgain(watched, nowMs)) firings.push(told(watched));
    if (!this.#tellsAll) for (const watched of this.#asking) if (runsAgain(watched, nowMs)) firings.push(told(watched));
    for (const watched of this.#changed) watched.isChanged = false;
    this.#changed.length = 0;
    return firings;
  }
}

function told(watched: WatchedByMetrics): Firing {
  watched.firing.tell(watched);
  return watched.firing;
}

/** Once in a period, once a minute at least. */
function runsAgain({ isChanged, source }: WatchedByMetrics, nowMs: number): boolean {
  return !isChanged && nowMs % source.stepMs === 0;
}
