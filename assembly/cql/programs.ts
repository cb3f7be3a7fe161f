// Programs and their cached answers: one bitset per program, brought up to date from the journals, so that an instance
// that changed costs one instance's work. Called by filter, constrain, trace and the list call.
import { INSTRUCTION_WORDS, LANES } from "../abi";
import { allocate, giveBack, take } from "../memory/arena";
import { listAt, listPush } from "../memory/list";
import { setWord, wordAt } from "../bits/words";
import { bitset, capacity, LIVE, words } from "../table/instances";
import { entry, INSTANCES, remembers, TASKS, written } from "../table/journal";
import { run64 } from "./machine";

const LIST: usize = memory.data(16, 16);
const STRIDE = 40; // code u32, instructions i32, dynamic i32, bits u32, capacity i32, heat i32, journal positions u64[2]
const POSITIONS = 24;

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
@inline function run(at: usize, word: i32, lanes: u64): u64 {
  return run64(<usize>load<u32>(at), load<i32>(at, 4), word, lanes);
}

function startAnew(at: usize): void {
  if (load<i32>(at, 16) != capacity()) {
    giveBack(<usize>load<u32>(at, 12), <usize>(load<i32>(at, 16) >> 3));
    store<u32>(at, <u32>allocate(<usize>(capacity() >> 3)), 12);
    store<i32>(at, capacity(), 16);
  }
  const bits = <usize>load<u32>(at, 12);
  const live = bitset(LIVE);
  for (let w = 0, end = words(); w < end; w++) {
    const lanes = wordAt(live, w);
    setWord(bits, w, lanes == 0 ? 0 : run(at, w, lanes) & lanes);
  }
}

function catchUp(at: usize, journal: i32): void {
  const bits = <usize>load<u32>(at, 12);
  const live = bitset(LIVE);
  for (let n = load<u64>(at + POSITIONS + (<usize>journal << 3)), end = written(journal); n < end; n++) {
    const slot = entry(journal, n);
    const w = slot / LANES;
    const lane = (<u64>1) << (slot & (LANES - 1));
    const answer = run(at, w, lane) & lane & wordAt(live, w);
    setWord(bits, w, (wordAt(bits, w) & ~lane) | answer);
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
  return isUpToDate(at) ? <usize>load<u32>(at, 12) : bringUpToDate(at);
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
  return <usize>load<u32>(at, 12);
}

const ONCE: usize = memory.data(8, 8); // bits u32, capacity i32

/** Bitset of the live instances that satisfy code that is not kept; valid until the next call. */
export function evaluateOnce(code: usize, length: i32): usize {
  if (load<i32>(ONCE, 4) != capacity()) {
    giveBack(<usize>load<u32>(ONCE), <usize>(load<i32>(ONCE, 4) >> 3));
    store<u32>(ONCE, <u32>allocate(<usize>(capacity() >> 3)));
    store<i32>(ONCE, capacity(), 4);
  }
  const bits = <usize>load<u32>(ONCE);
  const live = bitset(LIVE);
  for (let w = 0, end = words(); w < end; w++) {
    const lanes = wordAt(live, w);
    setWord(bits, w, lanes == 0 ? 0 : run64(code, length / INSTRUCTION_WORDS, w, lanes) & lanes);
  }
  return bits;
}
