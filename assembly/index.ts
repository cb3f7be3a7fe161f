// Exports to the host: each checks what a debug build can check of its arguments and calls inward. The host passes ids
// that it got from here and amounts that it validated; lists travel in the exchange buffer as i32 words.
import {
  ABI_VERSION, COLUMN_FIRST_TASK, COLUMN_REMAINING_ENI, COLUMNS, NONE,
} from "./abi";
import * as arena from "./memory/arena";
import { followRemoved, indexesAreSound } from "./indexes/follow";
import * as registration from "./indexes/registration";
import * as marks from "./cql/marks";
import * as sets from "./cql/sets";
import * as programs from "./cql/programs";
import { orphan, setTaskStatus as moveTask, stopTask as stop } from "./place/commit";
import * as generator from "./random/random";
import * as attributes from "./table/attributes";
import { BROKEN_INDEX, check as checkTable } from "./table/check";
import * as counts from "./table/counts";
import * as demands from "./table/demands";
import * as domains from "./table/domains";
import * as groups from "./table/groups";
import * as instances from "./table/instances";
import { INSTANCES, note } from "./table/journal";
import * as ports from "./table/ports";
import * as requests from "./table/requests";
import * as tasks from "./table/tasks";

export * from "./decisions";
export { evaluateAlarms } from "./scale/alarm";
export { evaluateFleet } from "./scale/alarm-fleet";
export { splitCapacity } from "./scale/capacity-split";
export { acceptableBacklog, backlogPerTask } from "./scale/backlog";
export { circuitBreakerThreshold } from "./scale/circuit-breaker";
export { mixInstances } from "./scale/mixed-instances";
export { reserveCapacity } from "./scale/reservation";
export { rolloutMaximum, rolloutMinimum, rolloutStep } from "./scale/rollout";
export { scaleBySteps } from "./scale/step-scaling";
export { trackedCapacity, trackTargets } from "./scale/target-tracking";
export { balanceZones } from "./scale/zone-balance";

// ---- memory

export function init(seed: u32): void {
  generator.seed(seed);
}

export function abiVersion(): i32 {
  return ABI_VERSION;
}

export function seed(): u32 {
  return generator.seedGiven();
}

/** Address of the exchange buffer, with room for at least `bytes`. */
export function exchange(bytes: i32): u32 {
  return <u32>arena.exchange(<usize>bytes);
}

/** Changes whenever memory grew or a column moved. */
export function generation(): i32 {
  return <i32>arena.generation();
}

export function heapTop(): u32 {
  return arena.top();
}

/** Bytes below the top that hold nothing: blocks given back. */
export function freeBytes(): u32 {
  return <u32>arena.freeBytes();
}

// ---- instances

/** From a registration record in the exchange buffer: columns, flags, then `portCount` port keys. Returns the slot. */
export function register(portCount: i32): i32 {
  return registration.register(arena.exchange(0), portCount);
}

/** Registers `count` instances that stand in the exchange buffer with their attributes; their slots stand there then. */
export function registerAll(count: i32): void {
  registration.registerAll(arena.exchange(0), count);
}

export function deregister(slot: i32): void {
  assert(instances.isLive(slot), "live slot");
  while (instances.cell(COLUMN_FIRST_TASK, slot) != NONE) orphan(instances.cell(COLUMN_FIRST_TASK, slot));
  groups.clearCounts(slot);
  domains.clearAttributes(slot);
  ports.clearPorts(slot);
  followRemoved(slot);
  instances.removeInstance(slot);
  note(INSTANCES, slot);
}

/** Flags: bit 0 status ACTIVE, bit 1 agent connected. */
export function setState(slot: i32, flags: i32): void {
  assert(instances.isLive(slot), "live slot");
  instances.setState(slot, (flags & 1) != 0, (flags & 2) != 0);
  note(INSTANCES, slot);
}

export function addAttribute(): i32 {
  return attributes.addAttribute();
}

export function setAttribute(slot: i32, attribute: i32, value: i32): void {
  assert(instances.isLive(slot), "live slot");
  domains.setAttribute(slot, attribute, value);
}

