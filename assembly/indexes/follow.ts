// What keeps the indexes in step with the table: called by commit after every change of remaining amounts and by the
// entry after registration and before deregistration.
import { COLUMN_REMAINING_CPU, NONE } from "../abi";
import { mayHold } from "../cql/programs";
import { agesCount, agesProgram, ALL_AGES, noteGrowthIn } from "../table/barren";
import { addToIndex, amountsChanged, foreseeMove, takeFromIndex } from "./blocks";
import { indexAt, indexCount, keyColumn, programOf } from "./members";
import { indexIsSound } from "./sound";
import { reachesAreSound } from "./reach";
import { WITH_INDEXES } from "./switch";
import { raiseStaircase, sinkStaircase, staircaseIsSound } from "./staircase";

/**
 * Asks for the memory that `followAmounts` reads last: where the entries stand, then their blocks. The loads wait for one
 * another, so that they start before whatever else the caller does meanwhile.
 */
// @ts-ignore: decorator
@inline export function foresee(slot: i32, cpu: i32, memory: i32): void {
  for (let n = 0, end = indexCount(); n < end; n++) {
    const index = indexAt(n);
    foreseeMove(index, slot, keyColumn(index) == COLUMN_REMAINING_CPU ? cpu : memory);
  }
}

/** After an instance got back so much cpu and memory, or, below zero, gave it. */
export function followAmounts(slot: i32, cpu: i32, memory: i32): void {
  if (!WITH_INDEXES) return;
  if (memory < 0 || cpu < 0) sinkStaircase(slot, -cpu, -memory);
  else raiseStaircase(slot);
  for (let n = 0, end = indexCount(); n < end; n++) amountsChanged(indexAt(n), slot);
}

/** Something grew on the instance: an amount, or the group of a task that ends has one less there. */
export function followGrowth(slot: i32): void {
  if (!WITH_INDEXES) return;
  if (agesCount() > 0) noteGrowthIn(ALL_AGES, slot);
  for (let n = ALL_AGES + 1, end = agesCount(); n < end; n++) {
    if (mayHold(agesProgram(n), slot)) noteGrowthIn(n, slot);
  }
}

/** Subsets learn of a new instance from the journal, once it has attributes. */
export function followAdded(slot: i32): void {
  if (!WITH_INDEXES) return;
  raiseStaircase(slot);
  for (let n = 0, end = indexCount(); n < end; n++) {
    if (programOf(indexAt(n)) == NONE) addToIndex(indexAt(n), slot);
  }
}

export function followRemoved(slot: i32): void {
  for (let n = 0, end = indexCount(); n < end; n++) takeFromIndex(indexAt(n), slot);
}

export function indexesAreSound(): bool {
  for (let n = 0, end = indexCount(); n < end; n++) {
    if (!indexIsSound(indexAt(n))) return false;
  }
  return !WITH_INDEXES || (staircaseIsSound() && reachesAreSound());
}
