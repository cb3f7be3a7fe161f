/** Times a stream with tinybench: many decisions a sample, since its timer costs 40 ns and a decision hardly more. */
import { Bench } from 'tinybench';
import type { Batching, Contender } from './contender.ts';
import { Dice } from './dice.ts';
import { percentile } from './statistics.ts';
import type { Stream } from './stream.ts';

/** Decisions a sample. */
const SLICE = 1_000;
/** A slow baseline's sample lasts about so long, so that there are enough of them. */
const SLICE_MS = 4;
const BATCH = 1_000;
/** In a small cluster a batch must not fill what the row left free. */
const BATCH_SHARE = 8;

/** Nanoseconds a decision, over the slices of one run. */
export interface Timing {
  readonly medianNs: number;
  readonly p99Ns: number;
  /** Of the fastest slice: what the machine does while nobody else wants it. */
  readonly bestNs: number;
}

/** Nanoseconds a decision of each slice, in order. */
interface Slices {
  readonly stepsEach: number;
  readonly ns: readonly number[];
}

export function timingOf(ns: readonly number[]): Timing {
  return { medianNs: percentile(ns, 0.5), p99Ns: percentile(ns, 0.99), bestNs: percentile(ns, 0) };
}

/** Fewer slices pass within one burst of other load: with 20 of them, ratios of equal runs differed threefold. */
const LEAST_SLICES = 200;

/** The median over the first so many decisions: what a baseline that came as far is compared with. */
export function medianOfFirst({ ns, stepsEach }: Slices, steps: number): number {
  return percentile(ns.slice(0, Math.max(LEAST_SLICES, Math.ceil(steps / stepsEach))), 0.5);
}

/** Told that it is synchronous, since finding out would call the stream once more than asked. */
const SYNC = { async: false };
const QUIET = { warmup: false, throws: true };

/** Samples in the order of time, which the harness's own statistics give up. */
function sampled(stream: Stream, stepsEach: number, most: number, into: number[]): () => object {
  return () => {
    const steps = Math.min(stepsEach, most - stream.choices.steps);
    const start = performance.now();
    stream.run(steps);
    const elapsedMs = performance.now() - start;
    into.push((elapsedMs * 1e6) / steps);
    return { overriddenDuration: elapsedMs };
  };
}

/** The stream for so long and at least so many decisions; rewinding is not timed. */
export function timeStream(stream: Stream, timeMs: number, leastSteps: number): Slices {
  const ns: number[] = [];
  const stepsEach = Math.min(SLICE, Math.max(1, Math.min(stream.left(), 4 * SLICE) >> 2));
  const bench = new Bench({ ...QUIET, time: timeMs, iterations: Math.max(5, Math.ceil(leastSteps / stepsEach)) });
  const beforeEach = (): void => {
    if (stream.left() < stepsEach) stream.rewind();
  };
  const run = sampled(stream, stepsEach, Number.POSITIVE_INFINITY, ns);
  bench.add('stream', run, { ...SYNC, beforeEach });
  bench.runSync();
  return { stepsEach, ns };
}

/** A prefix of the stream, at most `most` decisions, for about so long. */
export function timePrefix(stream: Stream, most: number, timeMs: number): Timing {
  const first = performance.now();
  stream.run(1);
  const oneMs = performance.now() - first;
  // The first decision is the slowest by far: some more say how long one takes once the code is compiled.
  const more = Math.min(most >> 2, Math.max(1, Math.min(200, Math.floor(timeMs / 4 / oneMs))));
  const start = performance.now();
  stream.run(more);
  const eachMs = (performance.now() - start) / more;
  const left = most - stream.choices.steps;
  const steps = Math.max(1, Math.min(SLICE, Math.floor(SLICE_MS / eachMs), Math.floor(left / 4)));
  const iterations = Math.max(1, Math.min(Math.floor(left / steps), Math.ceil(timeMs / (eachMs * steps))));
  const ns: number[] = [];
  const bench = new Bench({ ...QUIET, time: 0, iterations });
  bench.add('prefix', sampled(stream, steps, most, ns), SYNC);
  bench.runSync();
  return timingOf(ns);
}

/** Places and gives back at once, so that the code is compiled and the state is as it was. */
export function warmUp(contender: Contender, definitions: number, decisions: number): void {
  for (let n = 0; n < decisions; n++) {
    const slot = contender.place(n % definitions);
    if (slot >= 0) contender.release(n % definitions, slot);
  }
}

const COMPARED_BATCHES = 4;

/** Whether batches hold what as many single decisions choose from the same state, which both leave as it was. */
export function batchesAgree(contender: Batching, definitions: number, instances: number, seed: number): boolean {
  const dice = new Dice(seed);
  const slots = new Int32Array(Math.min(BATCH, Math.max(1, Math.floor(instances / BATCH_SHARE))));
  for (let n = 0; n < COMPARED_BATCHES; n++) {
    const definition = dice.below(definitions);
    const placed = contender.placeMany(definition, slots);
    const batch = slots.slice(0, placed);
    if (placed > 0) contender.releaseMany(definition, slots, placed);
    const singles = Array.from({ length: Math.min(slots.length, placed + 1) }, () => contender.place(definition));
    for (const slot of singles) if (slot >= 0) contender.release(definition, slot);
    if (singles.some((slot, k) => slot !== (batch[k] ?? -1))) return false;
  }
  return true;
}

/** Batches of one definition: the time inside `place` alone, by task placed. What was placed is given back untimed. */
export function timeBatches(contender: Batching, definitions: number, instances: number, timeMs: number, seed: number) {
  const dice = new Dice(seed);
  const slots = new Int32Array(Math.min(BATCH, Math.max(1, Math.floor(instances / BATCH_SHARE))));
  const bench = new Bench({ ...QUIET, time: timeMs, iterations: 5 });
  const ns: number[] = [];
  let [placed, definition] = [0, 0];
  const once = () => {
    const start = performance.now();
    placed = contender.placeMany(definition, slots);
    const elapsedMs = performance.now() - start;
    // A batch that ends short made one decision more: the one that found nothing.
    const decisions = Math.min(slots.length, placed + 1);
    ns.push((elapsedMs * 1e6) / decisions);
    return { overriddenDuration: elapsedMs };
  };
  const beforeEach = (): void => {
    definition = dice.below(definitions);
  };
  const afterEach = (): void => {
    if (placed > 0) contender.releaseMany(definition, slots, placed);
  };
  bench.add('batch', once, { ...SYNC, beforeEach, afterEach });
  bench.runSync();
  return timingOf(ns);
}
