// Task counts per (group, instance), whatever form they stand in. A group is loose at first: its tasks are cells beside the
// row of their instance, which a placement or release reads anyway, and its seats, where something asks for them, say on
// which instances. It is gathered for good (see tallies) when an eighth of all instances hold it, or something asks for all
// its instances again and again. Written by groups only.
import {
  addRecord, addTotal, FIELD_SEATS, FIELD_WANTS_SEATS, isLoose, isMany, keyOf, record, setTallied, tallied, tie, total,
} from "./group-records";
import { capacity, slots } from "./instances";
import { addResidents, countResidents, dropResident, MOST_KEY, residentOf, takeResidents } from "./residents";
import { hasSeats, putSeat, seats64, openSeats } from "./seats";
import {
  takeTallied, talliedAt, talliedCell, talliedPlaces, talliedSlot, tally, tallyIn,
} from "./tallies";

export {
  FIELD_DOMAINS, FIELD_FLOOR, FIELD_IS_WATCHER, FIELD_WATCHERS, groupCount, isDense, isLoose, record, total,
} from "./group-records";
export { countColumn } from "./tallies";

const FEW_INSTANCES = 4096; // up to so many a table by group is in the caches, and quicker than seats that are kept apart

export function addCounts(): i32 {
  const group = addRecord();
  if (group >= MOST_KEY) tie(record(group));
  return group;
}

// @ts-ignore: decorator
@inline function isSeated(at: usize): bool {
  return hasSeats(at + FIELD_SEATS);
}

/** Instances that hold tasks of the group; of a loose one without seats at least 1 when there are any. */
// @ts-ignore: decorator
@inline export function entries(at: usize): i32 {
  return isLoose(at) && !isSeated(at) ? total(at) : tallied(at);
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
  if (isLoose(at) && addLoose(at, slot, delta)) return 0;
  addTotal(at, delta);
  return tally(at, slot, delta);
}

/** Whether the group is loose still and has the tasks. */
// @ts-ignore: decorator
@inline function addLoose(at: usize, slot: i32, delta: i32): bool {
  if (load<i32>(at, FIELD_WANTS_SEATS) != 0) return addSeated(at, slot, delta);
  if (delta < 0) takeResidents(slot, keyOf(at), -delta);
  else if (!addResidents(slot, keyOf(at), delta)) return gather(at);
  addTotal(at, delta);
  return true;
}

function addSeated(at: usize, slot: i32, delta: i32): bool {
  const seats = seatsOf(at);
  if (!isLoose(at)) return false;
  if (delta < 0) {
    takeResidents(slot, keyOf(at), -delta);
    leaveSeat(at, slot);
  } else {
    const isNew = total(at) == 0 || residentOf(slot, keyOf(at)) == 0;
    if ((isNew && isMany(tallied(at) + 1)) || !addResidents(slot, keyOf(at), delta)) return gather(at);
    if (isNew && delta > 0) {
      setTallied(at, tallied(at) + 1);
      putSeat(seats, slot, true);
    }
  }
  addTotal(at, delta);
  return true;
}

/** After tasks left an instance. */
function leaveSeat(at: usize, slot: i32): void {
  if (residentOf(slot, keyOf(at)) != 0) return;
  setTallied(at, tallied(at) - 1);
  putSeat(at + FIELD_SEATS, slot, false);
}

/** The count of one instance after a task left that `cell`, which `cellOf` found, counts; 0 for a loose group. */
// @ts-ignore: decorator
@inline export function takeFrom(at: usize, cell: usize, slot: i32): i32 {
  addTotal(at, -1);
  if (!isLoose(at)) return takeTallied(at, cell, slot);
  dropResident(slot, cell);
  if (isSeated(at)) leaveSeat(at, slot);
  return 0;
}

/** The counts of the group stand by group from now on. @returns false, as it is not loose. */
export function gather(at: usize): bool {
  if (!isLoose(at)) return false;
  tie(at);
  for (let slot = 0, left = total(at); left > 0; slot++) {
    const here = countResidents(slot, keyOf(at));
    if (here == 0) continue;
    takeResidents(slot, keyOf(at), here);
    tally(at, slot, here);
    left -= here;
  }
  return false;
}

/** Something is going to ask for the seats of the group. */
export function wantSeats(at: usize): void {
  if (capacity() <= FEW_INSTANCES) gather(at);
  else if (total(at) == 0) store<i32>(at, 1, FIELD_WANTS_SEATS);
  else seatsOf(at);
}

/** The seats of a group for `seats64`; from the first call on they follow the counts. */
export function seatsOf(at: usize): usize {
  const seats = at + FIELD_SEATS;
  if (!hasSeats(seats)) takeSeats(at, seats);
  return seats;
}

function takeSeats(at: usize, seats: usize): void {
  store<i32>(at, 1, FIELD_WANTS_SEATS);
  openSeats(seats);
  let taken = 0;
  for (let p = 0, end = places(at), left = total(at); p < end && left > 0; p++) {
    const here = countAt(at, p);
    if (here == 0) continue;
    putSeat(seats, slotAt(at, p), true);
    left -= here;
    taken++;
  }
  setTallied(at, taken);
  if (isLoose(at) && isMany(taken)) gather(at);
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
