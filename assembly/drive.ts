// Driver: a seeded stream of operations over requests that the host prepared, with a running hash of all that was
// chosen. The same seed on the same table gives the same hash in each mode. For tests; only the second entry exports it.
import {
  COLUMN_REMAINING_CPU, COLUMN_RUNNING_TASKS, COLUMN_TOTAL_CPU, NONE, PROTOCOL_UDP,
  REGISTRATION_COLUMNS, TASK_PENDING, TASK_RUNNING, TASK_SLOT, TASK_STOPPED, VALUE_MISSING,
} from "./abi";
import { placeMany } from "./batch/many";
import * as core from "./index";
import { allocate, exchange } from "./memory/arena";
import { commit, recordTask, take } from "./place/commit";
import { decide, decideByStages } from "./place/place";
import { attributeCount } from "./table/attributes";
import { cell } from "./table/instances";
import { requestAt } from "./table/requests";
import { field, taskAt } from "./table/tasks";

export const THROUGH_INDEXES = 0;
export const THROUGH_STAGES = 1;
export const BATCHED = 2; // several tasks at once through batch/many; the other modes decide them one by one

const MOST_HELD = 1 << 17;
const MOST_IN_BATCH = 512;
const HELD_BYTES: usize = 12;
const MOST_SPARE = 16;
const STOPPED = -2;
const PHASE = 1024; // steps between which a drive may turn from filling to draining

// seed i32, hash i32, mode i32, held i32, held list u32, batch list u32, spare i32, filling i32
const HEAD: usize = memory.data(32, 16);
const SPARE: usize = memory.data(16 * 16, 16); // totals of deregistered instances: cpu, memory, gpu, eni

/** Runs `steps` operations over `requests` requests from `first` on; what an earlier call placed is still known. */
export function drive(seed: u32, steps: i32, first: i32, requests: i32, mode: i32): u32 {
  if (load<u32>(HEAD, 16) == 0) {
    store<u32>(HEAD, <u32>allocate(<usize>MOST_HELD * HELD_BYTES), 16);
    store<u32>(HEAD, <u32>allocate(<usize>MOST_IN_BATCH * 4), 20);
  }
  store<u32>(HEAD, seed);
  store<u32>(HEAD, 1, 4);
  store<i32>(HEAD, mode, 8);
  for (let n = 0; n < steps; n++) {
    if (n % PHASE == 0) store<i32>(HEAD, roll(2), 28);
    step(first + roll(requests));
  }
  for (let slot = 0, end = core.slots(); slot < end; slot++) mixInstance(slot);
  mix(core.taskCount());
  return load<u32>(HEAD, 4);
}

/** Placements that the driver could give back. */
export function drivenTasks(): i32 {
  return load<i32>(HEAD, 12);
}

function step(request: i32): void {
  const placing = load<i32>(HEAD, 28) != 0 ? 600 : 300;
  const action = roll(1000);
  if (action < placing) place(request);
  else if (action < 920) release(roll(max(1, load<i32>(HEAD, 12))));
  else if (action < 940) start(request, roll(core.slots()));
  else if (action < 960) setState(roll(core.slots()));
  else if (action < 982) setAttribute(roll(core.slots()));
  else if (action < 989) deregister(roll(core.slots()));
  else if (action < 998) register();
  else releaseAll(request);
}

// ---- dice and hash, apart from the generator of the engine

function roll(k: i32): i32 {
  const state = load<u32>(HEAD) + 0x9e3779b9;
  store<u32>(HEAD, state);
  let x = (state ^ (state >>> 16)) * 0x85ebca6b;
  x = (x ^ (x >>> 13)) * 0xc2b2ae35;
  return <i32>((<u64>(x ^ (x >>> 16)) * <u64>k) >> 32);
}

function mix(value: i32): void {
  store<u32>(HEAD, rotl<u32>((load<u32>(HEAD, 4) ^ <u32>value) * 0x9e3779b1, 13), 4);
}

function mixInstance(slot: i32): void {
  for (let which = COLUMN_REMAINING_CPU; which <= COLUMN_RUNNING_TASKS; which++) mix(cell(which, slot));
}

// ---- what was placed: { request i32, slot i32, task i32, or NONE, or STOPPED when it had none and was stopped }

function heldAt(number: i32): usize {
  return <usize>load<u32>(HEAD, 16) + <usize>number * HELD_BYTES;
}

function hold(request: i32, slot: i32, task: i32): void {
  const at = heldAt(load<i32>(HEAD, 12));
  store<i32>(at, request);
  store<i32>(at, slot, 4);
  store<i32>(at, task, 8);
  store<i32>(HEAD, load<i32>(HEAD, 12) + 1, 12);
  mix(slot);
  mix(task);
}

/** The last one takes the place of the one that goes. */
function drop(number: i32): void {
  const last = load<i32>(HEAD, 12) - 1;
  memory.copy(heldAt(number), heldAt(last), HELD_BYTES);
  store<i32>(HEAD, last, 12);
}

// ---- operations

