// Tightest fit through a block index: walks the blocks from the needed amount up, skips those whose largest other amount
// is too small, and looks for eligible entries in the rest. Gives up after a budget of entries that fit but are not
// eligible, so that no request pays much more for the index than a scan costs.
import { LANES } from "../abi";
import { lowest } from "../bits/words";
import { BLOCK, blocks, fitting64, keyColumn, keyIn, largest, locate, otherColumn, slabOf, slotIn } from "./directory";
import { isEligible, needOf } from "./query";

export const SPENT = -2;
const BUDGET = 256;

const WASTED: usize = memory.data(4, 4); // entries that fit but were not eligible, in this walk

/** Returns the slot, -1 or SPENT. */
export function tightest(index: usize): i32 {
  const need = needOf(keyColumn(index));
  const needKey = i32x4.splat(need);
  const needOther = i32x4.splat(needOf(otherColumn(index)));
  store<i32>(WASTED, 0);
  let block = nextWithEnough(index, locate(index, <u64>need << 32), needOther);
  for (; block >= 0; block = nextWithEnough(index, block + 1, needOther)) {
    const slot = bestIn(slabOf(index, block), needKey, needOther);
    if (slot >= 0) return slot;
    if (load<i32>(WASTED) > BUDGET) return SPENT;
  }
  return -1;
}

/** The next block from `block` on whose largest other amount is enough, or -1. */
function nextWithEnough(index: usize, block: i32, needOther: v128): i32 {
  for (let end = blocks(index); block < end; block += 4) {
    const enough = i32x4.bitmask(i32x4.ge_s(v128.load(largest(index, block)), needOther));
    if (enough != 0) return block + ctz(enough); // unused places hold -1
  }
  return -1;
}

/** The eligible entry of a block with the smallest (key, slot), or -1. */
function bestIn(slab: usize, needKey: v128, needOther: v128): i32 {
  let best: u64 = 0xffffffffffffffff;
  for (let half = 0; half < BLOCK / LANES; half++) {
    for (let rest = fitting64(slab, half, needKey, needOther); rest != 0; rest &= rest - 1) {
      const place = half * LANES + lowest(rest);
      const wanted = (<u64>keyIn(slab, place) << 32) | <u64>slotIn(slab, place);
      if (wanted >= best) continue;
      if (isEligible(slotIn(slab, place))) best = wanted;
      else store<i32>(WASTED, load<i32>(WASTED) + 1);
    }
  }
  return <i32>best; // the slot, or -1 from all ones
}
