// The query at hand: what makes an instance eligible for the request, laid out for word-wise tests. Set once per
// decision by plan and narrowed by compose; read by every index, which asks for the 64 instances of a word only when that
// word matters.
import {
  COLUMN_REMAINING_CPU, COLUMN_REMAINING_ENI, COLUMN_REMAINING_GPU, COLUMN_REMAINING_MEMORY, COLUMN_RESERVED_PORTS,
  COLUMN_TOTAL_GPU, LANES, MAX_PORTS_PER_INSTANCE, NONE, REQUEST_FILTER, REQUEST_MEMBER_OF,
} from "../abi";
import { below64, belowEither64 } from "../bits/lanes";
import { lowest, wordAt } from "../bits/words";
import { evaluate } from "../cql/programs";
import { record, seatsOf } from "../table/counts";
import { cpuOf, eniOf, gpuOf, isScarce, memoryOf, portOf, portsOf, wantsAllGpus } from "../table/demands";
import { cell, lanesAt, words } from "../table/instances";
import { portBits } from "../table/ports";
import { demandOf, groupOf, isDistinct, word } from "../table/requests";
import { seats64 } from "../table/seats";
import { holding64 } from "./holding";
import { inLevel64, isInLevel } from "./levels";
import { isNarrow, nextNarrow } from "./narrow";
import { isRoomy, nextRoomy, tightenStaircase } from "./staircase";

const FEW = 6; // instances that are looked at one by one rather than all of their word by vectors

// filter bits u32, memberOf bits u32 or 0, demand u32, group i32 or NONE whose tasks on an instance must be as many as
// held i32, plain i32, first word i32, seats u32 (not 0: instead of the group, no instance with one is eligible)
const QUERY: usize = memory.data(32, 16);

// @ts-ignore: decorator
@inline export function setQuery(request: usize): void {
  const demand = demandOf(request);
  const memberOf = word(request, REQUEST_MEMBER_OF);
  const distinct = isDistinct(request);
  store<u32>(QUERY, <u32>evaluate(word(request, REQUEST_FILTER)));
  store<u32>(QUERY, memberOf == NONE ? 0 : <u32>evaluate(memberOf), 4);
  store<u32>(QUERY, <u32>demand, 8);
  store<i32>(QUERY, NONE, 12);
  store<i32>(QUERY, i32(!isScarce(demand) && !distinct), 20);
  store<u64>(QUERY, distinct ? <u64>seatsOf(record(groupOf(request))) << 32 : 0, 24); // first word 0, seats
}

/** From now on only instances with so many tasks of the group are eligible; none is below the slot. */
export function keepHolding(group: i32, tasks: i32, slot: i32): void {
  store<i32>(QUERY, tasks == 0 ? NONE : group, 12);
  store<i32>(QUERY, tasks, 16);
  store<i32>(QUERY, 0, 20);
  store<i32>(QUERY, slot >> 6, 24);
  store<u32>(QUERY, tasks == 0 ? <u32>seatsOf(record(group)) : 0, 28);
}

// @ts-ignore: decorator
@inline function isPlain(): bool {
  return load<i32>(QUERY, 20) != 0;
}

// @ts-ignore: decorator
@inline function demandAtHand(): usize {
  return <usize>load<u32>(QUERY, 8);
}

/** The instances of a word that pass the cached programs; what follows only takes away. */
// @ts-ignore: decorator
@inline export function allowed64(w: i32): u64 {
  const filter = wordAt(<usize>load<u32>(QUERY), w);
  const memberOf = <usize>load<u32>(QUERY, 4);
  return memberOf == 0 ? filter : filter & wordAt(memberOf, w);
}

/** The instances of a word that can take the task and lie in the domain level at hand. */
export function eligible64(w: i32): u64 {
  if (isNarrow()) return eligibleOfFew64(w);
  const here = fitting64(w);
  return here == 0 ? 0 : inLevel64(w, here);
}

/** The same where few of a word are allowed: those are looked at one by one. */
function eligibleOfFew64(w: i32): u64 {
  const here = inLevel64(w, allowed64(w));
  return here == 0 ? 0 : fewFitting64(w, here);
}

/** Those of `lanes`, which are allowed, that can take the task. */
// @ts-ignore: decorator
@inline export function fittingOf64(w: i32, lanes: u64): u64 {
  return <i32>popcnt(lanes) <= FEW ? fewFitting64(w, lanes) : fitting64(w) & lanes;
}

function fewFitting64(w: i32, lanes: u64): u64 {
  const demand = demandAtHand();
  const cpu = lanesAt(COLUMN_REMAINING_CPU, w);
  const memory = lanesAt(COLUMN_REMAINING_MEMORY, w);
  let here = lanes;
  for (let rest = lanes; rest != 0; rest &= rest - 1) {
    const lane = <usize>lowest(rest) << 2;
    if (load<i32>(cpu + lane) < cpuOf(demand) || load<i32>(memory + lane) < memoryOf(demand)) here ^= rest & (0 - rest);
  }
  return here == 0 || isPlain() ? here : withScarce64(demand, w, here);
}

