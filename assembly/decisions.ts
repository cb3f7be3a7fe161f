// The exports that decide: placements one by one and in batches, releases, traces. Part of the entry; lists travel in the
// exchange buffer as i32 words.
import { NONE, REFUSED_NOT_HELD, REFUSED_UNKNOWN_SLOT } from "./abi";
import { placeMany } from "./batch/many";
import * as arena from "./memory/arena";
import {
  commit, free, freeStopped, held, holdsStopped, recordTask, stop as stopHeld, take, unfree, unstop,
} from "./place/commit";
import * as pipeline from "./place/place";
import * as traces from "./place/trace";
import * as scaleIn from "./scale/victims";
import * as instances from "./table/instances";
import * as requests from "./table/requests";

/** Places up to `count` tasks without records; their slots stand in the exchange buffer. Returns how many. */
export function place(request: i32, count: i32): i32 {
  return placeMany(requests.requestAt(request), count, arena.exchange(<usize>count << 2), NONE);
}

/** Places one task without a record; returns its slot or -1. */
export function placeOne(request: i32): i32 {
  return pipeline.place(requests.requestAt(request));
}

/** Gives one such task back, or answers REFUSED_NOT_HELD. */
export function releaseOne(request: i32, slot: i32): i32 {
  const at = requests.requestAt(request);
  const counted = held(at, slot);
  if (counted == 0) return REFUSED_NOT_HELD;
  free(at, slot, counted);
  return 0;
}

/** Gives back `count` tasks whose slots stand in the exchange buffer: all, or none with REFUSED_NOT_HELD. */
export function release(request: i32, count: i32): i32 {
  const at = requests.requestAt(request);
  const list = arena.exchange(<usize>count << 2);
  for (let n = 0; n < count; n++) {
    const slot = load<i32>(list + (<usize>n << 2));
    const counted = held(at, slot);
    if (counted != 0) {
      free(at, slot, counted);
      continue;
    }
    while (n-- > 0) commit(at, load<i32>(list + (<usize>n << 2)), 1);
    return REFUSED_NOT_HELD;
  }
  return 0;
}

/** The first moment of one such task, or REFUSED_NOT_HELD. */
export function stopOne(request: i32, slot: i32): i32 {
  const at = requests.requestAt(request);
  if (held(at, slot) == 0) return REFUSED_NOT_HELD;
  stopHeld(at, slot);
  return 0;
}

/** The second moment of one task that had the first, or REFUSED_NOT_HELD. */
export function freeOne(request: i32, slot: i32): i32 {
  const at = requests.requestAt(request);
  if (!holdsStopped(at, slot)) return REFUSED_NOT_HELD;
  freeStopped(at, slot);
  return 0;
}

/** The first moment of `count` such tasks: all, or none with REFUSED_NOT_HELD. */
export function stop(request: i32, count: i32): i32 {
  const at = requests.requestAt(request);
  const list = arena.exchange(<usize>count << 2);
  for (let n = 0; n < count; n++) {
    const slot = load<i32>(list + (<usize>n << 2));
    if (held(at, slot) != 0) {
      stopHeld(at, slot);
      continue;
    }
    while (n-- > 0) unstop(at, load<i32>(list + (<usize>n << 2)));
    return REFUSED_NOT_HELD;
  }
  return 0;
}

/** The second moment of `count` tasks that had the first: all, or none with REFUSED_NOT_HELD. */
export function freeAll(request: i32, count: i32): i32 {
  const at = requests.requestAt(request);
  const list = arena.exchange(<usize>count << 2);
  for (let n = 0; n < count; n++) {
    const slot = load<i32>(list + (<usize>n << 2));
    if (holdsStopped(at, slot)) {
      freeStopped(at, slot);
      continue;
    }
    while (n-- > 0) unfree(at, load<i32>(list + (<usize>n << 2)));
    return REFUSED_NOT_HELD;
  }
  return 0;
}

/** Places one task without a record on a given instance, if every gate of the request passes there: 1, else 0. */
export function placeAt(request: i32, slot: i32): i32 {
  const at = requests.requestAt(request);
  if (!instances.isLive(slot) || traces.failedGates(at, slot) != 0) return 0;
  commit(at, slot, 1);
  return 1;
}

/** Places up to `count` tasks with records, numbered from the old `taskCount` on. Returns how many. */
export function run(request: i32, count: i32, status: i32): i32 {
  return placeMany(requests.requestAt(request), count, 0, status);
}

/** One task on a given instance: 0 when placed, else the mask of failed gates. */
export function start(request: i32, slot: i32, status: i32): i32 {
  assert(instances.isLive(slot), "live slot");
  const at = requests.requestAt(request);
  const gates = <i32>traces.startGates(at, slot);
  if (gates != 0) return gates;
  take(at, slot, 1);
  recordTask(at, slot, status);
  return 0;
}

/** Address of the u16 masks of failed gates, one per slot; 0xffff for a free slot. */
export function trace(request: i32): u32 {
  return <u32>traces.trace(requests.requestAt(request));
}

/**
 * Which of `tasks` tasks stop first, at most `count`. The exchange buffer holds their slots (NONE: no instance), oldest
 * first, then their ranks; the numbers of the chosen stand at its front then. Returns how many, or REFUSED_UNKNOWN_SLOT.
 */
export function victims(request: i32, tasks: i32, count: i32): i32 {
  const list = arena.exchange(<usize>tasks * 12);
  for (let n = 0; n < tasks; n++) {
    const slot = load<i32>(list + (<usize>n << 2));
    if (slot != NONE && !instances.isLive(slot)) return REFUSED_UNKNOWN_SLOT;
  }
  return scaleIn.victims(requests.requestAt(request), tasks, list, count);
}