function place(request: i32): void {
  const many = roll(24);
  const count = many > 0 ? 1 : 2 + roll(roll(16) == 0 ? MOST_IN_BATCH - 2 : 48);
  const kind = roll(6);
  const status = kind == 0 ? TASK_RUNNING : kind == 1 ? TASK_PENDING : NONE;
  if (load<i32>(HEAD, 12) + count > MOST_HELD) return;
  if (load<i32>(HEAD, 8) == BATCHED) placeAtOnce(request, count, status);
  else placeOneByOne(request, count, status);
  mix(count);
}

function placeAtOnce(request: i32, count: i32, status: i32): void {
  const list = <usize>load<u32>(HEAD, 20);
  const task = core.taskCount();
  const placed = placeMany(requestAt(request), count, list, status);
  for (let n = 0; n < placed; n++) {
    if (status == NONE) hold(request, load<i32>(list + (<usize>n << 2)), NONE);
    else hold(request, field(taskAt(task + n), TASK_SLOT), task + n);
  }
}

function placeOneByOne(request: i32, count: i32, status: i32): void {
  const at = requestAt(request);
  for (let n = 0; n < count; n++) {
    const slot = load<i32>(HEAD, 8) == THROUGH_STAGES ? decideByStages(at) : decide(at);
    if (slot < 0) return;
    if (status == NONE) {
      commit(at, slot, 1);
      hold(request, slot, NONE);
    } else {
      take(at, slot, 1);
      hold(request, slot, recordTask(at, slot, status));
    }
  }
}

/** A task may lose its count first and its resources later, with a record or without. */
function release(number: i32): void {
  if (number >= load<i32>(HEAD, 12)) return;
  const at = heldAt(number);
  const task = load<i32>(at, 8);
  if (task == NONE && roll(3) == 0) {
    mix(core.stopOne(load<i32>(at), load<i32>(at, 4)));
    store<i32>(at, STOPPED, 8);
    return;
  }
  if (task == STOPPED) {
    mix(core.freeOne(load<i32>(at), load<i32>(at, 4)));
  } else if (task == NONE) {
    mix(core.releaseOne(load<i32>(at), load<i32>(at, 4)));
  } else if (roll(3) == 0) {
    return core.stopTask(task);
  } else {
    core.setTaskStatus(task, TASK_STOPPED);
  }
  drop(number);
}

function releaseAll(request: i32): void {
  for (let number = load<i32>(HEAD, 12) - 1; number >= 0; number--) {
    if (load<i32>(heldAt(number)) == request) release(number);
  }
}

function start(request: i32, slot: i32): void {
  if (core.isLive(slot) == 0 || load<i32>(HEAD, 12) == MOST_HELD) return;
  if (roll(2) == 0) {
    const placed = core.placeAt(request, slot);
    mix(placed);
    if (placed != 0) hold(request, slot, NONE);
    return;
  }
  const gates = core.start(request, slot, TASK_RUNNING);
  mix(gates);
  if (gates == 0) hold(request, slot, core.taskCount() - 1);
}

function setState(slot: i32): void {
  if (core.isLive(slot) != 0) core.setState(slot, roll(2) == 0 ? 3 : roll(4));
}

/** The value of another instance, or none. */
function setAttribute(slot: i32): void {
  if (core.isLive(slot) == 0 || attributeCount() == 0) return;
  const attribute = roll(attributeCount());
  core.setAttribute(slot, attribute, roll(8) == 0 ? VALUE_MISSING : core.attributeValue(roll(core.slots()), attribute));
}

function deregister(slot: i32): void {
  const spare = load<i32>(HEAD, 24);
  if (core.isLive(slot) == 0 || spare == MOST_SPARE) return;
  for (let k = 0; k < 4; k++) store<i32>(SPARE + (<usize>(spare * 4 + k) << 2), cell(COLUMN_TOTAL_CPU + k, slot));
  store<i32>(HEAD, spare + 1, 24);
  core.deregister(slot);
  for (let number = load<i32>(HEAD, 12) - 1; number >= 0; number--) {
    if (load<i32>(heldAt(number), 4) == slot) drop(number);
  }
}

/** An instance that was there before, empty, with the attributes of some other. */
function register(): void {
  const spare = load<i32>(HEAD, 24) - 1;
  if (spare < 0) return;
  store<i32>(HEAD, spare, 24);
  const ports = i32(roll(4) == 0);
  const record = exchange(<usize>(REGISTRATION_COLUMNS + 1 + ports) << 2);
  memory.fill(record, 0, REGISTRATION_COLUMNS * 4);
  memory.copy(record, SPARE + (<usize>spare << 4), 16);
  memory.copy(record + COLUMN_REMAINING_CPU * 4, SPARE + (<usize>spare << 4), 16);
  store<i32>(record, 3, REGISTRATION_COLUMNS * 4);
  if (ports > 0) store<i32>(record, 8000 + roll(4) + (roll(2) * (PROTOCOL_UDP << 16)), (REGISTRATION_COLUMNS + 1) * 4);
  const slot = core.register(ports);
  const model = roll(core.slots());
  mix(slot);
  for (let attribute = 0, end = attributeCount(); attribute < end; attribute++) {
    core.setAttribute(slot, attribute, core.attributeValue(model, attribute));
  }
}
