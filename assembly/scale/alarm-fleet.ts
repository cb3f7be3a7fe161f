// Alarm fleet: alarms that are evaluated again and again. The last datapoints of each are two words of bits, the newest the
// lowest: which are there, and which breach. The host has the core to itself: its exchange buffer holds the columns.
import { EXTRA_PERIODS } from "../abi";
import { exchange } from "../memory/arena";
import { real, reals, setWord, word, words } from "../memory/cells";
import { breaches, decidedState } from "./alarm";

function stateOf(there: u64, breaching: u64, periods: i32, toAlarm: i32, missing: i32, before: i32): i32 {
  const newest: u64 = ((<u64>1) << periods) - 1;
  if ((there & newest) == newest) {
    return decidedState(periods, <i32>popcnt(breaching & newest), periods, periods, toAlarm, missing, before);
  }
  // Older datapoints stand in for missing ones: the newest that are there, at most N.
  let known = 0, count = 0, age = 0;
  for (let rest = there; rest != 0 && known < periods; rest &= rest - 1) {
    const k = <i32>ctz(rest);
    known++;
    age = k + 1;
    if ((breaching >> k) & 1) count++;
  }
  return decidedState(known, count, age, periods, toAlarm, missing, before);
}

/**
 * Columns of `capacity`: f64 thresholds, u64 windows there and breaching by row, f64 values by place; i32 periods, datapoints
 * to alarm, operators, treatments, states by row, rows and changed by place. Evaluates the first `count` of rows with their
 * values, NaN a missing one; the places of those whose state changed stand in `changed` then. Returns how many.
 */
export function evaluateFleet(capacity: i32, count: i32): i32 {
  const thresholds = exchange(0);
  const there = thresholds + reals(capacity);
  const breaching = there + reals(capacity);
  const values = breaching + reals(capacity);
  const periods = values + reals(capacity);
  const toAlarm = periods + words(capacity);
  const operators = toAlarm + words(capacity);
  const missing = operators + words(capacity);
  const states = missing + words(capacity);
  const rows = states + words(capacity);
  const changed = rows + words(capacity);
  let changes = 0;
  for (let place = 0; place < count; place++) {
    const row = word(rows, place);
    const value = real(values, place);
    const n = word(periods, row);
    const at = <usize>row << 3;
    const range: u64 = ((<u64>1) << (n + EXTRA_PERIODS)) - 1;
    const isThere = value == value;
    const breach = isThere && breaches(value, word(operators, row), real(thresholds, row));
    const nowThere = ((load<u64>(there + at) << 1) | <u64>isThere) & range;
    const nowBreaching = ((load<u64>(breaching + at) << 1) | <u64>breach) & range;
    store<u64>(there + at, nowThere);
    store<u64>(breaching + at, nowBreaching);
    const before = word(states, row);
    const state = stateOf(nowThere, nowBreaching, n, word(toAlarm, row), word(missing, row), before);
    if (state == before) continue;
    setWord(states, row, state);
    setWord(changed, changes++, place);
  }
  return changes;
}
