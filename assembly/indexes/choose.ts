// Which block index a request walks: the one over all instances, or, once its memberOf program proved to leave much of
// that out, one over the instances that satisfy the program. Few subsets are kept, since each placement updates them.
import { NONE } from "../abi";
import { hasBit } from "../bits/words";
import { evaluate, heatProgram, isDynamic } from "../cql/programs";
import { bitset, instanceCount, LIVE } from "../table/instances";
import { entry, INSTANCES, remembers, written } from "../table/journal";
import { addToIndex, empty, takeFromIndex } from "./blocks";
import { beginFilling, endFilling, fill } from "./filling";
import { WITH_INDEXES } from "./switch";
import { addIndex, fillingList, findIndex, indexCount, JOURNAL_POSITION } from "./members";

const WORTHWHILE = 256; // instances below which a scan is as fast
const HOT = 8; // walks in vain before a program gets an index of its own
const MOST_INDEXES = 8;

/** The index to walk, or 0 where a scan does better. */
export function chooseIndex(which: i32, memberOf: i32): usize {
  if (!WITH_INDEXES) return 0;
  if (memberOf != NONE && !isDynamic(memberOf)) {
    const subset = findIndex(which, memberOf);
    if (subset != 0 && catchUp(subset, evaluate(memberOf))) return subset;
  }
  const all = findIndex(which, NONE);
  if (all == 0 && instanceCount() < WORTHWHILE) return 0;
  if (all != 0) return fill(all, bitset(LIVE)) ? all : 0;
  const begun = begin(which, NONE, bitset(LIVE));
  return fillingList(begun) == 0 ? begun : 0;
}

/** A walk gave up: the program may deserve an index. */
export function walkedInVain(which: i32, memberOf: i32): void {
  if (memberOf == NONE || isDynamic(memberOf) || findIndex(which, memberOf) != 0) return;
  if (heatProgram(memberOf) < HOT || indexCount() >= MOST_INDEXES) return;
  begin(which, memberOf, evaluate(memberOf));
}

function begin(which: i32, program: i32, members: usize): usize {
  const index = addIndex(which, program);
  empty(index);
  beginFilling(index, members);
  store<u64>(index, written(INSTANCES), JOURNAL_POSITION);
  return index;
}

/**
 * Brings a subset up to date with the instances that came to satisfy its program, or no longer do.
 * @returns whether it may be asked.
 */
function catchUp(index: usize, members: usize): bool {
  const since = load<u64>(index, JOURNAL_POSITION);
  const now = written(INSTANCES);
  if (since == now) return fill(index, members);
  if (remembers(INSTANCES, since)) {
    for (let n = since; n < now; n++) {
      const slot = entry(INSTANCES, n);
      if (hasBit(members, slot)) addToIndex(index, slot);
      else takeFromIndex(index, slot);
    }
  } else {
    endFilling(index);
    empty(index);
    beginFilling(index, members);
  }
  store<u64>(index, now, JOURNAL_POSITION);
  return fill(index, members);
}
