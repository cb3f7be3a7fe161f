// Filter: the first stage. Keeps the instances that can take the task at all: ready, of the right launch type and
// provider, with the attributes and the location (one cached program), and with the resources left.
import {
  COLUMN_REMAINING_CPU, COLUMN_REMAINING_ENI, COLUMN_REMAINING_GPU, COLUMN_REMAINING_MEMORY, COLUMN_RESERVED_PORTS,
  COLUMN_TOTAL_GPU, MAX_PORTS_PER_INSTANCE, NONE, REQUEST_FILTER,
} from "../abi";
import { andNotWords, copyWords, setWord, wordAt } from "../bits/words";
import { candidates } from "../bits/candidates";
import { below64, belowEither64 } from "../bits/lanes";
import { evaluate } from "../cql/programs";
import { cpuOf, eniOf, gpuOf, memoryOf, portOf, portsOf } from "../table/demands";
import { capacity, cell, lanesAt, words } from "../table/instances";
import { portBits } from "../table/ports";
import { demandOf, word } from "../table/requests";

export function filter(request: usize): void {
  const demand = demandOf(request);
  const kept = candidates(capacity());
  copyWords(kept, evaluate(word(request, REQUEST_FILTER)), words());
  if (portsOf(demand) > 0) keepFreePorts(demand, kept);
  keepCpuAndMemory(demand, kept);
  if (eniOf(demand) > 0) keepAtLeast(COLUMN_REMAINING_ENI, eniOf(demand), kept);
  if (gpuOf(demand) > 0) keepAtLeast(COLUMN_REMAINING_GPU, gpuOf(demand), kept);
  if (gpuOf(demand) == NONE) keepAllGpusFree(kept);
}

function keepFreePorts(demand: usize, kept: usize): void {
  for (let k = 0, end = portsOf(demand); k < end; k++) {
    const taken = portBits(portOf(demand, k));
    if (taken != 0) andNotWords(kept, taken, words());
  }
  const most = MAX_PORTS_PER_INSTANCE - portsOf(demand);
  const over = i32x4.splat(most + 1);
  for (let w = 0, end = words(); w < end; w++) {
    const before = wordAt(kept, w);
    if (before != 0) setWord(kept, w, before & below64(lanesAt(COLUMN_RESERVED_PORTS, w), over));
  }
}

function keepCpuAndMemory(demand: usize, kept: usize): void {
  const needCpu = i32x4.splat(cpuOf(demand));
  const needMemory = i32x4.splat(memoryOf(demand));
  for (let w = 0, end = words(); w < end; w++) {
    const before = wordAt(kept, w);
    if (before == 0) continue;
    const cpu = lanesAt(COLUMN_REMAINING_CPU, w);
    const memory = lanesAt(COLUMN_REMAINING_MEMORY, w);
    setWord(kept, w, before & ~belowEither64(cpu, needCpu, memory, needMemory));
  }
}

function keepAtLeast(which: i32, need: i32, kept: usize): void {
  const needs = i32x4.splat(need);
  for (let w = 0, end = words(); w < end; w++) {
    const before = wordAt(kept, w);
    if (before != 0) setWord(kept, w, before & ~below64(lanesAt(which, w), needs));
  }
}

/** A task that wants all GPUs of its instance: there is at least one and none is taken. */
function keepAllGpusFree(kept: usize): void {
  keepAtLeast(COLUMN_REMAINING_GPU, 1, kept);
  for (let w = 0, end = words(); w < end; w++) {
    let answer = wordAt(kept, w);
    for (let rest = answer; rest != 0; rest &= rest - 1) {
      const slot = (w << 6) + <i32>ctz(rest);
      if (cell(COLUMN_REMAINING_GPU, slot) != cell(COLUMN_TOTAL_GPU, slot)) {
        answer &= ~(rest & (0 - rest));
      }
    }
    setWord(kept, w, answer);
  }
}
