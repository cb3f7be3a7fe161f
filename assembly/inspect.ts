// Second entry, for tests and stage benches only: the stages one by one, the driver, the generator and the raw bitset loops.
import { andNotWords, andWords, countBits, firstBit, nthBit, notWords, orWords } from "./bits/words";
import { candidates } from "./bits/candidates";
import { keepLeast } from "./bits/narrow";
import { indexCount } from "./indexes/members";
import { allocate, giveBack } from "./memory/arena";
import { constrain } from "./place/constrain";
import { filter } from "./place/filter";
import { decide, decideByStages } from "./place/place";
import { score } from "./place/score";
import { select } from "./place/select";
import { below, next } from "./random/random";
import { makeDomain, population, settleSets } from "./table/attributes";
import { setCount } from "./table/capabilities";
import { capacity, words } from "./table/instances";
import { requestAt } from "./table/requests";

export { drive, drivenTasks } from "./drive";

export function randomNext(): u32 {
  return next();
}

export function randomBelow(k: u32): u32 {
  return below(k);
}

/** Runs the stages up to and with the given one (1 filter, 2 constrain, 3 score) and leaves the candidates. */
export function stages(request: i32, last: i32): u32 {
  const at = requestAt(request);
  filter(at);
  if (last >= 2) constrain(at);
  if (last >= 3) score(at);
  return <u32>candidates(capacity());
}

export function candidateWords(): i32 {
  return words();
}

export function selected(): i32 {
  return select();
}

export function decideOnly(request: i32): i32 {
  return decide(requestAt(request));
}

/** The same decision without any index. */
export function decideWithoutIndexes(request: i32): i32 {
  return decideByStages(requestAt(request));
}

/** Block indexes built so far, subsets included. */
export function blockIndexes(): i32 {
  return indexCount();
}

/** Makes an attribute one that some request spreads over. */
export function spreadOver(attribute: i32): void {
  makeDomain(attribute);
}

/** Instances with a value of such an attribute. */
export function instancesWith(attribute: i32, value: i32): i32 {
  return population(attribute, value);
}

/** Sets of capabilities that instances share. */
export function capabilitySets(): i32 {
  settleSets();
  return setCount();
}

export function allocateBytes(bytes: i32): u32 {
  return <u32>allocate(<usize>bytes);
}

export function giveBackBytes(block: u32, bytes: i32): void {
  giveBack(<usize>block, <usize>bytes);
}

export function bitsAnd(target: u32, source: u32, length: i32): void {
  andWords(<usize>target, <usize>source, length);
}

export function bitsAndNot(target: u32, source: u32, length: i32): void {
  andNotWords(<usize>target, <usize>source, length);
}

export function bitsOr(target: u32, source: u32, length: i32): void {
  orWords(<usize>target, <usize>source, length);
}

export function bitsNot(target: u32, length: i32): void {
  notWords(<usize>target, length);
}

export function bitsCount(bits: u32, length: i32): i32 {
  return countBits(<usize>bits, length);
}

export function bitsFirst(bits: u32, length: i32): i32 {
  return firstBit(<usize>bits, length);
}

export function bitsNth(bits: u32, length: i32, k: i32): i32 {
  return nthBit(<usize>bits, length, k);
}

export function bitsKeepLeast(bits: u32, keys: u32, length: i32): void {
  keepLeast(<usize>bits, <usize>keys, length);
}
