// Binpack by index: the tightest fit through the block index where one is worth its walk, else by a scan. Called by plan
// and compose, after `setQuery`.
import { REQUEST_MEMBER_OF } from "../abi";
import { word } from "../table/requests";
import { chooseIndex, walkedInVain } from "./choose";
import { isNarrow } from "./narrow";
import { leastRemaining } from "./scan";
import { SPENT, tightest } from "./tightest";

/** The lowest slot among the eligible instances with the least of a resource left, or -1. */
export function tightestFit(request: usize, which: i32): i32 {
  if (isNarrow()) return leastRemaining(which);
  const memberOf = word(request, REQUEST_MEMBER_OF);
  const index = chooseIndex(which, memberOf);
  const slot = index == 0 ? SPENT : tightest(index);
  if (slot != SPENT) return slot;
  if (index != 0) walkedInVain(which, memberOf);
  return leastRemaining(which);
}