/** The instances of a word that can take the task, whatever their domain. */
export function fitting64(w: i32): u64 {
  let here = allowed64(w);
  if (here == 0) return 0;
  const demand = demandAtHand();
  const fitting = ~belowEither64(
    lanesAt(COLUMN_REMAINING_CPU, w), i32x4.splat(cpuOf(demand)),
    lanesAt(COLUMN_REMAINING_MEMORY, w), i32x4.splat(memoryOf(demand)),
  );
  if (fitting == 0) tightenStaircase(w, cpuOf(demand));
  here &= fitting;
  if (here == 0) return 0;
  return isPlain() ? here : withScarce64(demand, w, here);
}

/** Those of `lanes`, which are allowed and have enough cpu and memory, that are eligible. */
// @ts-ignore: decorator
@inline export function rest64(w: i32, lanes: u64): u64 {
  const here = isPlain() ? lanes : withScarce64(demandAtHand(), w, lanes);
  return here == 0 ? 0 : inLevel64(w, here);
}

/** The next word from `w` on that is worth a look, or `words()`. */
// @ts-ignore: decorator
@inline export function nextWord(w: i32): i32 {
  const from = max(w, load<i32>(QUERY, 24));
  return isNarrow() ? nextOfFew(from) : nextRoomy(from, cpuOf(demandAtHand()), memoryOf(demandAtHand()));
}

/** The same of a narrow search, whose words are too few to ask the staircase before they are found. */
function nextOfFew(from: i32): i32 {
  const demand = demandAtHand();
  let w = nextNarrow(from);
  for (const end = words(); w < end && !isRoomy(w, cpuOf(demand), memoryOf(demand)); ) w = nextNarrow(w + 1);
  return w;
}

/** Ports, ENIs, GPUs, distinctInstance and `keepHolding`: asked by few requests. */
function withScarce64(demand: usize, w: i32, lanes: u64): u64 {
  const seats = <usize>load<u32>(QUERY, 28);
  const group = load<i32>(QUERY, 12);
  let here = seats == 0 ? lanes : lanes & ~seats64(seats, w);
  if (group != NONE) here = holding64(group, load<i32>(QUERY, 16), w, here);
  return here != 0 && isScarce(demand) ? withAmounts64(demand, w, here) : here;
}

function withAmounts64(demand: usize, w: i32, lanes: u64): u64 {
  let here = lanes;
  const ports = portsOf(demand);
  for (let k = 0; k < ports; k++) {
    const taken = portBits(portOf(demand, k));
    if (taken != 0) here &= ~wordAt(taken, w);
  }
  if (ports > 0) here &= below64(lanesAt(COLUMN_RESERVED_PORTS, w), i32x4.splat(MAX_PORTS_PER_INSTANCE - ports + 1));
  if (eniOf(demand) > 0) here &= ~below64(lanesAt(COLUMN_REMAINING_ENI, w), i32x4.splat(eniOf(demand)));
  if (gpuOf(demand) > 0) here &= ~below64(lanesAt(COLUMN_REMAINING_GPU, w), i32x4.splat(gpuOf(demand)));
  return wantsAllGpus(demand) ? withAllGpus64(w, here) : here;
}

/** Those with a GPU and none taken. */
function withAllGpus64(w: i32, lanes: u64): u64 {
  let here = lanes & ~below64(lanesAt(COLUMN_REMAINING_GPU, w), i32x4.splat(1));
  for (let rest = here; rest != 0; rest &= rest - 1) {
    const slot = (w << 6) + lowest(rest);
    if (cell(COLUMN_REMAINING_GPU, slot) != cell(COLUMN_TOTAL_GPU, slot)) here &= ~(rest & (0 - rest));
  }
  return here;
}

/** Whether one instance that has enough cpu and memory is eligible in all else. */
// @ts-ignore: decorator
@inline export function isEligible(slot: i32): bool {
  return isEligibleInLevel(slot) && isInLevel(slot);
}

/** The same of one that is known to lie in the level at hand. */
// @ts-ignore: decorator
@inline export function isEligibleInLevel(slot: i32): bool {
  const w = slot >> 6;
  const here = allowed64(w) & ((<u64>1) << (slot & (LANES - 1)));
  if (here == 0) return false;
  return isPlain() || withScarce64(demandAtHand(), w, here) != 0;
}

// @ts-ignore: decorator
@inline export function needOf(which: i32): i32 {
  return which == COLUMN_REMAINING_CPU ? cpuOf(demandAtHand()) : memoryOf(demandAtHand());
}
