// Commit: the last stage and the only writer of remaining resources. What commit takes, free gives back; the two moments
// of a task are apart: its counts drop when it shall stop, its resources return when it has stopped. Tasks without a
// record between the two are counted by instance in table/stopped, all others in COLUMN_ANONYMOUS.
import {
  COLUMN_ANONYMOUS, COLUMN_FIRST_TASK, COLUMN_PENDING_TASKS, COLUMN_REMAINING_CPU, COLUMN_REMAINING_ENI, COLUMN_REMAINING_GPU, COLUMN_REMAINING_MEMORY,
  COLUMN_RUNNING_TASKS, COLUMN_TOTAL_CPU, COLUMN_TOTAL_ENI, COLUMN_TOTAL_GPU, COLUMN_TOTAL_MEMORY, NONE, REQUEST_DEMAND,
  TASK_DEMAND, TASK_DESIRED_STOPPED, TASK_GROUP, TASK_NEXT, TASK_PENDING, TASK_SLOT, TASK_STATUS, TASK_STOPPED,
} from "../abi";
import { foresee, followAmounts, followGrowth } from "../indexes/follow";
import { cellOf, count, record } from "../table/counts";
import { cpuOf, demandAt, eniOf, gpuOf, isScarce, memoryOf, portOf, portsOf } from "../table/demands";
import { changeCount, dropCount } from "../table/groups";
import { cell, cellAt, cellIn, isLive, rowAt } from "../table/instances";
import { freePort, portUsed, takePort } from "../table/ports";
import { demandOf, groupOf, word } from "../table/requests";
import { changeStopped, stoppedCount } from "../table/stopped";
import { addTask, field, setField, taskAt, unlink } from "../table/tasks";

/** Takes the resources of `count` tasks and counts them, without records: a placer holds them. */
export function commit(request: usize, slot: i32, count: i32): void {
  take(request, slot, count);
  add(COLUMN_ANONYMOUS, slot, count);
}

/** Takes the resources of `count` tasks that have records, or get them by `recordTask`, and counts them. */
// @ts-ignore: decorator
@inline export function take(request: usize, slot: i32, count: i32): void {
  activate(slot, groupOf(request), count);
  reserve(slot, demandOf(request), -count);
}

/** The record of one task; returns its number. */
export function recordTask(request: usize, slot: i32, status: i32): i32 {
  if (status == TASK_PENDING) add(COLUMN_PENDING_TASKS, slot, 1);
  return addTask(slot, word(request, REQUEST_DEMAND), groupOf(request), status);
}

/**
 * What `free` needs to give back a task of the request that has no record: the cell that counts it. 0 where the instance
 * does not hold what a release gives back, beside what its task records hold.
 */
// @ts-ignore: decorator
@inline export function held(request: usize, slot: i32): usize {
  if (!isLive(slot)) return 0;
  foresee(slot, cpuOf(demandOf(request)), memoryOf(demandOf(request)));
  const row = rowAt(slot);
  if (cellIn(row, COLUMN_ANONYMOUS) < 1) return 0;
  const counts = record(groupOf(request));
  const counted = cellOf(counts, slot);
  if (counted == 0) return 0;
  const active = cellIn(row, COLUMN_FIRST_TASK) == NONE ? 1 : count(groupOf(request), slot);
  return isTaken(request, slot, row, active, cellIn(row, COLUMN_RUNNING_TASKS)) ? counted : 0;
}

/** Whether it holds what `freeStopped` gives back: the same but the counts, of a task without a record that shall stop. */
export function holdsStopped(request: usize, slot: i32): bool {
  return isLive(slot) && stoppedCount(slot) >= 1 && isTaken(request, slot, rowAt(slot), i32.MAX_VALUE, i32.MAX_VALUE);
}

/**
 * Whether the resources of a task are taken beside what task records hold, and one of so many active tasks of its group
 * and so many running ones is none of them.
 */
// @ts-ignore: decorator
@inline function isTaken(request: usize, slot: i32, row: usize, active: i32, running: i32): bool {
  const demand = demandOf(request);
  let cpu = cellIn(row, COLUMN_TOTAL_CPU) - cell(COLUMN_REMAINING_CPU, slot) - cpuOf(demand);
  let memory = cellIn(row, COLUMN_TOTAL_MEMORY) - cell(COLUMN_REMAINING_MEMORY, slot) - memoryOf(demand);
  for (let n = cellIn(row, COLUMN_FIRST_TASK); n != NONE; n = field(taskAt(n), TASK_NEXT)) {
    const task = taskAt(n);
    const recorded = demandAt(field(task, TASK_DEMAND));
    const isActive = (field(task, TASK_STATUS) & TASK_DESIRED_STOPPED) == 0;
    cpu -= cpuOf(recorded);
    memory -= memoryOf(recorded);
    if (isActive) running--;
    if (isActive && field(task, TASK_GROUP) == groupOf(request)) active--;
  }
  const enough = cpu >= 0 && memory >= 0 && active >= 1 && running >= 1;
  return enough && (!isScarce(demand) || isScarceTaken(demand, slot));
}

/** The same of ENIs, GPUs and ports, which few requests ask for. */
function isScarceTaken(demand: usize, slot: i32): bool {
  let eni = taken(COLUMN_TOTAL_ENI, COLUMN_REMAINING_ENI, slot) - eniOf(demand);
  let gpu = taken(COLUMN_TOTAL_GPU, COLUMN_REMAINING_GPU, slot) - gpusTaken(demand, slot);
  for (let n = cell(COLUMN_FIRST_TASK, slot); n != NONE; n = field(taskAt(n), TASK_NEXT)) {
    const recorded = demandAt(field(taskAt(n), TASK_DEMAND));
    eni -= eniOf(recorded);
    gpu -= gpusTaken(recorded, slot);
    if (sharesPort(demand, recorded)) return false;
  }
  return eni >= 0 && gpu >= 0 && hasPorts(demand, slot);
}

