/**
 * An alarm fleet around the rules for one alarm: plain lists, for the reference and for alarms with very many periods. Made
 * by Decisions.createFleet.
 */
import { EXTRA_PERIODS } from '../../assembly/abi.ts';
import { type Alarm, type AlarmState, parseAlarm } from './alarm.ts';
import type { AlarmFleet, Capacity, TrackedBy, WatchedAlarm } from './decisions.ts';
import type { TargetTrackingInput } from './target-tracking.ts';

interface Row {
  readonly alarm: WatchedAlarm;
  readonly tracked: TrackedBy | undefined;
  /** Oldest first, at most N + 2. */
  readonly window: (number | null)[];
  state: AlarmState;
  capacity: Capacity;
}

export interface FleetRules {
  evaluateAlarm(alarm: Alarm): AlarmState;
  targetTracking(input: TargetTrackingInput): number;
}

export function createListFleet(rules: FleetRules): AlarmFleet {
  return new ListFleet(rules);
}

class ListFleet implements AlarmFleet {
  readonly #rules: FleetRules;
  readonly #table: (Row | undefined)[] = [];
  readonly #free: number[] = [];
  rows = new Int32Array(16);
  values = new Float64Array(16);
  changed = new Int32Array(16);
  acting = new Int32Array(16);
  actingCount = 0;

  constructor(rules: FleetRules) {
    this.#rules = rules;
  }

  #row(row: number): Row {
    return this.#table[row] as Row;
  }

  add(alarm: WatchedAlarm, tracked?: TrackedBy): number {
    const row = this.#free.pop() ?? this.#table.length;
    const { previousState: state } = parseAlarm({ ...alarm, datapoints: [] });
    const capacity = { runningCount: 0, desiredCount: 0, minCapacity: 0, maxCapacity: 0 };
    this.#table[row] = { alarm, tracked, window: [], state, capacity };
    return row;
  }

  remove(row: number): void {
    this.#table[row] = undefined;
    this.#free.push(row);
  }

  setState(row: number, state: AlarmState): void {
    this.#row(row).state = state;
  }

  setCapacity(row: number, capacity: Capacity): void {
    this.#row(row).capacity = capacity;
  }

  reserve(count: number): void {
    if (this.rows.length >= count) return;
    this.rows = new Int32Array(2 * count);
    this.values = new Float64Array(2 * count);
    this.changed = new Int32Array(2 * count);
    this.acting = new Int32Array(2 * count);
  }

  evaluate(fresh: number, count: number): number {
    let changes = 0;
    this.actingCount = 0;
    for (let place = 0; place < count; place++) {
      const row = this.#row(this.rows[place] as number);
      const value = this.values[place] as number;
      if (place < fresh && this.#moves(row, value)) this.changed[changes++] = place;
      if (this.#asks(row, value)) this.acting[this.actingCount++] = place;
    }
    return changes;
  }

  #moves(row: Row, value: number): boolean {
    const { alarm, window, state: previousState } = row;
    window.push(Number.isNaN(value) ? null : value);
    if (window.length > alarm.evaluationPeriods + EXTRA_PERIODS) window.shift();
    row.state = this.#rules.evaluateAlarm({ ...alarm, datapoints: window, previousState } as Alarm);
    return row.state !== previousState;
  }

  #asks({ tracked, state, capacity }: Row, metricValue: number): boolean {
    if (tracked === undefined || state !== 'ALARM' || Number.isNaN(metricValue)) return false;
    const { runningCount, minCapacity, maxCapacity, desiredCount } = capacity;
    const { targetValue } = tracked;
    const wanted = this.#rules.targetTracking({ runningCount, metricValue, targetValue, minCapacity, maxCapacity });
    return tracked.isHigh ? wanted > desiredCount : wanted < desiredCount;
  }

  stateOf(row: number): AlarmState {
    return this.#row(row).state;
  }
}
