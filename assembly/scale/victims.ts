// Victims: which tasks of a service stop first on scale-in. By rank, then tasks without an instance, then by the reverse of
// the request's strategies, then the newest; one by one, so that each choice sees the ones before it. Changes nothing but
// the generator. A heap of hosts for each cohort answers in the time of a few comparisons; before `random` every task
// still there is looked at, since the draw is among all that are tied.
import { NONE } from "../abi";
import {
  changeKeys, closeHosts, cohortAt, cohortCount, cohortOf, compareKeys, hostAt, hostCount, hostIn, keyCount, newest,
  openHosts, setNewest,
} from "../indexes/hosts";
import { allocate, giveBack } from "../memory/arena";
import { below } from "../random/random";
import { strategyCount } from "../table/requests";

// tasks i32, chosen i32, count i32, then u32: slots, ranks, list of the chosen, host of each task, then two lists as long
const HEAD: usize = memory.data(36, 8);
const NO_RANK = 256;

// @ts-ignore: decorator
@inline function taskCount(): i32 {
  return load<i32>(HEAD);
}

// @ts-ignore: decorator
@inline function isEnough(): bool {
  return load<i32>(HEAD, 4) == load<i32>(HEAD, 8);
}

// @ts-ignore: decorator
@inline function rankOf(task: i32): i32 {
  return load<i32>(<usize>load<u32>(HEAD, 16) + (<usize>task << 2));
}

/** Number of the host of a task; NONE for one without an instance. */
// @ts-ignore: decorator
@inline function hostOf(task: i32): i32 {
  return load<i32>(<usize>load<u32>(HEAD, 24) + (<usize>task << 2));
}

/** A list in the scratch block; what it holds differs between the two ways to choose. */
// @ts-ignore: decorator
@inline function first(n: i32): usize {
  return <usize>load<u32>(HEAD, 28) + (<usize>n << 2);
}

// @ts-ignore: decorator
@inline function second(n: i32): usize {
  return <usize>load<u32>(HEAD, 32) + (<usize>n << 2);
}

/**
 * `list` holds the slots of `tasks` tasks, oldest first, then their ranks, then room for as many words; the numbers of up
 * to `count` tasks stand at its front then, in the order in which they stop. Returns how many.
 */
export function victims(request: usize, tasks: i32, list: usize, count: i32): i32 {
  const bytes = <usize>tasks << 2;
  const scratch = allocate(bytes * 3);
  store<i32>(HEAD, tasks);
  store<i32>(HEAD, 0, 4);
  store<i32>(HEAD, min(count, tasks), 8);
  store<u32>(HEAD, <u32>list, 12);
  store<u32>(HEAD, <u32>(list + bytes), 16);
  store<u32>(HEAD, <u32>(list + bytes * 2), 20);
  store<u32>(HEAD, <u32>scratch, 24);
  store<u32>(HEAD, <u32>(scratch + bytes), 28);
  store<u32>(HEAD, <u32>(scratch + bytes * 2), 32);
  openHosts(request, tasks);
  settleTasks(request);
  const draws = keyCount() < strategyCount(request);
  for (let rank = rankAfter(NONE); rank < NO_RANK && !isEnough(); rank = rankAfter(rank)) {
    chooseHomeless(rank);
    if (draws) chooseByDraws(rank);
    else chooseByHeaps(rank);
  }
  closeHosts();
  giveBack(scratch, bytes * 3);
  memory.copy(list, list + bytes * 2, bytes);
  return load<i32>(HEAD, 4);
}

function settleTasks(request: usize): void {
  const slots = <usize>load<u32>(HEAD, 12);
  const hosts = <usize>load<u32>(HEAD, 24);
  for (let task = 0, end = taskCount(); task < end; task++) {
    const slot = load<i32>(slots + (<usize>task << 2));
    store<i32>(hosts + (<usize>task << 2), slot == NONE ? NONE : hostIn(request, slot));
  }
}

/** The next rank that some task has; NO_RANK when none has a larger one. */
function rankAfter(rank: i32): i32 {
  let least = NO_RANK;
  for (let task = 0, end = taskCount(); task < end; task++) {
    if (rankOf(task) > rank) least = min(least, rankOf(task));
  }
  return least;
}

function choose(task: i32): void {
  const chosen = load<i32>(HEAD, 4);
  store<i32>(<usize>load<u32>(HEAD, 20) + (<usize>chosen << 2), task);
  store<i32>(HEAD, chosen + 1, 4);
}

/** Tasks without an instance: the newest first. */
function chooseHomeless(rank: i32): void {
  for (let task = taskCount() - 1; task >= 0 && !isEnough(); task--) {
    if (hostOf(task) == NONE && rankOf(task) == rank) choose(task);
  }
}

// ---- by heaps: the first list holds, for each task, the next older one on its host; the second the heaps of the cohorts

