// A batch: the next tasks of one request, in the very sequence that one decision after another would give. Called by the
// entry for place(n) and run(n). Requests that an index serves go through cursors, the rest one by one.
import { NONE, REQUEST_MEMBER_OF, STRATEGY_SPREAD_ATTRIBUTE, STRATEGY_SPREAD_INSTANCE } from "../abi";
import { isDynamic } from "../cql/programs";
import { everyLevel, isLeftOut, oneDomain, searchedInVain } from "../indexes/levels";
import { isPlannable } from "../indexes/plan";
import { setQuery } from "../indexes/query";
import { WITH_INDEXES } from "../indexes/switch";
import { commit, recordTask, take } from "../place/commit";
import { decide } from "../place/place";
import { largestValue, population } from "../table/attributes";
import { domainAttribute, domainCounts } from "../table/domains";
import { instanceCount } from "../table/instances";
import { strategyArgument, strategyCount, strategyKind, word } from "../table/requests";
import { bestCursor, cursorAt, leftOf, MOST_CURSORS, openCursor, slotOf, takeAt, takenOf, valueOf } from "./cursors";
import { keyNeed, refill } from "./fill";
import { nextLane, sweep } from "./sweep";

const WITHOUT: u32 = 0xffffffff; // domain count of the instances without the attribute

/**
 * Places up to `count` tasks and returns how many: with records of a status, or, with status NONE, without any and their
 * slots written from `list` on.
 */
export function placeMany(request: usize, count: i32, list: usize, status: i32): i32 {
  const cursors = count > 1 && hasSteadyCandidates(request) ? openCursors(request) : 0;
  return cursors == 0 ? oneByOne(request, count, list, status) : merge(request, count, list, status, cursors);
}

function oneByOne(request: usize, count: i32, list: usize, status: i32): i32 {
  for (let n = 0; n < count; n++) {
    const slot = decide(request);
    if (slot < 0) return n;
    keep(request, slot, 1, status);
    note(request, slot, list, n, status);
  }
  return count;
}

/** Whether a placement changes nothing about any instance but the one it chose. */
function hasSteadyCandidates(request: usize): bool {
  const memberOf = word(request, REQUEST_MEMBER_OF);
  return WITH_INDEXES && isPlannable(request) && (memberOf == NONE || !isDynamic(memberOf));
}

function spreadsOverAttribute(request: usize): bool {
  return strategyKind(request, 0) == STRATEGY_SPREAD_ATTRIBUTE;
}

/** One cursor per domain, or one in all; 0 when there are more domains than cursors. */
function openCursors(request: usize): i32 {
  setQuery(request);
  if (!spreadsOverAttribute(request)) {
    openCursor(0, 0, 0);
    return 1;
  }
  const domains = strategyArgument(request, 0);
  const attribute = domainAttribute(domains);
  const counts = domainCounts(domains);
  let cursors = 0;
  let inDomains = 0;
  for (let value = 1, end = largestValue(attribute); value <= end; value++) {
    const instances = population(attribute, value);
    if (instances == 0) continue;
    inDomains += instances;
    if (isLeftOut(request, value)) continue;
    if (cursors == MOST_CURSORS) return 0;
    openCursor(cursors++, value, load<u32>(counts + (<usize>value << 2)));
  }
  if (inDomains == instanceCount()) return cursors;
  if (cursors == MOST_CURSORS) return 0;
  openCursor(cursors++, 0, WITHOUT);
  return cursors;
}

function merge(request: usize, count: i32, list: usize, status: i32, cursors: i32): i32 {
  const need = keyNeed(request);
  for (let n = 0; n < cursors; n++) open(request, cursorAt(n), status);
  let placed = 0;
  while (placed < count) {
    const cursor = bestCursor(cursors);
    if (cursor == 0) break;
    const slot = slotOf(cursor);
    const taken = cursors > 1 ? 1 : min(leftOf(cursor), count - placed);
    for (let n = 0; n < taken; n++) note(request, slot, list, placed++, status);
    takeAt(cursor, taken, need);
    if (leftOf(cursor) == 0) lookAhead(request, cursor, status);
  }
  for (let n = 0; n < cursors; n++) settle(request, cursorAt(n), status);
  return placed;
}

/** The first instance of a cursor; a domain without one is perhaps left out from now on. */
function open(request: usize, cursor: usize, status: i32): void {
  lookAhead(request, cursor, status);
  if (slotOf(cursor) == NONE && spreadsOverAttribute(request)) searchedInVain(request, 0);
}

/** Commits what the cursor's instance got. */
function settle(request: usize, cursor: usize, status: i32): void {
  if (takenOf(cursor) > 0) keep(request, slotOf(cursor), takenOf(cursor), status);
}

function keep(request: usize, slot: i32, count: i32, status: i32): void {
  if (status == NONE) commit(request, slot, count);
  else take(request, slot, count);
}

/** Writes a task down, in the sequence of the decisions. */
// @ts-ignore: decorator
@inline function note(request: usize, slot: i32, list: usize, number: i32, status: i32): void {
  if (status == NONE) store<i32>(list + (<usize>number << 2), slot);
  else recordTask(request, slot, status);
}

function lookAhead(request: usize, cursor: usize, status: i32): void {
  settle(request, cursor, status);
  if (nextLane(cursor)) return;
  if (spreadsOverAttribute(request)) oneDomain(strategyArgument(request, 0), valueOf(cursor));
  else everyLevel();
  if (strategyKind(request, strategyCount(request) - 1) == STRATEGY_SPREAD_INSTANCE) sweep(cursor, request);
  else refill(cursor, request);
}
