// Hosts: the instances that hold the tasks of a list, with the keys by which a scale-in compares them: copies, which change
// as tasks are chosen, while the table stays as it is. Instances that agree in the value of every attribute spread over
// form a cohort and share those keys. Made for one call of scale/victims and given back after it.
//
//   host   ─► newest task i32 (NONE: none), cohort i32, addresses of keys u32[keys], keys of its own i64[keys]
//   key    ─► i64, the largest goes first: tasks of the group on the instance or in the domain, or what is left there
//   cohort ─► start i32 in the list of heaps, length i32
import {
  COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY, MAX_STRATEGIES, NONE, STRATEGY_BINPACK_CPU, STRATEGY_BINPACK_MEMORY,
  STRATEGY_RANDOM, STRATEGY_SPREAD_ATTRIBUTE, VALUE_MISSING,
} from "../abi";
import { allocate, giveBack } from "../memory/arena";
import { attributeValue } from "../table/attributes";
import { count } from "../table/counts";
import { cpuOf, memoryOf } from "../table/demands";
import { domainAttribute, domainCounts } from "../table/domains";
import { cell, instanceCount } from "../table/instances";
import { demandOf, groupOf, strategyArgument, strategyCount, strategyKind } from "../table/requests";
import { closeNumbers, numberAt, openNumbers } from "./numbers";

// keys i32, host bytes i32, hosts i32, domains i32, cohorts i32, then u32: block, its bytes, domain keys, cohorts, hosts
const HEAD: usize = memory.data(40, 8);
const CHANGES: usize = memory.data(8 * MAX_STRATEGIES, 8); // what a chosen task adds to each key
const OF_SLOTS = -1; // first of a pair: the hosts by slot; the domains of strategy k are OF_DOMAINS - k
const OF_DOMAINS = -2;
const LARGEST: i64 = 1 << 62; // instances without the attribute go first, as they are filled last

/** Strategies that compare: those before `random`. */
// @ts-ignore: decorator
@inline export function keyCount(): i32 {
  return load<i32>(HEAD);
}

// @ts-ignore: decorator
@inline export function hostCount(): i32 {
  return load<i32>(HEAD, 8);
}

// @ts-ignore: decorator
@inline export function hostAt(number: i32): usize {
  return <usize>load<u32>(HEAD, 36) + <usize>(number * load<i32>(HEAD, 4));
}

// @ts-ignore: decorator
@inline export function newest(host: usize): i32 {
  return load<i32>(host);
}

// @ts-ignore: decorator
@inline export function setNewest(host: usize, task: i32): void {
  store<i32>(host, task);
}

// @ts-ignore: decorator
@inline export function cohortCount(): i32 {
  return load<i32>(HEAD, 16);
}

// @ts-ignore: decorator
@inline export function cohortAt(number: i32): usize {
  return <usize>load<u32>(HEAD, 32) + (<usize>number << 3);
}

// @ts-ignore: decorator
@inline export function cohortOf(host: usize): usize {
  return cohortAt(load<i32>(host, 4));
}

// @ts-ignore: decorator
@inline function keyAddress(host: usize, k: i32): usize {
  return host + 8 + (<usize>k << 2);
}

// @ts-ignore: decorator
@inline export function key(host: usize, k: i32): i64 {
  return load<i64>(<usize>load<u32>(keyAddress(host, k)));
}

/** Room for the hosts of `tasks` tasks. */
export function openHosts(request: usize, tasks: i32): void {
  let keys = 0, spreads = 0;
  for (const end = strategyCount(request); keys < end && strategyKind(request, keys) != STRATEGY_RANDOM; keys++) {
    spreads += i32(strategyKind(request, keys) == STRATEGY_SPREAD_ATTRIBUTE);
    store<i64>(CHANGES + (<usize>keys << 3), changeOf(request, strategyKind(request, keys)));
  }
  const most = min(tasks, instanceCount());
  const hostBytes = 8 + ((keys + 1) & ~1) * 4 + keys * 8;
  const domainBytes = most * spreads * 8;
  const cohortBytes = (most * spreads + 1) * 8;
  const bytes = domainBytes + cohortBytes + most * hostBytes;
  const block = <u32>allocate(bytes);
  store<i32>(HEAD, keys);
  store<i32>(HEAD, hostBytes, 4);
  store<i32>(HEAD, 0, 8);
  store<i32>(HEAD, 0, 12);
  store<i32>(HEAD, 1, 16);
  store<u32>(HEAD, block, 20);
  store<i32>(HEAD, bytes, 24);
  store<u32>(HEAD, block, 28);
  store<u32>(HEAD, block + domainBytes, 32);
  store<u32>(HEAD, block + domainBytes + cohortBytes, 36);
  openNumbers(most * (1 + 2 * spreads));
}

