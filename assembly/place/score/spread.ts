// spread: keeps the candidates whose domain holds the fewest active tasks of the group. Over instances the domain is the
// instance; over an attribute it is all instances with the same value, candidates or not; those without the attribute
// come after every other, as one domain.
import { VALUE_MISSING } from "../../abi";
import { candidates } from "../../bits/candidates";
import { keepLeast } from "../../bits/narrow";
import { setWord, wordAt } from "../../bits/words";
import { attributeValue } from "../../table/attributes";
import { count, countColumn, entries, isDense, record, seatsOf } from "../../table/counts";
import { domainAttribute, domainCounts } from "../../table/domains";
import { capacity, words } from "../../table/instances";
import { seats64 } from "../../table/seats";

const LAST: u32 = 0xffffffff;

export function spreadInstances(group: i32): void {
  const kept = candidates(capacity());
  const at = record(group);
  if (entries(at) == 0) return;
  if (isDense(at)) return keepLeast(kept, countColumn(at), words());
  if (!keepEmpty(at, kept)) keepLeastCount(group, kept);
}

/** Keeps the candidates without a task of the group, if there is any; else leaves all. */
function keepEmpty(at: usize, kept: usize): bool {
  const seats = seatsOf(at);
  let any: u64 = 0;
  for (let w = 0, end = words(); w < end; w++) any |= wordAt(kept, w) & ~seats64(seats, w);
  if (any == 0) return false;
  for (let w = 0, end = words(); w < end; w++) setWord(kept, w, wordAt(kept, w) & ~seats64(seats, w));
  return true;
}

function keepLeastCount(group: i32, kept: usize): void {
  let least = LAST;
  for (let w = 0, end = words(); w < end; w++) {
    for (let rest = wordAt(kept, w); rest != 0; rest &= rest - 1) {
      least = min(least, <u32>count(group, (w << 6) + <i32>ctz(rest)));
    }
  }
  for (let w = 0, end = words(); w < end; w++) {
    let answer = wordAt(kept, w);
    for (let rest = answer; rest != 0; rest &= rest - 1) {
      if (<u32>count(group, (w << 6) + <i32>ctz(rest)) != least) answer &= ~(rest & (0 - rest));
    }
    setWord(kept, w, answer);
  }
}

/** `domains` is the number of the (group, attribute) pair. */
export function spreadAttribute(domains: i32): void {
  const kept = candidates(capacity());
  const counts = domainCounts(domains);
  const attribute = domainAttribute(domains);
  let least = LAST;
  for (let w = 0, end = words(); w < end; w++) {
    for (let rest = wordAt(kept, w); rest != 0; rest &= rest - 1) {
      least = min(least, domainKey(counts, attributeValue((w << 6) + <i32>ctz(rest), attribute)));
    }
  }
  for (let w = 0, end = words(); w < end; w++) {
    let answer = wordAt(kept, w);
    for (let rest = answer; rest != 0; rest &= rest - 1) {
      const key = domainKey(counts, attributeValue((w << 6) + <i32>ctz(rest), attribute));
      if (key != least) answer &= ~(rest & (0 - rest));
    }
    setWord(kept, w, answer);
  }
}

// @ts-ignore: decorator
@inline function domainKey(counts: usize, value: i32): u32 {
  return value == VALUE_MISSING ? LAST : load<u32>(counts + (<usize>value << 2));
}
