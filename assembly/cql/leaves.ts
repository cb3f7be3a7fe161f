// Leaves of a CQL program: each answers one test for the 64 instances of a bitset word. Only the lanes asked for need be
// right, which spares the costly tests when a single instance changed. Called by cql/machine.
import {
  COLUMN_REGISTERED_AT, COLUMN_RUNNING_TASKS, COMPARE_EQ, COMPARE_GE, COMPARE_GT, COMPARE_LE, COMPARE_LT, COMPARE_NE,
  VALUE_NONE,
} from "../abi";
import { wordAt } from "../bits/words";
import { equal64 } from "../bits/lanes";
import { presence, settle, valueColumn } from "../table/attributes";
import { record, seatsOf } from "../table/counts";
import { AGENT, bitset, cell, column } from "../table/instances";
import { seats64 } from "../table/seats";
import { setHas } from "./sets";

export function present64(attribute: i32, word: i32): u64 {
  return wordAt(presence(settle(attribute)), word);
}

export function equals64(attribute: i32, value: i32, word: i32): u64 {
  const at = settle(attribute);
  const values = valueColumn(at);
  if (values != 0) return equal64(values + (<usize>word << 8), i32x4.splat(value));
  return value == VALUE_NONE ? wordAt(presence(at), word) : 0;
}

export function in64(attribute: i32, set: i32, word: i32, lanes: u64): u64 {
  const at = settle(attribute);
  const values = valueColumn(at);
  const here = wordAt(presence(at), word) & lanes;
  if (values == 0) return setHas(set, VALUE_NONE) ? here : 0;
  let answer: u64 = 0;
  for (let rest = here; rest != 0; rest &= rest - 1) {
    const value = load<i32>(values + (<usize>((word << 6) + <i32>ctz(rest)) << 2));
    if (setHas(set, value)) answer |= rest & (0 - rest);
  }
  return answer;
}

export function agent64(answers: i32, word: i32): u64 {
  const connected = wordAt(bitset(AGENT), word);
  const whenConnected: u64 = (answers & 2) != 0 ? connected : 0;
  return whenConnected | ((answers & 1) != 0 ? ~connected : 0);
}

function compares(comparison: i32, a: u32, b: u32): bool {
  if (comparison == COMPARE_EQ) return a == b;
  if (comparison == COMPARE_NE) return a != b;
  if (comparison == COMPARE_LT) return a < b;
  if (comparison == COMPARE_LE) return a <= b;
  if (comparison == COMPARE_GT) return a > b;
  assert(comparison == COMPARE_GE, "comparison");
  return a >= b;
}

function compareColumn(which: i32, comparison: i32, bound: u32, word: i32, lanes: u64): u64 {
  let answer: u64 = 0;
  for (let rest = lanes; rest != 0; rest &= rest - 1) {
    if (compares(comparison, <u32>cell(which, (word << 6) + <i32>ctz(rest)), bound)) answer |= rest & (0 - rest);
  }
  return answer;
}

/** False where the time is unknown (0). */
export function registeredAt64(comparison: i32, bound: i32, word: i32, lanes: u64): u64 {
  const unknown = equal64(column(COLUMN_REGISTERED_AT) + (<usize>word << 8), i32x4.splat(0));
  return compareColumn(COLUMN_REGISTERED_AT, comparison, <u32>bound, word, lanes & ~unknown);
}

export function runningTasks64(comparison: i32, bound: i32, word: i32, lanes: u64): u64 {
  return compareColumn(COLUMN_RUNNING_TASKS, comparison, <u32>bound, word, lanes);
}

export function group64(group: i32, word: i32): u64 {
  return seats64(seatsOf(record(group)), word);
}
