// What keeps the indexes in step with the table: called by commit after every change of remaining amounts and by the
// entry after registration and before deregistration.
import { COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY } from "../abi";
import { instanceCount } from "../table/instances";
import { amountsChanged, build, indexIsSound, instanceAdded, instanceRemoved } from "./blocks";
import { indexBy, isBuilt } from "./directory";
import { raiseStaircase, staircaseIsSound } from "./staircase";

const WORTHWHILE = 256; // instances below which a scan is as fast

export function followAmounts(slot: i32, oldCpu: i32, oldMemory: i32): void {
  raiseStaircase(slot);
  const byCpu = indexBy(COLUMN_REMAINING_CPU);
  const byMemory = indexBy(COLUMN_REMAINING_MEMORY);
  if (isBuilt(byCpu)) amountsChanged(byCpu, slot, oldCpu, oldMemory);
  if (isBuilt(byMemory)) amountsChanged(byMemory, slot, oldMemory, oldCpu);
}

export function followAdded(slot: i32): void {
  raiseStaircase(slot);
  if (isBuilt(indexBy(COLUMN_REMAINING_CPU))) instanceAdded(indexBy(COLUMN_REMAINING_CPU), slot);
  if (isBuilt(indexBy(COLUMN_REMAINING_MEMORY))) instanceAdded(indexBy(COLUMN_REMAINING_MEMORY), slot);
}

export function followRemoved(slot: i32): void {
  if (isBuilt(indexBy(COLUMN_REMAINING_CPU))) instanceRemoved(indexBy(COLUMN_REMAINING_CPU), slot);
  if (isBuilt(indexBy(COLUMN_REMAINING_MEMORY))) instanceRemoved(indexBy(COLUMN_REMAINING_MEMORY), slot);
}

/** Whether the index by a column stands ready; builds it once the cluster is large enough. */
export function ready(which: i32): bool {
  const index = indexBy(which);
  if (!isBuilt(index) && instanceCount() >= WORTHWHILE) build(index);
  return isBuilt(index);
}

export function indexesAreSound(): bool {
  const byCpu = indexBy(COLUMN_REMAINING_CPU);
  const byMemory = indexBy(COLUMN_REMAINING_MEMORY);
  return staircaseIsSound() && (!isBuilt(byCpu) || indexIsSound(byCpu)) && (!isBuilt(byMemory) || indexIsSound(byMemory));
}
