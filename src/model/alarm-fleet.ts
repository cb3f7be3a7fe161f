/**
 * An alarm fleet around any evaluator of one alarm: plain lists, for the reference and for alarms with very many periods.
 * Made by Decisions.createFleet.
 */
import { EXTRA_PERIODS } from '../../assembly/abi.ts';
import { type Alarm, type AlarmState, parseAlarm } from './alarm.ts';
import type { AlarmFleet, WatchedAlarm } from './decisions.ts';

interface Row {
  readonly alarm: WatchedAlarm;
  /** Oldest first, at most N + 2. */
  readonly window: (number | null)[];
  state: AlarmState;
}

export function createListFleet(evaluateAlarm: (alarm: Alarm) => AlarmState): AlarmFleet {
  const table: (Row | undefined)[] = [];
  const free: number[] = [];
  const fleet = {
    rows: new Int32Array(16),
    values: new Float64Array(16),
    changed: new Int32Array(16),
    add(alarm: WatchedAlarm): number {
      const row = free.pop() ?? table.length;
      const { previousState: state } = parseAlarm({ ...alarm, datapoints: [] });
      table[row] = { alarm, window: [], state };
      return row;
    },
    remove(row: number): void {
      table[row] = undefined;
      free.push(row);
    },
    setState(row: number, state: AlarmState): void {
      (table[row] as Row).state = state;
    },
    reserve(count: number): void {
      if (fleet.rows.length >= count) return;
      fleet.rows = new Int32Array(2 * count);
      fleet.values = new Float64Array(2 * count);
      fleet.changed = new Int32Array(2 * count);
    },
    evaluate(count: number): number {
      let found = 0;
      for (let k = 0; k < count; k++) {
        if (moves(table[fleet.rows[k] as number] as Row, fleet.values[k] as number)) fleet.changed[found++] = k;
      }
      return found;
    },
    stateOf: (row: number): AlarmState => (table[row] as Row).state,
  };
  const moves = (row: Row, value: number): boolean => {
    const { alarm, window, state: previousState } = row;
    window.push(Number.isNaN(value) ? null : value);
    if (window.length > alarm.evaluationPeriods + EXTRA_PERIODS) window.shift();
    row.state = evaluateAlarm({ ...alarm, datapoints: window, previousState } as Alarm);
    return row.state !== previousState;
  };
  return fleet;
}
