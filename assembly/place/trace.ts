// Trace: which gates each instance fails, all of them and not only the first. Called for failures and explanations; a
// decision never needs it.
import {
  COLUMN_REMAINING_CPU, COLUMN_REMAINING_ENI, COLUMN_REMAINING_GPU, COLUMN_REMAINING_MEMORY, COLUMN_RESERVED_PORTS,
  COLUMN_TOTAL_GPU, GATE_AGENT, GATE_ATTRIBUTE, GATE_CAPACITY_PROVIDER, GATE_CPU, GATE_DISTINCT, GATE_ENI, GATE_GPU,
  GATE_LAUNCH_TYPE, GATE_LOCATION, GATE_MEMBER_OF, GATE_MEMORY, GATE_PORTS, GATE_STATUS, MAX_PORTS_PER_INSTANCE, NONE,
  REQUEST_ATTRIBUTE, REQUEST_CAPACITY_PROVIDER, REQUEST_FILTER, REQUEST_LAUNCH_TYPE, REQUEST_LOCATION,
  REQUEST_MEMBER_OF,
} from "../abi";
import { hasBit } from "../bits/words";
import { evaluate } from "../cql/programs";
import { allocate, giveBack } from "../memory/arena";
import { count } from "../table/counts";
import { cpuOf, eniOf, gpuOf, memoryOf, portOf, portsOf } from "../table/demands";
import { ACTIVE, AGENT, bitset, capacity, cell, isLive, slots } from "../table/instances";
import { portUsed } from "../table/ports";
import { demandOf, groupOf, isDistinct, word } from "../table/requests";

const HEAD: usize = memory.data(8, 8); // masks u32, capacity i32
const NOT_LIVE = 0xffff;

/** Masks of failed gates, u16 per slot: bit GATE_*; 0xffff for a free slot. */
export function trace(request: usize): usize {
  const masks = room();
  for (let slot = 0, end = slots(); slot < end; slot++) {
    store<u16>(masks + (<usize>slot << 1), <u16>(isLive(slot) ? ownGates(request, slot) : NOT_LIVE));
  }
  markProgram(masks, word(request, REQUEST_LAUNCH_TYPE), GATE_LAUNCH_TYPE);
  markProgram(masks, word(request, REQUEST_CAPACITY_PROVIDER), GATE_CAPACITY_PROVIDER);
  markProgram(masks, word(request, REQUEST_ATTRIBUTE), GATE_ATTRIBUTE);
  markProgram(masks, word(request, REQUEST_LOCATION), GATE_LOCATION);
  markProgram(masks, word(request, REQUEST_MEMBER_OF), GATE_MEMBER_OF);
  return masks;
}

/** Failed gates of one instance but those that a program decides. */
function ownGates(request: usize, slot: i32): u32 {
  const demand = demandOf(request);
  return (
    failed(!hasBit(bitset(ACTIVE), slot), GATE_STATUS) |
    failed(!hasBit(bitset(AGENT), slot), GATE_AGENT) |
    failed(cell(COLUMN_REMAINING_CPU, slot) < cpuOf(demand), GATE_CPU) |
    failed(cell(COLUMN_REMAINING_MEMORY, slot) < memoryOf(demand), GATE_MEMORY) |
    failed(lacksPorts(demand, slot), GATE_PORTS) |
    failed(cell(COLUMN_REMAINING_ENI, slot) < eniOf(demand), GATE_ENI) |
    failed(lacksGpus(demand, slot), GATE_GPU) |
    failed(isDistinct(request) && count(groupOf(request), slot) > 0, GATE_DISTINCT)
  );
}

/** The gates that a task started on a given instance must pass: no launch type, provider or constraint. */
export function startGates(request: usize, slot: i32): u32 {
  const gates = ownGates(request, slot) & ~(1 << GATE_DISTINCT);
  return (
    gates |
    failed(!satisfies(word(request, REQUEST_ATTRIBUTE), slot), GATE_ATTRIBUTE) |
    failed(!satisfies(word(request, REQUEST_LOCATION), slot), GATE_LOCATION)
  );
}

/** All gates of one instance, with one bit, GATE_STATUS, for those of the filter program together. */
export function failedGates(request: usize, slot: i32): u32 {
  return (
    ownGates(request, slot) |
    failed(!satisfies(word(request, REQUEST_FILTER), slot), GATE_STATUS) |
    failed(!satisfies(word(request, REQUEST_MEMBER_OF), slot), GATE_MEMBER_OF)
  );
}

// @ts-ignore: decorator
@inline function failed(fails: bool, gate: i32): u32 {
  return <u32>fails << gate;
}

function satisfies(program: i32, slot: i32): bool {
  return program == NONE || hasBit(evaluate(program), slot);
}

function lacksPorts(demand: usize, slot: i32): bool {
  const ports = portsOf(demand);
  if (ports == 0) return false;
  if (cell(COLUMN_RESERVED_PORTS, slot) + ports > MAX_PORTS_PER_INSTANCE) return true;
  for (let k = 0; k < ports; k++) {
    if (portUsed(slot, portOf(demand, k))) return true;
  }
  return false;
}

function lacksGpus(demand: usize, slot: i32): bool {
  if (gpuOf(demand) != NONE) return cell(COLUMN_REMAINING_GPU, slot) < gpuOf(demand);
  const all = cell(COLUMN_TOTAL_GPU, slot);
  return all == 0 || cell(COLUMN_REMAINING_GPU, slot) != all;
}

function markProgram(masks: usize, program: i32, gate: i32): void {
  if (program == NONE) return;
  const bits = evaluate(program);
  for (let slot = 0, end = slots(); slot < end; slot++) {
    if (hasBit(bits, slot)) continue;
    const at = masks + (<usize>slot << 1);
    store<u16>(at, load<u16>(at) | ((<u16>1) << <u16>gate));
  }
}

function room(): usize {
  if (load<i32>(HEAD, 4) != capacity()) {
    giveBack(<usize>load<u32>(HEAD), <usize>load<i32>(HEAD, 4) << 1);
    store<u32>(HEAD, <u32>allocate(<usize>capacity() << 1));
    store<i32>(HEAD, capacity(), 4);
  }
  return <usize>load<u32>(HEAD);
}
