// Alarm fleet: alarms that are evaluated again and again. The last datapoints of each are two words of bits, the newest the
// lowest: which are there, and which breach. The host has the core to itself: its exchange buffer holds the columns.
import {
  ALARM_ALARM, ALARM_OK, EXTRA_PERIODS, FLEET_COUNT_MASK, FLEET_MISSING, FLEET_OPERATOR, FLEET_SIDE, FLEET_STATE, FLEET_TO_ALARM,
  SIDE_HIGH, SIDE_NONE,
} from "../abi";
import { exchange } from "../memory/arena";
import { real, reals, setWord, word, words } from "../memory/cells";
import { breaches, decidedState } from "./alarm";
import { trackedCapacity } from "./target-tracking";

/** Of a window with gaps. Older datapoints stand in for missing ones: the newest that are there, at most N. */
function patchedState(there: u64, breaching: u64, periods: i32, toAlarm: i32, missing: i32, before: i32): i32 {
  const range: u64 = ((<u64>1) << (periods + EXTRA_PERIODS)) - 1;
  let known = 0, count = 0, age = 0;
  for (let rest = there & range; rest != 0 && known < periods; rest &= rest - 1) {
    const k = <i32>ctz(rest);
    known++;
    age = k + 1;
    if ((breaching >> k) & 1) count++;
  }
  return decidedState(known, count, age, periods, toAlarm, missing, before);
}

/** Whether a policy asks for another capacity: its high alarm for more than desired, its low one for less. */
function asks(side: i32, running: i32, metric: f64, target: f64, least: i32, most: i32, desired: i32): bool {
  const wanted = trackedCapacity(running, metric, target, least, most);
  return side == SIDE_HIGH ? wanted > desired : wanted < desired;
}

/**
 * Columns of `capacity`: f64 thresholds, targets, u64 windows there and breaching by row, f64 values by place; i32 settings
 * (FLEET_*: a row is read from memory every minute, so they share a word), running, least, most and desired counts by row;
 * rows, changed, acting by place. The first `fresh` of `count` rows get a new datapoint, NaN a missing one. The places of those whose state
 * changed stand in `changed` then, of those in ALARM whose policy asks for something in `acting`. Returns how many changed;
 * how many act stands behind the last column.
 */
export function evaluateFleet(capacity: i32, fresh: i32, count: i32): i32 {
  const thresholds = exchange(0);
  const targets = thresholds + reals(capacity);
  const there = targets + reals(capacity);
  const breaching = there + reals(capacity);
  const values = breaching + reals(capacity);
  const settings = values + reals(capacity);
  const running = settings + words(capacity);
  const least = running + words(capacity);
  const most = least + words(capacity);
  const desired = most + words(capacity);
  const rows = desired + words(capacity);
  const changed = rows + words(capacity);
  const acting = changed + words(capacity);
  let changes = 0, acts = 0;
  for (let place = 0; place < count; place++) {
    const row = word(rows, place);
    const value = real(values, place);
    const packed = word(settings, row);
    let state = packed >>> FLEET_STATE;
    if (place < fresh) {
      const n = packed & FLEET_COUNT_MASK;
      const at = <usize>row << 3;
      const isThere = value == value;
      const breach = isThere && breaches(value, (packed >>> FLEET_OPERATOR) & 3, real(thresholds, row));
      const nowThere = (load<u64>(there + at) << 1) | u64(isThere);
      const nowBreaching = (load<u64>(breaching + at) << 1) | u64(breach);
      store<u64>(there + at, nowThere);
      store<u64>(breaching + at, nowBreaching);
      const before = state;
      const toAlarm = (packed >>> FLEET_TO_ALARM) & FLEET_COUNT_MASK;
      // Nearly always none is missing.
      const newest: u64 = ((<u64>1) << n) - 1;
      state = (nowThere & newest) == newest
        ? <i32>popcnt(nowBreaching & newest) >= toAlarm ? ALARM_ALARM : ALARM_OK
        : patchedState(nowThere, nowBreaching, n, toAlarm, (packed >>> FLEET_MISSING) & 3, before);
      if (state != before) {
        setWord(settings, row, (packed & ((1 << FLEET_STATE) - 1)) | (state << FLEET_STATE));
        setWord(changed, changes++, place);
      }
    }
    if (state != ALARM_ALARM || value != value) continue;
    const side = (packed >>> FLEET_SIDE) & 3;
    if (side == SIDE_NONE) continue;
    if (asks(side, word(running, row), value, real(targets, row), word(least, row), word(most, row), word(desired, row))) {
      setWord(acting, acts++, place);
    }
  }
  setWord(acting + words(capacity), 0, acts);
  return changes;
}
