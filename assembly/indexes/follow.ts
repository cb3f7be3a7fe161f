// What keeps the indexes in step with the table: called by commit after every change of remaining amounts and by the
// entry after registration and before deregistration.
import { COLUMN_REMAINING_CPU, NONE } from "../abi";
import { addToIndex, amountsChanged, indexIsSound, takeFromIndex } from "./blocks";
import { indexAt, indexCount, keyColumn, programOf } from "./directory";
import { raiseStaircase, staircaseIsSound } from "./staircase";

export function followAmounts(slot: i32, oldCpu: i32, oldMemory: i32): void {
  raiseStaircase(slot);
  for (let n = 0, end = indexCount(); n < end; n++) {
    const index = indexAt(n);
    if (keyColumn(index) == COLUMN_REMAINING_CPU) amountsChanged(index, slot, oldCpu, oldMemory);
    else amountsChanged(index, slot, oldMemory, oldCpu);
  }
}

/** Subsets learn of a new instance from the journal, once it has attributes. */
export function followAdded(slot: i32): void {
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
  return staircaseIsSound();
}
