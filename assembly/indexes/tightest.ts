// Tightest fit through a block index: walks the blocks from the needed amount up, skips those whose bound of the other
// amount is too small, and looks for eligible entries in the rest. Gives up after a budget of entries that fit but are
// not eligible, so that no request pays much more for the index than a scan costs.
import { belowEither64, leastSpare, lowestLane } from "../bits/lanes";
import { lowest } from "../bits/words";
import { words } from "../table/instances";
import { keyIn, KEYS, OTHERS, size, slotIn, SLOTS } from "./blocks";
import { blockAt, foundBlock, foundShelf, locate, nextBlock, nextShelf, setFound, SHELF, shelfAt, tightenShelf } from "./directory";
import { keyColumn, otherColumn } from "./members";
import { isEligible, needOf } from "./query";

export const SPENT = -2;
const LEAST_BUDGET = 32;

const WASTED: usize = memory.data(4, 4); // entries that fit but were not eligible, in this walk

/** Returns the slot, -1 or SPENT. */
export function tightest(index: usize): i32 {
  const need = needOf(keyColumn(index));
  const needKey = i32x4.splat(need);
  const needOther = i32x4.splat(needOf(otherColumn(index)));
  const budget = max(words(), LEAST_BUDGET); // an entry costs as much as the scan of a word
  store<i32>(WASTED, 0);
  locate(index, <u64>need << 32);
  let r = foundShelf();
  let from = foundBlock();
  while (true) {
    const shelf = shelfAt(index, r);
    for (let b = nextBlock(shelf, from, needOther); b < SHELF; b = nextBlock(shelf, b + 1, needOther)) {
      const slot = bestIn(blockAt(shelf, b), needKey, needOther);
      if (slot >= 0) {
        setFound(r, b);
        return slot;
      }
      if (load<i32>(WASTED) > budget) return SPENT;
    }
    if (from == 0) tightenShelf(index, r);
    from = 0;
    r = nextShelf(index, r + 1, needOther);
    if (r < 0) return -1;
  }
  return -1;
}

/** The eligible entry with the smallest (key, slot), or -1. */
function bestIn(block: usize, needKey: v128, needOther: v128): i32 {
  const end = <usize>((size(block) + 3) & ~3) << 2; // places that are not used hold -1 in `others`
  const spare = leastSpare(block + KEYS, needKey, block + OTHERS, needOther, end);
  if (<i32>spare < 0) return -1;
  const wanted = i32x4.add(i32x4.splat(<i32>spare), needKey);
  let least = i32x4.splat(-1);
  for (let k: usize = 0; k < end; k += 16) {
    const short = i32x4.shr_s(i32x4.sub(v128.load(block + k, OTHERS), needOther), 31);
    const same = v128.andnot(i32x4.eq(v128.load(block + k, KEYS), wanted), short);
    least = v128.min<u32>(least, v128.or(v128.load(block + k, SLOTS), v128.not(same)));
  }
  const slot = <i32>lowestLane(least);
  return isEligible(slot) ? slot : bestOfRest(block, needKey, needOther, slot);
}

/** The same where the first that fits is not eligible. */
function bestOfRest(block: usize, needKey: v128, needOther: v128, first: i32): i32 {
  let best: u64 = 0xffffffffffffffff;
  let wasted = 1;
  for (let rest = ~belowEither64(block + KEYS, needKey, block + OTHERS, needOther); rest != 0; rest &= rest - 1) {
    const at = lowest(rest);
    const slot = slotIn(block, at);
    const wanted = (<u64>keyIn(block, at) << 32) | <u64>slot;
    if (wanted >= best || slot == first) continue;
    if (isEligible(slot)) best = wanted;
    else wasted++;
  }
  store<i32>(WASTED, load<i32>(WASTED) + wasted);
  return <i32>best; // the slot, or -1 from all ones
}
