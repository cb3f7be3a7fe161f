// Constrain: the second stage. Keeps the candidates that satisfy distinctInstance and every memberOf expression.
import { NONE, REQUEST_MEMBER_OF } from "../abi";
import { candidates } from "../bits/candidates";
import { equal64 } from "../bits/lanes";
import { andWords, clearBit, setWord, wordAt } from "../bits/words";
import { evaluate } from "../cql/programs";
import { countColumn, entries, isDense, places, record, slotAt } from "../table/counts";
import { capacity, words } from "../table/instances";
import { groupOf, isDistinct, word } from "../table/requests";

export function constrain(request: usize): void {
  const kept = candidates(capacity());
  if (isDistinct(request)) keepWithoutGroup(groupOf(request), kept);
  const memberOf = word(request, REQUEST_MEMBER_OF);
  if (memberOf != NONE) andWords(kept, evaluate(memberOf), words());
}

/** Drops the instances that hold an active task of the group. Also what `spread` over instances asks first. */
export function keepWithoutGroup(group: i32, kept: usize): void {
  const at = record(group);
  if (entries(at) == 0) return;
  if (isDense(at)) return keepZeros(countColumn(at), kept);
  for (let p = 0, end = places(at); p < end; p++) {
    const slot = slotAt(at, p);
    if (slot >= 0) clearBit(kept, slot);
  }
}

function keepZeros(counts: usize, kept: usize): void {
  const zero = i32x4.splat(0);
  for (let w = 0, end = words(); w < end; w++) {
    const before = wordAt(kept, w);
    if (before != 0) setWord(kept, w, before & equal64(counts + (<usize>w << 8), zero));
  }
}
