/** Times a stream with tinybench: many decisions a sample, since its timer costs 40 ns and a decision hardly more. */
import { Bench, type Task } from 'tinybench';
import type { Batching } from './contender.ts';
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
}

function timingOf(task: Task | undefined, stepsPerSample: number): Timing {
  const result = task?.result;
  if (result === undefined || !('latency' in result))
    throw new Error('bench: the harness has no result', { cause: result });
  const samples = [...(result.latency.samples ?? [])].map((ms) => (ms * 1e6) / stepsPerSample);
  return { medianNs: percentile(samples, 0.5), p99Ns: percentile(samples, 0.99) };
}

/** Told, since finding out would call the stream once more than asked. */
const SYNC = { async: false };
const QUIET = { warmup: false, retainSamples: true, throws: true };

/** The stream, warm already, for so long; rewinding is not timed. */
export function timeStream(stream: Stream, timeMs: number): Timing {
  const steps = Math.min(SLICE, Math.max(1, stream.left() >> 2 || SLICE));
  const bench = new Bench({ ...QUIET, time: timeMs, iterations: 5 });
  const beforeEach = (): void => {
    if (stream.left() < steps) stream.rewind();
  };
  bench.add('stream', () => stream.run(steps), { ...SYNC, beforeEach });
  bench.runSync();
  return timingOf(bench.tasks[0], steps);
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
  const left = most - stream.steps;
  const steps = Math.max(1, Math.min(SLICE, Math.floor(SLICE_MS / eachMs), Math.floor(left / 4)));
  const iterations = Math.max(1, Math.min(Math.floor(left / steps), Math.ceil(timeMs / (eachMs * steps))));
  const bench = new Bench({ ...QUIET, time: 0, iterations });
  bench.add('prefix', () => stream.run(Math.min(steps, most - stream.steps)), SYNC);
  bench.runSync();
  return timingOf(bench.tasks[0], steps);
}

/** Batches of one definition: the time inside `place` alone, by task placed. What was placed is given back untimed. */
export function timeBatches(contender: Batching, definitions: number, instances: number, timeMs: number, seed: number) {
  const dice = new Dice(seed);
  const slots = new Int32Array(Math.min(BATCH, Math.max(1, Math.floor(instances / BATCH_SHARE))));
  const bench = new Bench({ ...QUIET, time: timeMs, iterations: 5 });
  let [placed, definition] = [0, 0];
  const once = () => {
    const start = performance.now();
    placed = contender.placeMany(definition, slots);
    const elapsedMs = performance.now() - start;
    // A batch that ends short made one decision more: the one that found nothing.
    const decisions = Math.min(slots.length, placed + 1);
    return { overriddenDuration: elapsedMs / decisions, overriddenIterationCost: elapsedMs };
  };
  const beforeEach = (): void => {
    definition = dice.below(definitions);
  };
  const afterEach = (): void => {
    if (placed > 0) contender.releaseMany(definition, slots, placed);
  };
  bench.add('batch', once, { ...SYNC, beforeEach, afterEach });
  bench.runSync();
  return timingOf(bench.tasks[0], 1);
}