export function attributeValue(slot: i32, attribute: i32): i32 {
  return attributes.attributeValue(slot, attribute);
}

/** Address of an instance's cell; valid until `generation` changes. */
export function cellAt(which: i32, slot: i32): u32 {
  assert(which >= 0 && which < COLUMNS, "column");
  return <u32>instances.cellAt(which, slot);
}

export function slots(): i32 {
  return instances.slots();
}

export function isLive(slot: i32): i32 {
  return <i32>instances.isLive(slot);
}

export function instanceCount(): i32 {
  return instances.instanceCount();
}

export function portUsed(slot: i32, key: i32): i32 {
  return <i32>ports.portUsed(slot, key);
}

/** Writes the used port keys of an instance to the exchange buffer, in no order; returns their number. */
export function portsOf(slot: i32): i32 {
  const list = arena.exchange(<usize>ports.portCount() << 2);
  let found = 0;
  for (let n = 0, end = ports.portCount(); n < end; n++) {
    const key = ports.portKey(n);
    if (!ports.portUsed(slot, key)) continue;
    store<i32>(list + (<usize>found << 2), key);
    found++;
  }
  return found;
}

/** Takes the network interfaces of imported tasks, at most what is left; returns how many. */
export function reserveEni(slot: i32, count: i32): i32 {
  const taken = min(count, instances.cell(COLUMN_REMAINING_ENI, slot));
  instances.setCell(COLUMN_REMAINING_ENI, slot, instances.cell(COLUMN_REMAINING_ENI, slot) - taken);
  return taken;
}

// ---- value sets and groups

export function addSet(): i32 {
  return sets.addSet();
}

export function setAdd(set: i32, value: i32): void {
  sets.setAdd(set, value);
}

/** Empties a set, so that it can serve one evaluation after another. */
export function clearSet(set: i32): void {
  sets.clearSet(set);
}

/** Empties a mark; marks are numbered 0, 1, 2 and so on. */
export function clearMark(mark: i32): void {
  marks.clearMark(mark);
}

/** Marks the instances that hold an active task of the group. */
export function markGroup(mark: i32, group: i32): void {
  marks.markGroup(mark, group);
}

export function addGroup(): i32 {
  return groups.addGroup();
}

export function watch(watcher: i32, group: i32): void {
  assert(watcher != group, "a watcher of itself");
  groups.watch(watcher, group);
}

export function count(group: i32, slot: i32): i32 {
  return counts.count(group, slot);
}

export function addCount(group: i32, slot: i32, added: i32): void {
  assert(instances.isLive(slot) && added >= 0, "count");
  groups.changeCount(group, slot, added);
}

// ---- demands, programs, requests

export function addDemand(portCount: i32): i32 {
  return demands.addDemand(arena.exchange(0), portCount);
}

export function addProgram(length: i32, dynamic: i32): i32 {
  return programs.addProgram(arena.exchange(0), length, dynamic != 0);
}

/** Address of the program's bitset over live instances, (slots + 63) / 64 words; valid until the next call. */
export function evaluate(program: i32): u32 {
  return <u32>programs.evaluate(program);
}

/** As `evaluate`, for code in the exchange buffer that is not kept. */
export function evaluateOnce(length: i32): u32 {
  return <u32>programs.evaluateOnce(arena.exchange(0), length);
}

export function addRequest(): i32 {
  return requests.addRequest(arena.exchange(0));
}

// ---- tasks

export function taskCount(): i32 {
  return tasks.taskCount();
}

/** Address of a task record, TASK_WORDS words. */
export function task(number: i32): u32 {
  return <u32>tasks.taskAt(number);
}

export function stopTask(number: i32): void {
  stop(number);
}

export function setTaskStatus(number: i32, status: i32): void {
  moveTask(number, status);
}

/** 0 when every invariant of the table holds, else kind | slot or group << 4 (see table/check). */
export function check(): i32 {
  const broken = checkTable();
  return broken == 0 && !indexesAreSound() ? BROKEN_INDEX : broken;
}
