// Programs and their cached answers: one bitset per program, brought up to date from the journals, so that an instance
// that changed costs one instance's work. Called by filter, constrain, trace and the list call.
import { INSTRUCTION_WORDS } from "../abi";
import { giveBack, take } from "../memory/arena";
import { listAt, listCount, listPush } from "../memory/list";
import { andWords, hasBit, putBit } from "../bits/words";
import { bitset, capacity, LIVE, words } from "../table/instances";
import { entry, INSTANCES, remembers, TASKS, written } from "../table/journal";
import { runFor, runForAll } from "./machine";

const LIST: usize = memory.data(16, 16);
// code u32, instructions i32, dynamic i32, bits u32 or 0, capacity i32, heat i32, journal positions u64[2], evaluated u64
const STRIDE = 48;
const POSITIONS = 24;
const EVALUATED = 40;
/** Answers are kept up to so many bytes in all; beyond, the ones not asked for longest are made anew when asked. */
const MOST_BYTES: i64 = 64 << 20;

const HEAD: usize = memory.data(24, 8); // evaluations u64, bytes of answers kept i64, answer of evaluateOnce u32, its capacity i32

/** From `length` words of code; a dynamic program also depends on task counts. */
export function addProgram(source: usize, length: i32, dynamic: bool): i32 {
  const code = take(<usize>length << 2);
  memory.copy(code, source, <usize>length << 2);
  const number = listPush(LIST, STRIDE);
  const at = listAt(LIST, number);
  store<u32>(at, <u32>code);
  store<i32>(at, length / INSTRUCTION_WORDS, 4);
  store<i32>(at, <i32>dynamic, 8);
  return number;
}

/** Whether the program depends on task counts too. */
export function isDynamic(program: i32): bool {
  return load<i32>(listAt(LIST, program), 8) != 0;
}

/** Counts a walk of an index that the program made useless; returns how many there were. */
export function heatProgram(program: i32): i32 {
  const at = listAt(LIST, program);
  store<i32>(at, load<i32>(at, 20) + 1, 20);
  return load<i32>(at, 20);
}

// @ts-ignore: decorator
@inline function answer(at: usize): usize {
  return <usize>load<u32>(at, 12);
}

// @ts-ignore: decorator
@inline function answerBytes(at: usize): usize {
  return <usize>(load<i32>(at, 16) >> 3);
}

/** Live instances that satisfy the code; the caller gives the bitset back. */
function liveOnes(code: usize, instructions: i32): usize {
  const bits = runForAll(code, instructions);
  andWords(bits, bitset(LIVE), words());
  return bits;
}

function dropAnswer(at: usize): void {
  store<i64>(HEAD, load<i64>(HEAD, 8) - <i64>answerBytes(at), 8);
  giveBack(answer(at), answerBytes(at));
  store<u32>(at, 0, 12);
  store<i32>(at, 0, 16);
}

function startAnew(at: usize): void {
  dropAnswer(at);
  store<i64>(HEAD, load<i64>(HEAD, 8) + <i64>(capacity() >> 3), 8);
  while (load<i64>(HEAD, 8) > MOST_BYTES && dropOldest()) {}
  store<u32>(at, <u32>liveOnes(<usize>load<u32>(at), load<i32>(at, 4)), 12);
  store<i32>(at, capacity(), 16);
}

/** Whether there was an answer to drop. One of the decision at hand is never the oldest: hundreds are kept. */
function dropOldest(): bool {
  let oldest: usize = 0;
  for (let n = 0, end = listCount(LIST); n < end; n++) {
    const at = listAt(LIST, n);
    if (answer(at) != 0 && (oldest == 0 || load<u64>(at, EVALUATED) < load<u64>(oldest, EVALUATED))) oldest = at;
  }
  if (oldest == 0) return false;
  dropAnswer(oldest);
  return true;
}

function catchUp(at: usize, journal: i32): void {
  let last = -1;
  for (let n = load<u64>(at + POSITIONS + (<usize>journal << 3)), end = written(journal); n < end; n++) {
    const slot = entry(journal, n);
    if (slot == last) continue;
    last = slot;
    putBit(answer(at), slot, hasBit(bitset(LIVE), slot) && runFor(<usize>load<u32>(at), load<i32>(at, 4), slot));
  }
}

// @ts-ignore: decorator
@inline function remembered(at: usize, journal: i32): bool {
  return remembers(journal, load<u64>(at + POSITIONS + (<usize>journal << 3)));
}

/** Bitset of the live instances that satisfy the program, up to date; valid until anything changes. */
// @ts-ignore: decorator
@inline export function evaluate(program: i32): usize {
  const at = listAt(LIST, program);
  const now = load<u64>(HEAD) + 1;
  store<u64>(HEAD, now);
  store<u64>(at, now, EVALUATED);
  return isUpToDate(at) ? answer(at) : bringUpToDate(at);
}

/** Whether an instance satisfied the program when it was last asked; yes when the answer is not kept or an older table's. */
// @ts-ignore: decorator
@inline export function mayHold(program: i32, slot: i32): bool {
  const at = listAt(LIST, program);
  return load<i32>(at, 16) != capacity() || hasBit(answer(at), slot);
}

// @ts-ignore: decorator
@inline function isUpToDate(at: usize): bool {
  return load<i32>(at, 16) == capacity() && load<u64>(at + POSITIONS) == written(INSTANCES) &&
    (load<i32>(at, 8) == 0 || load<u64>(at + POSITIONS + 8) == written(TASKS));
}

function bringUpToDate(at: usize): usize {
  const dynamic = load<i32>(at, 8) != 0;
  if (load<i32>(at, 16) != capacity() || !remembered(at, INSTANCES) || (dynamic && !remembered(at, TASKS))) {
    startAnew(at);
  } else {
    catchUp(at, INSTANCES);
    if (dynamic) catchUp(at, TASKS);
  }
  store<u64>(at + POSITIONS, written(INSTANCES));
  store<u64>(at + POSITIONS + 8, written(TASKS));
  return answer(at);
}

/** Bitset of the live instances that satisfy code that is not kept; valid until the next call. */
export function evaluateOnce(code: usize, length: i32): usize {
  giveBack(<usize>load<u32>(HEAD, 16), <usize>(load<i32>(HEAD, 20) >> 3));
  store<u32>(HEAD, <u32>liveOnes(code, length / INSTRUCTION_WORDS), 16);
  store<i32>(HEAD, capacity(), 20);
  return <usize>load<u32>(HEAD, 16);
}