export function closeHosts(): void {
  closeNumbers();
  giveBack(<usize>load<u32>(HEAD, 20), load<u32>(HEAD, 24));
}

function changeOf(request: usize, kind: i32): i64 {
  if (kind == STRATEGY_BINPACK_CPU) return cpuOf(demandOf(request));
  if (kind == STRATEGY_BINPACK_MEMORY) return memoryOf(demandOf(request));
  return -1;
}

/** Number of the host in a slot; a new one takes its keys from the table. */
export function hostIn(request: usize, slot: i32): i32 {
  const known = numberAt(OF_SLOTS, slot);
  if (load<i32>(known) != 0) return load<i32>(known) - 1;
  const number = hostCount();
  store<i32>(known, number + 1);
  store<i32>(HEAD, number + 1, 8);
  const host = hostAt(number);
  setNewest(host, NONE);
  let cohort = 0;
  for (let k = 0, end = keyCount(); k < end; k++) {
    const spreads = strategyKind(request, k) == STRATEGY_SPREAD_ATTRIBUTE;
    const own = host + <usize>(load<i32>(HEAD, 4) - (end - k) * 8);
    if (!spreads) store<i64>(own, ownKey(request, strategyKind(request, k), slot));
    const domain = spreads ? domainOf(k, strategyArgument(request, k), slot) : 0;
    if (spreads) cohort = narrower(cohort, domain);
    store<u32>(keyAddress(host, k), spreads ? load<u32>(HEAD, 28) + (domain << 3) : <u32>own);
  }
  store<i32>(host, cohort, 4);
  return number;
}

function ownKey(request: usize, kind: i32, slot: i32): i64 {
  if (kind == STRATEGY_BINPACK_CPU) return cell(COLUMN_REMAINING_CPU, slot);
  if (kind == STRATEGY_BINPACK_MEMORY) return cell(COLUMN_REMAINING_MEMORY, slot);
  return count(groupOf(request), slot);
}

/** Number of the domain of a slot for strategy `k`; `domains` is the number of the (group, attribute) pair. */
function domainOf(k: i32, domains: i32, slot: i32): i32 {
  const value = attributeValue(slot, domainAttribute(domains));
  const known = numberAt(OF_DOMAINS - k, value);
  if (load<i32>(known) != 0) return load<i32>(known) - 1;
  const number = load<i32>(HEAD, 12);
  store<i32>(known, number + 1);
  store<i32>(HEAD, number + 1, 12);
  const tasks = value == VALUE_MISSING ? LARGEST : <i64>load<i32>(domainCounts(domains) + (<usize>value << 2));
  store<i64>(<usize>load<u32>(HEAD, 28) + (<usize>number << 3), tasks);
  return number;
}

/** The part of a cohort in a domain. */
function narrower(cohort: i32, domain: i32): i32 {
  const known = numberAt(cohort, domain);
  if (load<i32>(known) == 0) {
    store<i32>(known, cohortCount() + 1);
    store<i32>(HEAD, cohortCount() + 1, 16);
  }
  return load<i32>(known) - 1;
}

/** How the keys of one host compare with those of another: above 0 when its tasks go first. */
// @ts-ignore: decorator
@inline export function compareKeys(host: usize, other: usize): i32 {
  for (let k = 0, end = keyCount(); k < end; k++) {
    const a = key(host, k);
    const b = key(other, k);
    if (a != b) return a > b ? 1 : -1;
  }
  return 0;
}

/** The keys as they are once one more task on the host is chosen. */
export function changeKeys(host: usize): void {
  for (let k = 0, end = keyCount(); k < end; k++) {
    const at = <usize>load<u32>(keyAddress(host, k));
    store<i64>(at, load<i64>(at) + load<i64>(CHANGES + (<usize>k << 3)));
  }
}
