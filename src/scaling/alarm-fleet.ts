/**
 * Alarms that are evaluated again and again, by the core; those with very many periods, rare, as lists, each asked from the
 * core by itself. Made for each cluster. Invariant: rows from FIRST_LONG on are those of lists.
 */
import type { AlarmState } from '../model/alarm.ts';
import { createListFleet } from '../model/alarm-fleet.ts';
import type { AlarmFleet, Capacity, TrackedBy, WatchedAlarm } from '../model/decisions.ts';
import { WasmAlarmFleet } from '../wasm/alarm-fleet.ts';
import type { ModuleSource } from '../wasm/load.ts';
import { evaluateAlarm } from './alarm.ts';
import { targetTracking } from './target-tracking.ts';

const FIRST_LONG = 1 << 30;

export function createAlarmFleet(module?: ModuleSource): AlarmFleet {
  return new MixedFleet(new WasmAlarmFleet(module), createListFleet({ evaluateAlarm, targetTracking }));
}

interface Found {
  readonly changed: readonly number[];
  readonly acting: readonly number[];
}

/** What an evaluation takes and says, of both kinds together. */
interface Exchange {
  readonly rows: Int32Array;
  readonly values: Float64Array;
  readonly changed: Int32Array;
  readonly acting: Int32Array;
  readonly actingCount: number;
}

function exchangeOf(length: number): Exchange {
  const whole = (): Int32Array => new Int32Array(length);
  return { rows: whole(), values: new Float64Array(length), changed: whole(), acting: whole(), actingCount: 0 };
}

class MixedFleet implements AlarmFleet {
  readonly #short: AlarmFleet;
  readonly #long: AlarmFleet;
  #longCount = 0;
  /** While there are lists; without, the core's own is used as it is: copies take a tenth of an evaluation. */
  #both: Exchange | undefined;

  constructor(short: AlarmFleet, long: AlarmFleet) {
    this.#short = short;
    this.#long = long;
  }

  add(alarm: WatchedAlarm, tracked?: TrackedBy): number {
    if (WasmAlarmFleet.holds(alarm)) return this.#short.add(alarm, tracked);
    this.#longCount++;
    this.#both ??= exchangeOf(this.#short.rows.length);
    return FIRST_LONG + this.#long.add(alarm, tracked);
  }

  remove(row: number): void {
    if (row < FIRST_LONG) {
      this.#short.remove(row);
      return;
    }
    this.#longCount--;
    if (this.#longCount === 0) this.#both = undefined;
    this.#long.remove(row - FIRST_LONG);
  }

  get #exchange(): Exchange {
    return this.#both ?? this.#short;
  }

  get rows(): Int32Array {
    return this.#exchange.rows;
  }

  get values(): Float64Array {
    return this.#exchange.values;
  }

  get changed(): Int32Array {
    return this.#exchange.changed;
  }

  get acting(): Int32Array {
    return this.#exchange.acting;
  }

  get actingCount(): number {
    return this.#exchange.actingCount;
  }

  setState(row: number, state: AlarmState): void {
    if (row < FIRST_LONG) this.#short.setState(row, state);
    else this.#long.setState(row - FIRST_LONG, state);
  }

  setCapacity(row: number, capacity: Capacity): void {
    if (row < FIRST_LONG) this.#short.setCapacity(row, capacity);
    else this.#long.setCapacity(row - FIRST_LONG, capacity);
  }

  stateOf(row: number): AlarmState {
    return row < FIRST_LONG ? this.#short.stateOf(row) : this.#long.stateOf(row - FIRST_LONG);
  }

  reserve(count: number): void {
    if (this.#both === undefined) this.#short.reserve(count);
    else if (this.rows.length < count) this.#both = exchangeOf(2 * count);
  }

  evaluate(fresh: number, count: number): number {
    return this.#both === undefined ? this.#short.evaluate(fresh, count) : this.#evaluateBoth(this.#both, fresh, count);
  }

  #evaluateBoth(both: Exchange, fresh: number, count: number): number {
    const places = Array.from({ length: count }, (_, k) => k);
    const isLong = (k: number): boolean => (this.rows[k] as number) >= FIRST_LONG;
    const parts = [
      this.#part(
        this.#short,
        0,
        fresh,
        places.filter((k) => !isLong(k)),
      ),
      this.#part(this.#long, FIRST_LONG, fresh, places.filter(isLong)),
    ];
    const changed = parts.flatMap((part) => part.changed).sort((a, b) => a - b);
    const acting = parts.flatMap((part) => part.acting).sort((a, b) => a - b);
    both.changed.set(changed);
    both.acting.set(acting);
    this.#both = { ...both, actingCount: acting.length };
    return changed.length;
  }

  /** Places whose state changed, and those that act. */
  #part(fleet: AlarmFleet, first: number, fresh: number, places: readonly number[]): Found {
    fleet.reserve(places.length);
    places.forEach((place, k) => {
      fleet.rows[k] = (this.rows[place] as number) - first;
      fleet.values[k] = this.values[place] as number;
    });
    const changes = fleet.evaluate(places.filter((place) => place < fresh).length, places.length);
    const original = (k: number): number => places[k] as number;
    return {
      changed: Array.from(fleet.changed.subarray(0, changes), original),
      acting: Array.from(fleet.acting.subarray(0, fleet.actingCount), original),
    };
  }
}