function chooseByHeaps(rank: i32): void {
  stackTasks(rank);
  makeHeaps();
  while (!isEnough()) {
    const cohort = bestCohort();
    if (cohort == 0) return;
    const host = heapAt(cohort, 0);
    choose(newest(host));
    setNewest(host, load<i32>(first(newest(host))));
    changeKeys(host);
    if (newest(host) == NONE) dropTop(cohort);
    siftDown(cohort, 0);
  }
}

function stackTasks(rank: i32): void {
  for (let task = 0, end = taskCount(); task < end; task++) {
    if (hostOf(task) == NONE || rankOf(task) != rank) continue;
    const host = hostAt(hostOf(task));
    if (newest(host) == NONE) setLength(cohortOf(host), length(cohortOf(host)) + 1);
    store<i32>(first(task), newest(host));
    setNewest(host, task);
  }
}

function makeHeaps(): void {
  let start = 0;
  for (let c = 0, end = cohortCount(); c < end; c++) {
    store<i32>(cohortAt(c), start);
    start += length(cohortAt(c));
    setLength(cohortAt(c), 0);
  }
  for (let n = 0, end = hostCount(); n < end; n++) {
    const host = hostAt(n);
    if (newest(host) == NONE) continue;
    const cohort = cohortOf(host);
    setLength(cohort, length(cohort) + 1);
    setHeapAt(cohort, length(cohort) - 1, host);
  }
  for (let c = 0, end = cohortCount(); c < end; c++) {
    for (let n = (length(cohortAt(c)) >> 1) - 1; n >= 0; n--) siftDown(cohortAt(c), n);
  }
}

// @ts-ignore: decorator
@inline function length(cohort: usize): i32 {
  return load<i32>(cohort, 4);
}

// @ts-ignore: decorator
@inline function setLength(cohort: usize, hosts: i32): void {
  store<i32>(cohort, hosts, 4);
}

// @ts-ignore: decorator
@inline function heapAt(cohort: usize, n: i32): usize {
  return <usize>load<u32>(second(load<i32>(cohort) + n));
}

// @ts-ignore: decorator
@inline function setHeapAt(cohort: usize, n: i32, host: usize): void {
  store<u32>(second(load<i32>(cohort) + n), <u32>host);
}

// @ts-ignore: decorator
@inline function goesBefore(host: usize, other: usize): bool {
  const order = compareKeys(host, other);
  return order == 0 ? newest(host) > newest(other) : order > 0;
}

/** The cohort whose first host goes before those of all others, or 0 when all are empty. */
function bestCohort(): usize {
  let best: usize = 0;
  for (let c = 0, end = cohortCount(); c < end; c++) {
    const cohort = cohortAt(c);
    if (length(cohort) == 0) continue;
    if (best == 0 || goesBefore(heapAt(cohort, 0), heapAt(best, 0))) best = cohort;
  }
  return best;
}

/** The last host takes the place of the first. */
function dropTop(cohort: usize): void {
  setHeapAt(cohort, 0, heapAt(cohort, length(cohort) - 1));
  setLength(cohort, length(cohort) - 1);
}

function siftDown(cohort: usize, from: i32): void {
  const host = heapAt(cohort, from);
  let n = from;
  while (2 * n + 1 < length(cohort)) {
    let child = 2 * n + 1;
    const hasTwo = child + 1 < length(cohort);
    if (hasTwo && goesBefore(heapAt(cohort, child + 1), heapAt(cohort, child))) child++;
    if (!goesBefore(heapAt(cohort, child), host)) break;
    setHeapAt(cohort, n, heapAt(cohort, child));
    n = child;
  }
  setHeapAt(cohort, n, host);
}

// ---- by draws: the first list holds the tasks still there, oldest first; the second the places there of those tied

function chooseByDraws(rank: i32): void {
  let left = 0;
  for (let task = 0, end = taskCount(); task < end; task++) {
    if (hostOf(task) != NONE && rankOf(task) == rank) store<i32>(first(left++), task);
  }
  while (left > 0 && !isEnough()) {
    const place = keyCount() == 0 ? <i32>below(left) : load<i32>(second(<i32>below(gatherTied(left))));
    const task = load<i32>(first(place));
    choose(task);
    changeKeys(hostAt(hostOf(task)));
    left--;
    memory.copy(first(place), first(place + 1), <usize>(left - place) << 2);
  }
}

/** How many of the tasks still there the strategies before the draw leave equal. */
function gatherTied(left: i32): i32 {
  let tied = 0;
  let best: usize = 0;
  for (let place = 0; place < left; place++) {
    const host = hostAt(hostOf(load<i32>(first(place))));
    const order = best == 0 ? 1 : compareKeys(host, best);
    if (order < 0) continue;
    if (order > 0) tied = 0;
    best = host;
    store<i32>(second(tied++), place);
  }
  return tied;
}
