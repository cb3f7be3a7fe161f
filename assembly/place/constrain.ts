// Constrain: the second stage. Keeps the candidates that satisfy distinctInstance and every memberOf expression.
import { NONE, REQUEST_MEMBER_OF } from "../abi";
import { candidates } from "../bits/candidates";
import { andWords, setWord, wordAt } from "../bits/words";
import { evaluate } from "../cql/programs";
import { record, seatsOf } from "../table/counts";
import { capacity, words } from "../table/instances";
import { groupOf, isDistinct, word } from "../table/requests";
import { seats64 } from "../table/seats";

export function constrain(request: usize): void {
  const kept = candidates(capacity());
  if (isDistinct(request)) keepWithoutGroup(groupOf(request), kept);
  const memberOf = word(request, REQUEST_MEMBER_OF);
  if (memberOf != NONE) andWords(kept, evaluate(memberOf), words());
}

/** Drops the instances that hold an active task of the group. */
function keepWithoutGroup(group: i32, kept: usize): void {
  const seats = seatsOf(record(group));
  for (let w = 0, end = words(); w < end; w++) {
    const before = wordAt(kept, w);
    if (before != 0) setWord(kept, w, before & ~seats64(seats, w));
  }
}