function hasPorts(demand: usize, slot: i32): bool {
  for (let k = 0, end = portsOf(demand); k < end; k++) {
    if (!portUsed(slot, portOf(demand, k))) return false;
  }
  return true;
}

function sharesPort(demand: usize, other: usize): bool {
  for (let k = 0, end = portsOf(demand); k < end; k++) {
    for (let n = 0, last = portsOf(other); n < last; n++) {
      if (portOf(demand, k) == portOf(other, n)) return true;
    }
  }
  return false;
}

/** Both moments at once, for a task without a record, which `held` found. */
export function free(request: usize, slot: i32, counted: usize): void {
  add(COLUMN_RUNNING_TASKS, slot, -1);
  add(COLUMN_ANONYMOUS, slot, -1);
  dropCount(groupOf(request), slot, counted);
  reserve(slot, demandOf(request), 1);
}

/** The first moment of a task without a record: its counts drop, its resources stay taken. */
export function stop(request: usize, slot: i32): void {
  activate(slot, groupOf(request), -1);
  add(COLUMN_ANONYMOUS, slot, -1);
  changeStopped(slot, 1);
  followGrowth(slot);
}

/** Takes a `stop` back. */
export function unstop(request: usize, slot: i32): void {
  activate(slot, groupOf(request), 1);
  add(COLUMN_ANONYMOUS, slot, 1);
  changeStopped(slot, -1);
}

/** The second moment: the resources return. */
export function freeStopped(request: usize, slot: i32): void {
  reserve(slot, demandOf(request), 1);
  changeStopped(slot, -1);
}

/** Takes a `freeStopped` back. */
export function unfree(request: usize, slot: i32): void {
  reserve(slot, demandOf(request), -1);
  changeStopped(slot, 1);
}

/** Desired STOPPED: the first moment. */
export function stopTask(number: i32): void {
  const task = taskAt(number);
  const status = field(task, TASK_STATUS);
  if ((status & TASK_DESIRED_STOPPED) != 0) return;
  setField(task, TASK_STATUS, status | TASK_DESIRED_STOPPED);
  activate(field(task, TASK_SLOT), field(task, TASK_GROUP), -1);
  followGrowth(field(task, TASK_SLOT));
}

/** Moves the last status on; STOPPED is the second moment. */
export function setTaskStatus(number: i32, status: i32): void {
  const task = taskAt(number);
  const before = field(task, TASK_STATUS) & ~TASK_DESIRED_STOPPED;
  const slot = field(task, TASK_SLOT);
  if (before == status) return;
  if (status == TASK_STOPPED) stopTask(number);
  if (before == TASK_PENDING) add(COLUMN_PENDING_TASKS, slot, -1);
  if (status == TASK_PENDING) add(COLUMN_PENDING_TASKS, slot, 1);
  setField(task, TASK_STATUS, status | (field(task, TASK_STATUS) & TASK_DESIRED_STOPPED));
  if (status != TASK_STOPPED) return;
  reserve(slot, demandAt(field(task, TASK_DEMAND)), 1);
  unlink(task);
}

/** Leaves a record stopped, when its instance is deregistered; the slot it had may get another instance. */
export function orphan(number: i32): void {
  const task = taskAt(number);
  unlink(task);
  setField(task, TASK_STATUS, TASK_STOPPED | TASK_DESIRED_STOPPED);
}

// @ts-ignore: decorator
@inline function add(which: i32, slot: i32, delta: i32): void {
  const at = cellAt(which, slot);
  store<i32>(at, load<i32>(at) + delta);
}

// @ts-ignore: decorator
@inline function taken(total: i32, remaining: i32, slot: i32): i32 {
  return cell(total, slot) - cell(remaining, slot);
}

// @ts-ignore: decorator
@inline function gpusTaken(demand: usize, slot: i32): i32 {
  return gpuOf(demand) == NONE ? max(1, cell(COLUMN_TOTAL_GPU, slot)) : gpuOf(demand);
}

/** Takes (sign below 0) or gives back a demand's resources, so many times. */
// @ts-ignore: decorator
@inline function reserve(slot: i32, demand: usize, sign: i32): void {
  add(COLUMN_REMAINING_CPU, slot, sign * cpuOf(demand));
  add(COLUMN_REMAINING_MEMORY, slot, sign * memoryOf(demand));
  followAmounts(slot, sign * cpuOf(demand), sign * memoryOf(demand));
  if (sign > 0) followGrowth(slot);
  if (isScarce(demand)) reserveScarce(slot, demand, sign);
}

function reserveScarce(slot: i32, demand: usize, sign: i32): void {
  if (eniOf(demand) != 0) add(COLUMN_REMAINING_ENI, slot, sign * eniOf(demand));
  if (gpuOf(demand) != 0) add(COLUMN_REMAINING_GPU, slot, sign * gpusTaken(demand, slot));
  for (let k = 0, end = portsOf(demand); k < end; k++) {
    if (sign < 0) takePort(slot, portOf(demand, k));
    else freePort(slot, portOf(demand, k));
  }
}

// @ts-ignore: decorator
@inline function activate(slot: i32, group: i32, delta: i32): void {
  add(COLUMN_RUNNING_TASKS, slot, delta);
  changeCount(group, slot, delta);
}
