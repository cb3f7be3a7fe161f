// Records of the task groups: what is known of each, and in which form its counts stand. Read by tallies and counts, which
// store and change them.
import { listAt, listCount, listPush } from "../memory/list";
import { capacity } from "./instances";

const LIST: usize = memory.data(16, 16);
// block, entries, capacity, form, total, four fields of others, seats (two words), used pairs, bits of a count, number + 1
const STRIDE = 64;
export const FORM: usize = 12;
const NUMBER: usize = 52;
const LOOSE = 0; // by instance (see residents)
export const PAIRS = 1;
export const COLUMN = 2;
const DENSE_SHARE = 8;

export const FIELD_DOMAINS = 20; // head of the group's list of domain counts, number + 1
export const FIELD_WATCHERS = 24; // head of the group's list of watchers, number + 1
export const FIELD_IS_WATCHER = 28; // 1: counts tasks of other groups only
export const FIELD_FLOOR = 32; // no live instance holds fewer tasks of the group; indexes keep it
export const FIELD_SEATS = 36;
export const FIELD_WANTS_SEATS = 56; // 1: something asks for its seats, which come with its first task

/** A new group, loose. */
export function addRecord(): i32 {
  const group = listPush(LIST, STRIDE);
  store<i32>(record(group), group + 1, NUMBER);
  return group;
}

// @ts-ignore: decorator
@inline export function groupCount(): i32 {
  return listCount(LIST);
}

// @ts-ignore: decorator
@inline export function record(group: i32): usize {
  return listAt(LIST, group);
}

/** Number of the group + 1. */
// @ts-ignore: decorator
@inline export function keyOf(at: usize): i32 {
  return load<i32>(at, NUMBER);
}

/** Whether the counts stand by instance. */
// @ts-ignore: decorator
@inline export function isLoose(at: usize): bool {
  return load<i32>(at, FORM) == LOOSE;
}

/** A loose group counts by group from now on; its counts are the caller's to bring. */
export function tie(at: usize): void {
  setTallied(at, 0);
  store<i32>(at, PAIRS, FORM);
}

/** Instances that hold tasks of the group; of a loose one only if it has seats. */
// @ts-ignore: decorator
@inline export function tallied(at: usize): i32 {
  return load<i32>(at, 4);
}

// @ts-ignore: decorator
@inline export function setTallied(at: usize, instances: i32): void {
  store<i32>(at, instances, 4);
}

/** Whether a column is shorter than what else so many instances would need. */
// @ts-ignore: decorator
@inline export function isMany(instances: i32): bool {
  return instances * DENSE_SHARE > capacity();
}

// @ts-ignore: decorator
@inline export function isDense(at: usize): bool {
  return load<i32>(at, FORM) == COLUMN;
}

/** Active tasks of the group, over all instances. */
// @ts-ignore: decorator
@inline export function total(at: usize): i32 {
  return load<i32>(at, 16);
}

// @ts-ignore: decorator
@inline export function addTotal(at: usize, tasks: i32): void {
  store<i32>(at, total(at) + tasks, 16);
}
