// Task groups: the one place that changes task counts, so that counts, domain counts, watchers and the journal agree.
// A watcher is a group of its own that counts the tasks of every group a `task:group` test accepts.
import { listAt, listPush } from "../memory/list";
import {
  addCounts, addTo, count, countAt, FIELD_DOMAINS, FIELD_FLOOR, FIELD_IS_WATCHER, FIELD_WATCHERS, gather, groupCount, isLoose, places,
  record, slotAt, takeFrom,
} from "./counts";
import { followDomains } from "./domains";
import { note, TASKS } from "./journal";
import { someResident } from "./residents";

const WATCHES: usize = memory.data(16, 16);
const STRIDE = 8; // watcher, next + 1

export function addGroup(): i32 {
  return addCounts();
}

/** Adds `delta` active tasks of the group to an instance. */
export function changeCount(group: i32, slot: i32, delta: i32): void {
  follow(group, slot, delta, addTo(group, slot, delta));
}

/** One active task of the group less, which `cell` counts (see `cellOf`). */
export function dropCount(group: i32, slot: i32, cell: usize): void {
  follow(group, slot, -1, takeFrom(record(group), cell, slot));
}

// @ts-ignore: decorator
@inline function follow(group: i32, slot: i32, delta: i32, after: i32): void {
  const at = record(group);
  if (after < load<i32>(at, FIELD_FLOOR)) store<i32>(at, after, FIELD_FLOOR);
  if (load<i32>(at, FIELD_DOMAINS) != 0) followDomains(group, slot, delta);
  if (load<i32>(at, FIELD_WATCHERS) != 0) changeWatchers(at, slot, delta);
  note(TASKS, slot);
}

function changeWatchers(at: usize, slot: i32, delta: i32): void {
  for (let n = load<i32>(at, FIELD_WATCHERS); n != 0; n = load<i32>(listAt(WATCHES, n - 1), 4)) {
    changeCount(load<i32>(listAt(WATCHES, n - 1)), slot, delta);
  }
}

/** From now on the watcher counts the group's tasks too, those there already included. */
export function watch(watcher: i32, group: i32): void {
  store<i32>(record(watcher), 1, FIELD_IS_WATCHER);
  gather(record(watcher));
  const number = listPush(WATCHES, STRIDE);
  const at = record(group);
  store<i32>(listAt(WATCHES, number), watcher);
  store<i32>(listAt(WATCHES, number), load<i32>(at, FIELD_WATCHERS), 4);
  store<i32>(at, number + 1, FIELD_WATCHERS);
  for (let p = 0, end = places(at); p < end; p++) {
    if (slotAt(at, p) >= 0) changeCount(watcher, slotAt(at, p), countAt(at, p));
  }
}

/** Forgets the tasks of a deregistered instance. */
export function clearCounts(slot: i32): void {
  for (let key = someResident(slot); key != 0; key = someResident(slot)) changeCount(key - 1, slot, -1);
  for (let g = 0, end = groupCount(); g < end; g++) {
    if (isLoose(record(g)) || load<i32>(record(g), FIELD_IS_WATCHER) != 0) continue;
    const here = count(g, slot);
    if (here != 0) changeCount(g, slot, -here);
  }
}

/** A new instance holds no task, so no floor may stand above zero. */
export function floorForNewInstance(): void {
  for (let g = 0, end = groupCount(); g < end; g++) store<i32>(record(g), 0, FIELD_FLOOR);
}
