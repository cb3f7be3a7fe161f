// Staircase: for each bitset word and each step of cpu, an upper bound of the memory that any of its 64 instances with
// so much cpu has left. Searches skip words where nothing fits; two separate maxima would not do, since one instance may
// have the cpu and another the memory. Over every 64 words stands the bound of a flight, so that a million instances are
// searched like some thousand. A release raises bounds; a search that finds nothing lowers one, and in a large table so does a
// placement on the instance that it stood on. Made by the first search that asks: a block index answers without.
//
//   step        0   1    2    3   ...  9
//   cpu from    0  128  256  512      32768      as ECS tasks mostly ask for powers of two, the test is nearly exact
//   bounds      i32[words + 4] a step, then flights i32[words / 64 + 4] a step; of a word, none is below a later step's
import { COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY } from "../abi";
import { greatest64, greatestWith64 } from "../bits/lanes";
import { allocate, giveBack } from "../memory/arena";
import { capacity, cell, lanesAt, words } from "../table/instances";
import { WITH_INDEXES } from "./switch";

const STEPS: i32 = 10;
const FLIGHT = 64; // words
const MANY = 256; // words, of which few are looked at: a bound that stands too high costs more than to lower it at once
const BEYOND = 4; // a vector of bounds may be read past the last word

const HEAD: usize = memory.data(16, 8); // bounds u32, flights u32, capacity i32

// @ts-ignore: decorator
@inline function boundsStride(instances: i32): usize {
  return <usize>(((instances >> 6) + BEYOND) << 2);
}

// @ts-ignore: decorator
@inline function flightsStride(instances: i32): usize {
  return <usize>(((instances >> 12) + 1 + BEYOND) << 2);
}

// @ts-ignore: decorator
@inline function bounds(step: i32): usize {
  return <usize>load<u32>(HEAD) + <usize>step * boundsStride(load<i32>(HEAD, 8));
}

// @ts-ignore: decorator
@inline function flights(step: i32): usize {
  return <usize>load<u32>(HEAD, 4) + <usize>step * flightsStride(load<i32>(HEAD, 8));
}

// @ts-ignore: decorator
@inline function stepOf(cpu: i32): i32 {
  return cpu < 128 ? 0 : min(STEPS - 1, 25 - <i32>clz(cpu));
}

// @ts-ignore: decorator
@inline function cpuOfStep(step: i32): i32 {
  return step == 0 ? 0 : 64 << step;
}

/** A larger copy of one array of bounds a step; what is new holds -1. */
function grown(before: usize, oldStride: usize, kept: usize, stride: usize): usize {
  const larger = allocate(<usize>STEPS * stride);
  memory.fill(larger, 0xff, <usize>STEPS * stride);
  for (let step: usize = 0; step < <usize>STEPS; step++) memory.copy(larger + step * stride, before + step * oldStride, kept);
  giveBack(before, <usize>STEPS * oldStride);
  return larger;
}

function settle(): void {
  const old = load<i32>(HEAD, 8);
  const now = capacity();
  if (old == now) return;
  const words = <usize>(old >> 6) << 2;
  const flightsKept = old == 0 ? 0 : <usize>((old >> 12) + 1) << 2;
  const boundsBlock = grown(<usize>load<u32>(HEAD), boundsStride(old), words, boundsStride(now));
  const flightsBlock = grown(<usize>load<u32>(HEAD, 4), flightsStride(old), flightsKept, flightsStride(now));
  store<u32>(HEAD, <u32>boundsBlock);
  store<u32>(HEAD, <u32>flightsBlock, 4);
  store<i32>(HEAD, now, 8);
}

// @ts-ignore: decorator
@inline function isMade(): bool {
  return load<i32>(HEAD, 8) != 0;
}

/** Makes every bound, exact. */
function make(): void {
  settle();
  const end = words();
  for (let w = 0; w < end; w++) {
    for (let step = 0; step < STEPS; step++) {
      const flight = flights(step) + (<usize>(w / FLIGHT) << 2);
      const bound = exactBound(w, step);
      store<i32>(bounds(step) + (<usize>w << 2), bound);
      store<i32>(flight, max(load<i32>(flight), bound));
    }
  }
}

/** After an instance's amounts grew or it was added. */
// @ts-ignore: decorator
@inline export function raiseStaircase(slot: i32): void {
  if (isMade()) raise(slot);
}

