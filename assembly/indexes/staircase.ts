// Staircase: for each bitset word and each step of cpu, an upper bound of the memory that any of its 64 instances with
// so much cpu has left. Searches skip words where nothing fits; two separate maxima would not do, since one instance may
// have the cpu and another the memory. A release raises the bounds; a search that finds nothing tightens one.
//
//   step        0   1    2    3   ...  9
//   cpu from    0  128  256  512      32768      as ECS tasks mostly ask for powers of two, the test is nearly exact
//   bounds      i32[words + 4] a step, one block after the other
import { COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY } from "../abi";
import { greatestWith64 } from "../bits/lanes";
import { allocate, giveBack } from "../memory/arena";
import { capacity, cell, column, words } from "../table/instances";

const STEPS: i32 = 10;
const BEYOND = 4; // a vector of bounds may be read past the last word

const HEAD: usize = memory.data(8, 8); // bounds u32, capacity i32

// @ts-ignore: decorator
@inline function stride(instances: i32): usize {
  return <usize>(((instances >> 6) + BEYOND) << 2);
}

// @ts-ignore: decorator
@inline function allSteps(instances: i32): usize {
  return <usize>STEPS * stride(instances);
}

// @ts-ignore: decorator
@inline function bounds(step: i32): usize {
  return <usize>load<u32>(HEAD) + <usize>step * stride(load<i32>(HEAD, 4));
}

// @ts-ignore: decorator
@inline function stepOf(cpu: i32): i32 {
  return cpu < 128 ? 0 : min(STEPS - 1, 25 - <i32>clz(cpu));
}

// @ts-ignore: decorator
@inline function cpuOfStep(step: i32): i32 {
  return step == 0 ? 0 : 64 << step;
}

function settle(): void {
  const old = load<i32>(HEAD, 4);
  const now = capacity();
  if (old == now) return;
  const before = <usize>load<u32>(HEAD);
  const larger = allocate(allSteps(now));
  memory.fill(larger, 0xff, allSteps(now));
  for (let step: usize = 0; step < <usize>STEPS && old > 0; step++) {
    memory.copy(larger + step * stride(now), before + step * stride(old), <usize>(old >> 6) << 2);
  }
  if (old > 0) giveBack(before, allSteps(old));
  store<u32>(HEAD, <u32>larger);
  store<i32>(HEAD, now, 4);
}

/** After an instance's amounts changed or it was added. */
export function raiseStaircase(slot: i32): void {
  settle();
  const memory = cell(COLUMN_REMAINING_MEMORY, slot);
  const at = <usize>(slot >> 6) << 2;
  for (let step = stepOf(cell(COLUMN_REMAINING_CPU, slot)); step >= 0; step--) {
    const bound = bounds(step) + at;
    if (memory > load<i32>(bound)) store<i32>(bound, memory);
  }
}

/** After a search for so much cpu found no instance of the word with enough of both. */
export function tightenStaircase(w: i32, cpu: i32): void {
  const step = stepOf(cpu);
  store<i32>(bounds(step) + (<usize>w << 2), exactBound(w, step));
}

function exactBound(w: i32, step: i32): i32 {
  const lanes = <usize>w << 8;
  return greatestWith64(column(COLUMN_REMAINING_MEMORY) + lanes, column(COLUMN_REMAINING_CPU) + lanes, cpuOfStep(step));
}

/** The next word from `w` on that may hold an instance with enough of both, or `words()`. */
export function nextRoomy(w: i32, cpu: i32, memory: i32): i32 {
  const end = words();
  const from = bounds(stepOf(cpu));
  const need = i32x4.splat(memory);
  for (; w < end; w += 4) {
    const roomy = i32x4.bitmask(i32x4.ge_s(v128.load(from + (<usize>w << 2)), need));
    if (roomy != 0) return min(end, w + ctz(roomy));
  }
  return end;
}

/** Whether no bound lies below what an instance of its word has; for check. */
export function staircaseIsSound(): bool {
  for (let w = 0, end = words(); w < end; w++) {
    for (let step = 0; step < STEPS; step++) {
      if (load<i32>(bounds(step) + (<usize>w << 2)) < exactBound(w, step)) return false;
    }
  }
  return true;
}
