/**
 * A fleet of alarms in a core of its own, whose exchange buffer is its table. Made by src/scaling for each cluster.
 * Invariant: rows of removed alarms have empty windows and are given again, lowest first.
 */
import {
  FLEET_MISSING,
  FLEET_OPERATOR,
  FLEET_PERIODS,
  FLEET_SIDE,
  FLEET_STATE,
  FLEET_TO_ALARM,
  SIDE_HIGH,
  SIDE_LOW,
  SIDE_NONE,
} from '../../assembly/abi.ts';
import { ALARM_STATES, type AlarmState, COMPARISON_OPERATORS, MISSING_DATA_TREATMENTS } from '../model/alarm.ts';
import type { AlarmFleet, Capacity, TrackedBy, WatchedAlarm } from '../model/decisions.ts';
import type { Core } from './core.ts';
import { Guard } from './guard.ts';
import { loadCore, type ModuleSource } from './load.ts';
import { Views } from './views.ts';

const LEAST_CAPACITY = 64;
/** By column, in the order of the core: five of 8 bytes, eight of 4. */
const WIDE = 5;
const NARROW = 8;

export class WasmAlarmFleet implements AlarmFleet {
  readonly #core: Core;
  readonly #views: Views;
  readonly #guard = new Guard();
  readonly #free: number[] = [];
  #capacity = 0;
  #rowCount = 0;
  #thresholds: Float64Array = new Float64Array(0);
  #targets: Float64Array = new Float64Array(0);
  #windows: readonly Float64Array[] = [];
  #settings: Int32Array = new Int32Array(0);
  #capacities: readonly Int32Array[] = [];
  values: Float64Array = new Float64Array(0);
  rows: Int32Array = new Int32Array(0);
  changed: Int32Array = new Int32Array(0);
  acting: Int32Array = new Int32Array(0);
  #acts: Int32Array = new Int32Array(1);

  /** @throws BayplanException MODULE_INVALID, ABI_MISMATCH */
  constructor(module?: ModuleSource) {
    this.#core = loadCore(module);
    this.#core.init(0);
    this.#views = new Views(this.#core);
    this.#grow(LEAST_CAPACITY);
  }

  /** Whether an alarm's window fits into a word. */
  static holds({ evaluationPeriods }: WatchedAlarm): boolean {
    return evaluationPeriods <= FLEET_PERIODS;
  }

  #grow(capacity: number): void {
    this.#guard.run(() => {
      const kept = this.#columns().map((column) => column.slice());
      this.#views.exchange(capacity * (WIDE * 8 + NARROW * 4) + 4);
      this.#capacity = capacity;
      this.#take();
      this.#columns().forEach((column, k) => {
        column.fill(0);
        const before = kept[k];
        if (before !== undefined) column.set(before as Float64Array & Int32Array);
      });
    });
  }

  #columns(): (Float64Array | Int32Array)[] {
    return [
      this.#thresholds,
      this.#targets,
      ...this.#windows,
      this.values,
      this.#settings,
      ...this.#capacities,
      this.rows,
      this.changed,
      this.acting,
    ];
  }

  /** Views on the columns, after they moved. */
  #take(): void {
    const capacity = this.#capacity;
    const wide = (k: number): Float64Array => this.#views.doublesAt(k * capacity * 8, capacity);
    const narrow = (k: number, length = capacity): Int32Array =>
      this.#views.wordsAt((WIDE * 8 + k * 4) * capacity, length);
    this.#thresholds = wide(0);
    this.#targets = wide(1);
    this.#windows = [wide(2), wide(3)];
    this.values = wide(4);
    this.#settings = narrow(0);
    this.#capacities = [narrow(1), narrow(2), narrow(3), narrow(4)];
    this.rows = narrow(5);
    this.changed = narrow(6);
    this.acting = narrow(7);
    this.#acts = narrow(8, 1);
  }

  add(alarm: WatchedAlarm, tracked?: TrackedBy): number {
    const row = this.#free.pop() ?? this.#rowCount++;
    if (row >= this.#capacity) this.#grow(2 * this.#capacity);
    this.#thresholds[row] = alarm.threshold;
    this.#targets[row] = tracked?.targetValue ?? 0;
    for (const window of this.#windows) window[row] = 0;
    const side = tracked === undefined ? SIDE_NONE : tracked.isHigh ? SIDE_HIGH : SIDE_LOW;
    this.#settings[row] =
      alarm.evaluationPeriods |
      (alarm.datapointsToAlarm << FLEET_TO_ALARM) |
      (COMPARISON_OPERATORS.indexOf(alarm.comparisonOperator) << FLEET_OPERATOR) |
      (MISSING_DATA_TREATMENTS.indexOf(alarm.treatMissingData) << FLEET_MISSING) |
      (side << FLEET_SIDE);
    this.setState(row, alarm.previousState);
    return row;
  }

  remove(row: number): void {
    this.#free.push(row);
  }

  setState(row: number, state: AlarmState): void {
    const rest = (this.#settings[row] as number) & ((1 << FLEET_STATE) - 1);
    this.#settings[row] = rest | (ALARM_STATES.indexOf(state) << FLEET_STATE);
  }

  setCapacity(row: number, { runningCount, minCapacity, maxCapacity, desiredCount }: Capacity): void {
    const [running, least, most, desired] = this.#capacities as readonly [
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    running[row] = runningCount;
    least[row] = minCapacity;
    most[row] = maxCapacity;
    desired[row] = desiredCount;
  }

  reserve(count: number): void {
    let capacity = this.#capacity;
    while (capacity < count) capacity *= 2;
    if (capacity > this.#capacity) this.#grow(capacity);
  }

  get actingCount(): number {
    return this.#acts[0] as number;
  }

  evaluate(fresh: number, count: number): number {
    this.#guard.check();
    try {
      return this.#core.evaluateFleet(this.#capacity, fresh, count);
    } catch (error) {
      return this.#guard.caught(error);
    }
  }

  stateOf(row: number): AlarmState {
    return ALARM_STATES[(this.#settings[row] as number) >>> FLEET_STATE] as AlarmState;
  }
}
