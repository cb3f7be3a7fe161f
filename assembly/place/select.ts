// Select: the fourth stage. A total order ends every tie: the lowest slot of those still kept.
import { candidates } from "../bits/candidates";
import { firstBit } from "../bits/words";
import { capacity, words } from "../table/instances";

/** The chosen slot, or -1 when no candidate is left. */
export function select(): i32 {
  return firstBit(candidates(capacity()), words());
}
