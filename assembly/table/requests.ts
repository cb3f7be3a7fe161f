// Requests: all that decides where tasks of one kind go, compiled by the host: a demand, a group, programs for the gates
// and the strategies in order. Read by every stage.
//
//   request ─► REQUEST_WORDS i32, then MAX_STRATEGIES pairs { kind, argument }, then the head of its barren words, then
//              for each strategy the number of its reach + 1 (see indexes/reach)
import {
  MAX_STRATEGIES, REQUEST_DEMAND, REQUEST_DISTINCT, REQUEST_GROUP, REQUEST_STRATEGIES, REQUEST_WORDS,
  STRATEGY_SPREAD_ATTRIBUTE, STRATEGY_SPREAD_INSTANCE,
} from "../abi";
import { listAt, listPush } from "../memory/list";
import { record, wantSeats } from "./counts";
import { demandAt } from "./demands";
import { domainsOf } from "./domains";

const LIST: usize = memory.data(16, 16);
const BARREN: usize = (REQUEST_WORDS + MAX_STRATEGIES * 2) * 4;
const REACHES: usize = BARREN + 4;
const STRIDE = <i32>REACHES + MAX_STRATEGIES * 4;

/** A spread over an attribute keeps the number of its domain counts as argument. */
export function addRequest(source: usize): i32 {
  const number = listPush(LIST, STRIDE);
  const at = listAt(LIST, number);
  const strategies = load<i32>(source + REQUEST_STRATEGIES * 4);
  assert(strategies >= 1 && strategies <= MAX_STRATEGIES, "strategies");
  memory.copy(at, source, <usize>((REQUEST_WORDS + strategies * 2) * 4));
  if (isDistinct(at)) wantSeats(record(groupOf(at)));
  for (let k = 0; k < strategies; k++) {
    if (strategyKind(at, k) == STRATEGY_SPREAD_INSTANCE) wantSeats(record(groupOf(at)));
    if (strategyKind(at, k) != STRATEGY_SPREAD_ATTRIBUTE) continue;
    store<i32>(strategyAt(at, k), domainsOf(word(at, REQUEST_GROUP), strategyArgument(at, k)), 4);
  }
  return number;
}

// @ts-ignore: decorator
@inline export function requestAt(number: i32): usize {
  return listAt(LIST, number);
}

// @ts-ignore: decorator
@inline export function word(request: usize, which: i32): i32 {
  return load<i32>(request + (<usize>which << 2));
}

// @ts-ignore: decorator
@inline export function demandOf(request: usize): usize {
  return demandAt(word(request, REQUEST_DEMAND));
}

// @ts-ignore: decorator
@inline export function groupOf(request: usize): i32 {
  return word(request, REQUEST_GROUP);
}

// @ts-ignore: decorator
@inline export function isDistinct(request: usize): bool {
  return word(request, REQUEST_DISTINCT) != 0;
}

/** Head of the request's barren words. */
// @ts-ignore: decorator
@inline export function barrenHead(request: usize): usize {
  return request + BARREN;
}

/** Where the number of the reach of a strategy stands, plus 1; 0 while it has none. */
// @ts-ignore: decorator
@inline export function reachHead(request: usize, index: i32): usize {
  return request + REACHES + (<usize>index << 2);
}

// @ts-ignore: decorator
@inline export function strategyCount(request: usize): i32 {
  return word(request, REQUEST_STRATEGIES);
}

// @ts-ignore: decorator
@inline function strategyAt(request: usize, index: i32): usize {
  return request + (<usize>(REQUEST_WORDS + index * 2) << 2);
}

// @ts-ignore: decorator
@inline export function strategyKind(request: usize, index: i32): i32 {
  return load<i32>(strategyAt(request, index));
}

// @ts-ignore: decorator
@inline export function strategyArgument(request: usize, index: i32): i32 {
  return load<i32>(strategyAt(request, index), 4);
}
