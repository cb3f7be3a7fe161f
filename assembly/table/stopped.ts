// Stopped tasks: by instance, how many tasks without a record shall stop and still hold their resources. Kept as the counts
// of a group of its own, so that storage follows the instances that have any. Written by place/commit.
import { addCounts, addTo, count, gather, record } from "./counts";

const HEAD: usize = memory.data(4, 4); // number of the group + 1; made at the first stop

export function stoppedCount(slot: i32): i32 {
  const group = load<i32>(HEAD) - 1;
  return group < 0 ? 0 : count(group, slot);
}

export function changeStopped(slot: i32, delta: i32): void {
  if (load<i32>(HEAD) == 0) {
    store<i32>(HEAD, addCounts() + 1);
    gather(record(load<i32>(HEAD) - 1));
  }
  addTo(load<i32>(HEAD) - 1, slot, delta);
}
