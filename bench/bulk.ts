/**
 * Bulk work: registering parsed answers of AWS; snapshot and restore beside a plain copy of the same bytes; queries. Run by
 * scripts/bench-bulk.mjs. Best of several rounds: the machine may be shared.
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import { type ContainerInstance, createEngine, type Engine } from 'bayplan';
import { timeQueries } from './queries.ts';
import { describedText } from './recorded.ts';

interface Timed {
  readonly name: string;
  readonly instances: number;
  readonly elapsedMs: number;
  readonly note: string;
}

const CHUNK = 10_000;

function machine(): string {
  const cpus = os.cpus();
  return `${cpus.length} x ${cpus[0]?.model.trim() ?? 'unknown'}`;
}

function elapsed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function heapBytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

/** Registers instances in chunks; parsing them is not counted. */
function register(engine: Engine, count: number, chunk: number, attributes: 12 | 69, seed: number): number {
  let totalMs = 0;
  for (let first = 0; first < count; first += chunk) {
    const parsed = JSON.parse(describedText(first, Math.min(chunk, count - first), attributes, seed));
    totalMs += elapsed(() => engine.registerContainerInstances(parsed as ContainerInstance[]));
  }
  return totalMs;
}

async function registration(
  count: number,
  chunk: number,
  attributes: 12 | 69,
  seed: number,
  rounds: number,
): Promise<Timed[]> {
  let best = Number.POSITIVE_INFINITY;
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const before = heapBytes();
    const engine = await createEngine({ seed });
    best = Math.min(best, register(engine, count, chunk, attributes, seed));
    if (round === 0) bytes = (heapBytes() - before) / count;
    engine.dispose();
  }
  const note = `${bytes.toFixed(0)} B of JS heap an instance`;
  return [{ name: `register, ${attributes} attributes, ${chunk} a call`, instances: count, elapsedMs: best, note }];
}

function rate(bytes: number, elapsedMs: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB, ${(bytes / 1e3 / elapsedMs).toFixed(0)} MB/s`;
}

async function snapshots(count: number, attributes: 12 | 69, seed: number, rounds: number): Promise<Timed[]> {
  const engine = await createEngine({ seed });
  register(engine, count, CHUNK, attributes, seed);
  let bytes = new Uint8Array();
  const best = {
    snapshot: Number.POSITIVE_INFINITY,
    restore: Number.POSITIVE_INFINITY,
    copy: Number.POSITIVE_INFINITY,
  };
  for (let round = 0; round < rounds; round++) {
    best.snapshot = Math.min(
      best.snapshot,
      elapsed(() => {
        bytes = engine.snapshot() as typeof bytes;
      }),
    );
    best.copy = Math.min(
      best.copy,
      elapsed(() => {
        bytes.slice();
      }),
    );
    const fresh = await createEngine({ seed });
    best.restore = Math.min(
      best.restore,
      elapsed(() => fresh.restore(bytes)),
    );
    fresh.dispose();
  }
  return (['snapshot', 'restore', 'copy'] as const).map((name) => ({
    name: `${name}, ${attributes} attributes`,
    instances: count,
    elapsedMs: best[name],
    note: rate(bytes.length, best[name]),
  }));
}

/** Rounds are cheap here: as many as for a minimum. */
const QUERY_ROUNDS = 9;

async function queries(count: number, seed: number): Promise<Timed[]> {
  const { newMs, keptMs, idleMs, agrees } = await timeQueries(count, seed, QUERY_ROUNDS);
  if (!agrees) throw new Error('a placement fell where its expression does not hold');
  const row = (name: string, elapsedMs: number, note: string): Timed => ({ name, instances: count, elapsedMs, note });
  return [
    row('query, new', newMs, '3 clauses, a regular expression over 1,000 values, and a placement'),
    row('query, kept, 100 changes', keptMs, 'the same again after 100 PutAttributes'),
    row('query, kept, no change', idleMs, 'the same again'),
  ];
}

function line({ name, instances, elapsedMs, note }: Timed): string {
  return `${name.padEnd(36)} ${String(instances).padStart(8)} ${elapsedMs.toFixed(elapsedMs < 1 ? 4 : 1).padStart(9)} ms  ${note}`;
}

/** @returns the exit code. */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      smoke: { type: 'boolean', default: false },
      seed: { type: 'string', default: '7' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const seed = Number(values.seed) >>> 0;
  const rounds = values.smoke ? 1 : Number(values.rounds);
  const [some, many] = values.smoke ? [1000, 3000] : [100_000, 1_000_000];
  console.log(`Bayplan bulk benchmark: seed ${seed}, ${machine()}, Node ${process.version}, best of ${rounds}`);
  for (const work of [
    () => registration(some, some, 12, seed, rounds),
    () => registration(many, CHUNK, 12, seed, 1),
    () => registration(some, CHUNK, 69, seed, rounds),
    () => snapshots(some, 12, seed, rounds),
    () => snapshots(some, 69, seed, rounds),
    () => queries(many, seed),
  ])
    for (const timed of await work()) console.log(line(timed));
  return 0;
}