function raise(slot: i32): void {
  settle();
  const memory = cell(COLUMN_REMAINING_MEMORY, slot);
  const at = <usize>(slot >> 6) << 2;
  const flightAt = <usize>(slot >> 12) << 2;
  for (let step = stepOf(cell(COLUMN_REMAINING_CPU, slot)); step >= 0; step--) {
    const bound = bounds(step) + at;
    if (memory <= load<i32>(bound)) return; // nor are the earlier steps too low
    store<i32>(bound, memory);
    const flight = flights(step) + flightAt;
    if (memory > load<i32>(flight)) store<i32>(flight, memory);
  }
}

/** After a search for so much cpu found no instance of the word with enough of both. */
export function tightenStaircase(w: i32, cpu: i32): void {
  if (WITH_INDEXES && isMade()) settleBound(w, stepOf(cpu));
}

/** After so much cpu and memory were taken from an instance: bounds that stood on it sink. */
// @ts-ignore: decorator
@inline export function sinkStaircase(slot: i32, cpu: i32, memory: i32): void {
  if (isMade() && words() >= MANY) sink(slot, cpu, memory);
}

function sink(slot: i32, cpu: i32, memory: i32): void {
  const before = cell(COLUMN_REMAINING_MEMORY, slot) + memory;
  const w = slot >> 6;
  for (let step = stepOf(cell(COLUMN_REMAINING_CPU, slot) + cpu); step >= 0; step--) {
    // Above, the bound stands on another instance, and so do those of the earlier steps.
    if (load<i32>(bounds(step) + (<usize>w << 2)) > before) return;
    settleBound(w, step);
  }
}

/** Makes one bound of a word exact; none of a later step stands above it. */
function settleBound(w: i32, step: i32): void {
  const at = <usize>w << 2;
  const exact = exactBound(w, step);
  store<i32>(bounds(step) + at, exact);
  while (++step < STEPS && load<i32>(bounds(step) + at) > exact) store<i32>(bounds(step) + at, exact);
}

function exactBound(w: i32, step: i32): i32 {
  return greatestWith64(lanesAt(COLUMN_REMAINING_MEMORY, w), lanesAt(COLUMN_REMAINING_CPU, w), cpuOfStep(step));
}

/** The first of some bounds, from `k` on, that is at least `need`, or `end` or more. */
// @ts-ignore: decorator
@inline function firstEnough(from: usize, k: i32, end: i32, need: v128): i32 {
  for (; k < end; k += 4) {
    const enough = i32x4.bitmask(i32x4.ge_s(v128.load(from + (<usize>k << 2)), need));
    if (enough != 0) return k + ctz(enough);
  }
  return end;
}

/** Whether a word may hold an instance with enough of both. */
export function isRoomy(w: i32, cpu: i32, memory: i32): bool {
  if (!WITH_INDEXES) return true;
  if (!isMade()) make();
  return load<i32>(bounds(stepOf(cpu)) + (<usize>w << 2)) >= memory;
}

/** The next word from `w` on that may hold an instance with enough of both, or `words()`. */
export function nextRoomy(w: i32, cpu: i32, memory: i32): i32 {
  const end = words();
  if (!WITH_INDEXES) return min(w, end);
  if (!isMade()) make();
  const step = stepOf(cpu);
  const need = i32x4.splat(memory);
  while (w < end) {
    const flight = w / FLIGHT;
    const flightEnd = min((flight + 1) * FLIGHT, end);
    const found = firstEnough(bounds(step), w, flightEnd, need);
    if (found < flightEnd) return found;
    if (w == flight * FLIGHT && w + FLIGHT <= end) lowerFlight(step, flight);
    w = firstEnough(flights(step), flight + 1, (end + FLIGHT - 1) / FLIGHT, need) * FLIGHT;
  }
  return end;
}

/** A search over the whole flight found nothing under its bound. */
function lowerFlight(step: i32, flight: i32): void {
  store<i32>(flights(step) + (<usize>flight << 2), greatest64(bounds(step) + (<usize>(flight * FLIGHT) << 2)));
}

/** Whether no bound lies below what an instance of its word has, nor a flight's below a word's; for check. */
export function staircaseIsSound(): bool {
  if (!isMade()) return true;
  for (let w = 0, end = words(); w < end; w++) {
    for (let step = 0; step < STEPS; step++) {
      const bound = load<i32>(bounds(step) + (<usize>w << 2));
      if (bound < exactBound(w, step)) return false;
      if (bound > load<i32>(flights(step) + (<usize>(w / FLIGHT) << 2))) return false;
      if (step > 0 && bound > load<i32>(bounds(step - 1) + (<usize>w << 2))) return false;
    }
  }
  return true;
}
