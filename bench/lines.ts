/**
 * Counts the cache lines that one placement and one release touch in the core's memory, where the machine gives no hardware
 * counters: every load and store of the release build is told with its address (a pass of binaryen), under the stream of
 * the benchmark. A line that at least half of all operations touch is near anyway; the others are what a large cluster
 * waits for.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import binaryen from 'assemblyscript/binaryen';
import { makeCluster } from './cluster.ts';
import type { Batching } from './contender.ts';
import { createEngineContender } from './contenders/engine.ts';
import { fill } from './fill.ts';
import { FULL_SCALE } from './scale.ts';
import { Choices } from './stream.ts';
import { Churn } from './streams/churn.ts';
import { WORKLOADS } from './workloads.ts';

const ROWS = ['binpack', 'zonepack', 'service'];
const RELEASE = fileURLToPath(new URL('../build/release.wasm', import.meta.url));
const LINE_BITS = 6;
const SEED = 7;

/** Told of every access: null while nobody counts. */
let touched: Map<number, number> | null = null;

function touch(bytes: number, address: number): void {
  if (touched === null) return;
  for (let line = address >>> LINE_BITS; line <= (address + bytes - 1) >>> LINE_BITS; line++)
    touched.set(line, (touched.get(line) ?? 0) + 1);
}

const told = (_id: number, bytes: number, offset: number, address: number): number => {
  touch(bytes, (address >>> 0) + offset);
  return address;
};
const value = (_id: number, what: unknown): unknown => what;

/** The release core, every load and store of which calls `touch`. */
function tellingCore(): WebAssembly.Module {
  const core = binaryen.readBinary(readFileSync(RELEASE));
  core.setFeatures(binaryen.Features.All);
  core.runPasses(['instrument-memory']);
  return new WebAssembly.Module(core.emitBinary() as Uint8Array<ArrayBuffer>);
}

/** The loader gives a core what a core needs: this one is given more. */
function withTelling(): void {
  const Plain = WebAssembly.Instance;
  const more = new Proxy({}, { get: (_, name) => (String(name).endsWith('_ptr') ? told : value) }) as Record<
    string,
    unknown
  >;
  WebAssembly.Instance = class extends Plain {
    constructor(module: WebAssembly.Module, { env = {} }: WebAssembly.Imports = {}) {
      super(module, {
        env: new Proxy(env, { get: (own, name: string) => own[name] ?? more[name] }) as WebAssembly.ModuleImports,
      });
    }
  };
}

/** How many operations touched each line, for one kind of them. */
class Operation {
  count = 0;
  readonly #lines = new Map<number, number>();

  run<T>(operation: () => T): T {
    touched = new Map();
    const answer = operation();
    for (const line of touched.keys()) this.#lines.set(line, (this.#lines.get(line) ?? 0) + 1);
    touched = null;
    this.count++;
    return answer;
  }

  /** A line of an operation: all of them, and those that fewer than half of the operations touch. */
  get perOperation(): { readonly all: number; readonly far: number } {
    const sum = (of: (times: number) => boolean): number =>
      [...this.#lines.values()].filter(of).reduce((total, times) => total + times, 0) / this.count;
    return { all: sum(() => true), far: sum((times) => times * 2 < this.count) };
  }
}

async function measure(row: string, instances: number, decisions: number, core: WebAssembly.Module): Promise<string> {
  const workload = WORKLOADS.find(({ name }) => name === row);
  if (workload === undefined) throw new Error(`There is no row ${row}.`);
  const cluster = makeCluster(workload, instances, FULL_SCALE.mostDefinitions, SEED);
  const engine: Batching = await createEngineContender(cluster, core);
  const filled = fill(workload, engine, cluster, SEED);
  const warmUp = { place: new Operation(), release: new Operation() };
  const counted = { place: new Operation(), release: new Operation() };
  let to = warmUp;
  const contender: Batching = {
    ...engine,
    place: (definition) => to.place.run(() => engine.place(definition)),
    release: (definition, slot) => to.release.run(() => engine.release(definition, slot)),
  };
  const stream = new Churn(new Choices(0, 0), contender, cluster, filled, SEED + 1);
  stream.run(decisions);
  to = counted;
  stream.run(decisions);
  const cells = [counted.place, counted.release].flatMap(({ perOperation: { all, far } }) => [
    all.toFixed(1),
    far.toFixed(1),
  ]);
  return [row.padEnd(9), instances.toLocaleString('en').padStart(9), ...cells.map((cell) => cell.padStart(9))].join(
    ' ',
  );
}

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { smoke: { type: 'boolean', default: false } } });
  withTelling();
  const core = tellingCore();
  process.stdout.write(`Cache lines of 64 bytes, seed ${SEED}, ${cpus()[0]?.model}, Node ${process.version}\n`);
  process.stdout.write('far: lines that fewer than half of the operations touch\n');
  process.stdout.write('row       instances     place      far   release      far\n');
  for (const row of ROWS)
    for (const instances of values.smoke ? [300] : [300, 10_000, 100_000])
      process.stdout.write(`${await measure(row, instances, values.smoke ? 200 : 2000, core)}\n`);
  return 0;
}
