// Task counts per (group, instance), whatever form they stand in. A group whose counts nobody reads but for one instance at
// a time is loose: its tasks are cells beside the row of their instance, which a placement or release reads anyway. Once
// something asks by group (a spread over instances, distinctInstance, task:group), it is gathered for good: see tallies.
// Written by groups only.
import { slots } from "./instances";
import { addResidents, countResidents, dropResident, MOST_KEY, residentOf, takeResidents } from "./residents";
import { hasSeats, putSeat, seats64, settleSeats } from "./seats";
import {
  addRecord, FIELD_SEATS, isDense, isLoose, keyOf, record, setTotal, takeTallied, tallied, talliedAt, talliedCell,
  talliedPlaces, talliedSlot, tally, tallyIn, tie, total,
} from "./tallies";

export {
  countColumn, FIELD_DOMAINS, FIELD_FLOOR, FIELD_IS_WATCHER, FIELD_WATCHERS, groupCount, isDense, isLoose, record, total,
} from "./tallies";

export function addCounts(): i32 {
  const group = addRecord();
  if (group >= MOST_KEY) tie(record(group));
  return group;
}

/** Instances that hold tasks of the group; of a loose one at least 1 when there are any. */
// @ts-ignore: decorator
@inline export function entries(at: usize): i32 {
  return isLoose(at) ? total(at) : tallied(at);
}

/** Places to look through with `slotAt` and `countAt`; of a loose group all slots. */
// @ts-ignore: decorator
@inline export function places(at: usize): i32 {
  if (isLoose(at)) return total(at) == 0 ? 0 : slots();
  return talliedPlaces(at);
}

/** Slot of a place, or -1 when nothing is counted there. */
// @ts-ignore: decorator
@inline export function slotAt(at: usize, place: i32): i32 {
  if (isLoose(at)) return countResidents(place, keyOf(at)) == 0 ? -1 : place;
  return talliedSlot(at, place);
}

// @ts-ignore: decorator
@inline export function countAt(at: usize, place: i32): i32 {
  return isLoose(at) ? countResidents(place, keyOf(at)) : talliedAt(at, place);
}

/** The cell that counts a task of the group on the instance, for `takeFrom`; 0 where none does. */
// @ts-ignore: decorator
@inline export function cellOf(at: usize, slot: i32): usize {
  if (!isLoose(at)) {
    const cell = talliedCell(at, slot);
    return tallyIn(at, cell) == 0 ? 0 : cell;
  }
  return total(at) == 0 ? 0 : residentOf(slot, keyOf(at));
}

export function count(group: i32, slot: i32): i32 {
  const at = record(group);
  if (!isLoose(at)) return tallyIn(at, talliedCell(at, slot));
  return total(at) == 0 ? 0 : countResidents(slot, keyOf(at));
}

/** The count of one instance after adding `delta`, which must not be below zero; 0 for a loose group. */
export function addTo(group: i32, slot: i32, delta: i32): i32 {
  const at = record(group);
  if (isLoose(at)) {
    if (delta < 0 ? takeResidents(slot, keyOf(at), -delta) : addResidents(slot, keyOf(at), delta)) {
      setTotal(at, total(at) + delta);
      return 0;
    }
    gather(at);
  }
  setTotal(at, total(at) + delta);
  return tally(at, slot, delta);
}

/** The count of one instance after a task left that `cell`, which `cellOf` found, counts; 0 for a loose group. */
// @ts-ignore: decorator
@inline export function takeFrom(at: usize, cell: usize, slot: i32): i32 {
  setTotal(at, total(at) - 1);
  if (!isLoose(at)) return takeTallied(at, cell, slot);
  dropResident(slot, cell);
  return 0;
}

/** The counts of the group stand by group from now on. */
export function gather(at: usize): void {
  if (!isLoose(at)) return;
  tie(at);
  for (let slot = 0, left = total(at); left > 0; slot++) {
    const here = countResidents(slot, keyOf(at));
    if (here == 0) continue;
    takeResidents(slot, keyOf(at), here);
    tally(at, slot, here);
    left -= here;
  }
}

/** The seats of a group for `seats64`; from the first call on they follow the counts. */
export function seatsOf(at: usize): usize {
  const seats = at + FIELD_SEATS;
  if (hasSeats(seats)) return seats;
  gather(at);
  settleSeats(seats);
  for (let p = 0, end = places(at); p < end; p++) {
    if (slotAt(at, p) >= 0) putSeat(seats, slotAt(at, p), true);
  }
  return seats;
}

/** Whether the seats are the places that hold tasks; for check. */
export function seatsAreSound(at: usize): bool {
  const seats = at + FIELD_SEATS;
  if (!hasSeats(seats)) return true;
  let taken = 0;
  for (let w = 0, end = (slots() + 63) >> 6; w < end; w++) taken += <i32>popcnt(seats64(seats, w));
  for (let p = 0, end = places(at); p < end; p++) {
    const slot = slotAt(at, p);
    if (slot >= 0 && ((seats64(seats, slot >> 6) >> <u64>(slot & 63)) & 1) == 0) return false;
  }
  return taken == entries(at);
}
