// Leaves of a CQL program for all instances at once: each sets its bits in an empty bitset as long as the instance table.
// Called by cql/machine. Bits of slots without an instance mean nothing.
import {
  COLUMN_REGISTERED_AT, COLUMN_RUNNING_TASKS, COMPARE_EQ, COMPARE_GE, COMPARE_GT, COMPARE_LE, COMPARE_LT, COMPARE_NE,
  LANES, OP_ACTIVE, OP_AGENT, OP_EQUALS, OP_FALSE, OP_GROUP, OP_IN, OP_MARKS, OP_PRESENT, OP_READY, OP_REGISTERED_AT,
  OP_RUNNING_TASKS, OP_TRUE,
} from "../abi";
import { below64u, equal64 } from "../bits/lanes";
import { copyWords, setBit, setWord, wordAt } from "../bits/words";
import { largestValue } from "../table/attributes";
import { gather, places, record, slotAt } from "../table/counts";
import { ACTIVE, AGENT, bitset, cell, lanesAt, READY, words } from "../table/instances";
import { selectAmong, selectEqual, selectPresent } from "../table/selections";
import { markBits } from "./marks";
import { setTable } from "./sets";

/** Bits of the instances for which the instruction `op a b` holds, one that takes nothing from the stack. */
export function sweep(op: i32, a: i32, b: i32, bits: usize): void {
  switch (op) {
    case OP_READY: return copyWords(bits, bitset(READY), words());
    case OP_ACTIVE: return copyWords(bits, bitset(ACTIVE), words());
    case OP_PRESENT: return selectPresent(a, bits);
    case OP_EQUALS: return selectEqual(a, b, bits);
    case OP_IN: return selectAmong(a, setTable(b, largestValue(a)), bits);
    case OP_AGENT: return agents(a, bits);
    case OP_REGISTERED_AT: return registeredAt(a, b, bits);
    case OP_RUNNING_TASKS: return runningTasks(a, b, bits);
    case OP_GROUP: return groups(a, bits);
    case OP_MARKS: return copyWords(bits, markBits(a), words());
    case OP_TRUE: return memory.fill(bits, 0xff, <usize>words() << 3);
  }
  assert(op == OP_FALSE, "opcode");
}

function agents(answers: i32, bits: usize): void {
  const connected = bitset(AGENT);
  const whenConnected: u64 = (answers & 2) != 0 ? ~(<u64>0) : 0;
  const whenNot: u64 = (answers & 1) != 0 ? ~(<u64>0) : 0;
  for (let w = 0, end = words(); w < end; w++) {
    setWord(bits, w, (wordAt(connected, w) & whenConnected) | (~wordAt(connected, w) & whenNot));
  }
}

/** The 64 lanes of a u32 column that compare so with the bound. */
function compare64(cells: usize, comparison: i32, bound: v128): u64 {
  if (comparison == COMPARE_EQ) return equal64(cells, bound);
  if (comparison == COMPARE_NE) return ~equal64(cells, bound);
  const below = below64u(cells, bound);
  if (comparison == COMPARE_LT) return below;
  if (comparison == COMPARE_GE) return ~below;
  const atMost = below | equal64(cells, bound);
  if (comparison == COMPARE_LE) return atMost;
  assert(comparison == COMPARE_GT, "comparison");
  return ~atMost;
}

/** False where the time is unknown (0). */
function registeredAt(comparison: i32, bound: i32, bits: usize): void {
  for (let w = 0, end = words(); w < end; w++) {
    const at = lanesAt(COLUMN_REGISTERED_AT, w);
    setWord(bits, w, compare64(at, comparison, i32x4.splat(bound)) & ~equal64(at, i32x4.splat(0)));
  }
}

const GATHERED: usize = memory.data(LANES * 4, 16);

/** The counts stand in the rows of the instances, not in a column. */
function runningTasks(comparison: i32, bound: i32, bits: usize): void {
  for (let w = 0, end = words(); w < end; w++) {
    for (let lane = 0; lane < LANES; lane++) {
      store<i32>(GATHERED + (<usize>lane << 2), cell(COLUMN_RUNNING_TASKS, (w << 6) + lane));
    }
    setWord(bits, w, compare64(GATHERED, comparison, i32x4.splat(bound)));
  }
}

function groups(group: i32, bits: usize): void {
  const counts = record(group);
  gather(counts);
  for (let p = 0, end = places(counts); p < end; p++) {
    if (slotAt(counts, p) >= 0) setBit(bits, slotAt(counts, p));
  }
}
