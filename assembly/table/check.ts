// Check: the invariants of the whole table, recomputed from the records. Run by tests after every command and offered to
// users as engine.check(); nothing in a decision calls it.
import {
  COLUMN_FIRST_TASK, COLUMN_PENDING_TASKS, COLUMN_REMAINING_CPU, COLUMN_REMAINING_ENI, COLUMN_REMAINING_GPU,
  COLUMN_REMAINING_MEMORY, COLUMN_RESERVED_PORTS, COLUMN_RUNNING_TASKS, COLUMN_TOTAL_CPU, COLUMN_TOTAL_ENI,
  COLUMN_TOTAL_GPU, COLUMN_TOTAL_MEMORY, NONE, TASK_DEMAND, TASK_DESIRED_STOPPED, TASK_NEXT, TASK_SLOT, TASK_STATUS,
  TASK_STOPPED,
} from "../abi";
import { hasBit } from "../bits/words";
import { setsAreSound } from "./capabilities";
import { countAt, entries, groupCount, isLoose, places, record, seatsAreSound, slotAt, total } from "./counts";
import { cpuOf, demandAt, eniOf, gpuOf, memoryOf, portOf, portsOf } from "./demands";
import { domainsAreSound } from "./domains";
import { miscountedAttribute } from "./holders";
import { ACTIVE, AGENT, bitset, capacity, cell, instanceCount, isLive, LIVE, READY, slots, withinTotals } from "./instances";
import { portCount, portKey, portUsed } from "./ports";
import { residentCells } from "./residents";
import { field, taskAt } from "./tasks";

// Kinds of broken invariants; the answer is kind | slot or group << 4.
export const SOUND = 0;
export const BROKEN_TOTALS = 1;
export const BROKEN_TASKS = 2;
export const BROKEN_PORTS = 3;
export const BROKEN_READY = 4;
export const BROKEN_FREE_SLOT = 5;
export const BROKEN_GROUP = 6;
export const BROKEN_DOMAINS = 7;
export const BROKEN_COUNT = 8;
export const BROKEN_INDEX = 9; // told by the entry, which knows the indexes
export const BROKEN_ATTRIBUTE = 10;
export const BROKEN_SETS = 11;

function broken(kind: i32, which: i32): i32 {
  return kind | (which << 4);
}

/** SOUND, or the first broken invariant. */
export function check(): i32 {
  let live = 0;
  for (let slot = 0, end = slots(); slot < end; slot++) {
    const kind = isLive(slot) ? checkInstance(slot) : checkFreeSlot(slot);
    if (kind != SOUND) return broken(kind, slot);
    if (isLive(slot)) live++;
  }
  if (live != instanceCount() || slots() > capacity()) return broken(BROKEN_COUNT, live);
  for (let group = 0, end = groupCount(); group < end; group++) {
    if (!groupIsSound(group)) return broken(BROKEN_GROUP, group);
    if (!domainsAreSound(group)) return broken(BROKEN_DOMAINS, group);
  }
  if (residentCells() != looseTasks()) return broken(BROKEN_GROUP, groupCount());
  if (miscountedAttribute() != NONE) return broken(BROKEN_ATTRIBUTE, miscountedAttribute());
  return setsAreSound() ? SOUND : broken(BROKEN_SETS, 0);
}

function checkInstance(slot: i32): i32 {
  if (!withinTotals(slot) || cell(COLUMN_RUNNING_TASKS, slot) < 0 || cell(COLUMN_PENDING_TASKS, slot) < 0) {
    return BROKEN_TOTALS;
  }
  if (hasBit(bitset(READY), slot) != (hasBit(bitset(ACTIVE), slot) && hasBit(bitset(AGENT), slot))) return BROKEN_READY;
  if (portsInUse(slot) != cell(COLUMN_RESERVED_PORTS, slot)) return BROKEN_PORTS;
  return tasksAreSound(slot) ? SOUND : BROKEN_TASKS;
}

function checkFreeSlot(slot: i32): i32 {
  const clean =
    cell(COLUMN_REMAINING_CPU, slot) == -1 && cell(COLUMN_RESERVED_PORTS, slot) == 0 && portsInUse(slot) == 0 &&
    !hasBit(bitset(LIVE), slot) && !hasBit(bitset(READY), slot);
  return clean ? SOUND : BROKEN_FREE_SLOT;
}

function portsInUse(slot: i32): i32 {
  let used = 0;
  for (let n = 0, end = portCount(); n < end; n++) used += <i32>portUsed(slot, portKey(n));
  return used;
}

/** The records of an instance that hold resources never hold more than is taken, and their ports are marked. */
function tasksAreSound(slot: i32): bool {
  let cpu: i64 = 0, memory: i64 = 0, gpu: i64 = 0, eni: i64 = 0, active = 0;
  for (let n = cell(COLUMN_FIRST_TASK, slot); n != NONE; n = field(taskAt(n), TASK_NEXT)) {
    const task = taskAt(n);
    const demand = demandAt(field(task, TASK_DEMAND));
    const status = field(task, TASK_STATUS);
    if (field(task, TASK_SLOT) != slot || (status & ~TASK_DESIRED_STOPPED) == TASK_STOPPED) return false;
    cpu += cpuOf(demand);
    memory += memoryOf(demand);
    eni += eniOf(demand);
    gpu += gpuOf(demand) == NONE ? cell(COLUMN_TOTAL_GPU, slot) : gpuOf(demand);
    active += i32((status & TASK_DESIRED_STOPPED) == 0);
    for (let k = 0, end = portsOf(demand); k < end; k++) {
      if (!portUsed(slot, portOf(demand, k))) return false;
    }
  }
  return (
    cpu <= taken(COLUMN_TOTAL_CPU, COLUMN_REMAINING_CPU, slot) &&
    memory <= taken(COLUMN_TOTAL_MEMORY, COLUMN_REMAINING_MEMORY, slot) &&
    eni <= taken(COLUMN_TOTAL_ENI, COLUMN_REMAINING_ENI, slot) &&
    gpu <= taken(COLUMN_TOTAL_GPU, COLUMN_REMAINING_GPU, slot) &&
    active <= cell(COLUMN_RUNNING_TASKS, slot)
  );
}

function taken(all: i32, left: i32, slot: i32): i64 {
  return <i64>cell(all, slot) - <i64>cell(left, slot);
}

function groupIsSound(group: i32): bool {
  const at = record(group);
  let sum = 0, found = 0;
  for (let p = 0, end = places(at); p < end; p++) {
    const slot = slotAt(at, p);
    if (slot < 0) continue;
    if (!isLive(slot) || countAt(at, p) < 1) return false;
    sum += countAt(at, p);
    found++;
  }
  return sum == total(at) && (isLoose(at) || found == entries(at)) && seatsAreSound(at);
}

/** Tasks of all loose groups: each is a cell beside the row of its instance. */
function looseTasks(): i32 {
  let tasks = 0;
  for (let group = 0, end = groupCount(); group < end; group++) {
    if (isLoose(record(group))) tasks += total(record(group));
  }
  return tasks;
}
