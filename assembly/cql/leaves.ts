// Leaves of a CQL program for one instance: what a program costs when a single instance changed. Called by cql/machine;
// cql/sweeps answers the same tests for all instances.
import {
  COLUMN_REGISTERED_AT, COLUMN_RUNNING_TASKS, COMPARE_EQ, COMPARE_GE, COMPARE_GT, COMPARE_LE, COMPARE_LT, COMPARE_NE,
  OP_ACTIVE, OP_AGENT, OP_EQUALS, OP_FALSE, OP_GROUP, OP_IN, OP_MARKS, OP_PRESENT, OP_READY, OP_REGISTERED_AT,
  OP_RUNNING_TASKS, OP_TRUE, VALUE_MISSING,
} from "../abi";
import { hasBit } from "../bits/words";
import { attributeValue } from "../table/attributes";
import { count } from "../table/counts";
import { ACTIVE, AGENT, bitset, cell, READY } from "../table/instances";
import { markBits } from "./marks";
import { setHas } from "./sets";

export function compares(comparison: i32, a: u32, b: u32): bool {
  if (comparison == COMPARE_EQ) return a == b;
  if (comparison == COMPARE_NE) return a != b;
  if (comparison == COMPARE_LT) return a < b;
  if (comparison == COMPARE_LE) return a <= b;
  if (comparison == COMPARE_GT) return a > b;
  assert(comparison == COMPARE_GE, "comparison");
  return a >= b;
}

/** False where the time is unknown (0). */
function registeredAt(comparison: i32, bound: i32, slot: i32): bool {
  const seconds = cell(COLUMN_REGISTERED_AT, slot);
  return seconds != 0 && compares(comparison, <u32>seconds, <u32>bound);
}

/** Answer of the instruction `op a b`, one that takes nothing from the stack. */
export function holds(op: i32, a: i32, b: i32, slot: i32): bool {
  switch (op) {
    case OP_READY: return hasBit(bitset(READY), slot);
    case OP_ACTIVE: return hasBit(bitset(ACTIVE), slot);
    case OP_PRESENT: return attributeValue(slot, a) != VALUE_MISSING;
    case OP_EQUALS: return attributeValue(slot, a) == b;
    case OP_IN: return setHas(b, attributeValue(slot, a));
    case OP_AGENT: return (a & (hasBit(bitset(AGENT), slot) ? 2 : 1)) != 0;
    case OP_REGISTERED_AT: return registeredAt(a, b, slot);
    case OP_RUNNING_TASKS: return compares(a, <u32>cell(COLUMN_RUNNING_TASKS, slot), <u32>b);
    case OP_GROUP: return count(a, slot) > 0;
    case OP_MARKS: return hasBit(markBits(a), slot);
    case OP_TRUE: return true;
  }
  assert(op == OP_FALSE, "opcode");
  return false;
}
