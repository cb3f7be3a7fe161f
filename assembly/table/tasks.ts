// Task records: which instance, demand and group a task made by run or start has, and how far it got. Records are
// numbered from 0 in the order of placement and never moved; those of one instance form a list.
//
//   directory u32[] ─► chunk of CHUNK records, TASK_WORDS i32 each
import {
  COLUMN_FIRST_TASK, NONE, TASK_DEMAND, TASK_GROUP, TASK_NEXT, TASK_PREVIOUS, TASK_SLOT, TASK_STATUS, TASK_WORDS,
} from "../abi";
import { take } from "../memory/arena";
import { listAt, listCount, listPush } from "../memory/list";
import { cell, setCell } from "./instances";

const CHUNKS: usize = memory.data(16, 16);
const COUNT: usize = memory.data(4, 4);
const CHUNK_BITS = 14;

// @ts-ignore: decorator
@inline export function taskCount(): i32 {
  return load<i32>(COUNT);
}

// @ts-ignore: decorator
@inline export function taskAt(number: i32): usize {
  assert(number >= 0 && number < taskCount(), "task number");
  const chunk = <usize>load<u32>(listAt(CHUNKS, number >> CHUNK_BITS));
  return chunk + <usize>((number & ((1 << CHUNK_BITS) - 1)) * TASK_WORDS * 4);
}

// @ts-ignore: decorator
@inline export function field(task: usize, which: i32): i32 {
  return load<i32>(task + (<usize>which << 2));
}

// @ts-ignore: decorator
@inline export function setField(task: usize, which: i32, value: i32): void {
  store<i32>(task + (<usize>which << 2), value);
}

/** Adds a record and links it to its instance. */
export function addTask(slot: i32, demand: i32, group: i32, status: i32): i32 {
  const number = taskCount();
  if (number >> CHUNK_BITS == listCount(CHUNKS)) {
    const chunk = take(<usize>(TASK_WORDS * 4) << CHUNK_BITS);
    store<u32>(listAt(CHUNKS, listPush(CHUNKS, 4)), <u32>chunk);
  }
  store<i32>(COUNT, number + 1);
  const task = taskAt(number);
  setField(task, TASK_SLOT, slot);
  setField(task, TASK_DEMAND, demand);
  setField(task, TASK_GROUP, group);
  setField(task, TASK_STATUS, status);
  link(number, task, slot);
  return number;
}

function link(number: i32, task: usize, slot: i32): void {
  const first = cell(COLUMN_FIRST_TASK, slot);
  setField(task, TASK_NEXT, first);
  setField(task, TASK_PREVIOUS, NONE);
  if (first != NONE) setField(taskAt(first), TASK_PREVIOUS, number);
  setCell(COLUMN_FIRST_TASK, slot, number);
}

/** Takes a record off its instance's list. */
export function unlink(task: usize): void {
  const next = field(task, TASK_NEXT);
  const previous = field(task, TASK_PREVIOUS);
  if (next != NONE) setField(taskAt(next), TASK_PREVIOUS, previous);
  if (previous != NONE) setField(taskAt(previous), TASK_NEXT, next);
  else setCell(COLUMN_FIRST_TASK, field(task, TASK_SLOT), next);
  setField(task, TASK_NEXT, NONE);
  setField(task, TASK_PREVIOUS, NONE);
}
