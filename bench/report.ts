/** Prints rows as a table a person reads, with machine, versions, seed and the honest ratios of one run. */
import os from 'node:os';
import type { Row, Timing } from './row.ts';

export interface Head {
  readonly seed: number;
  readonly machine: string;
  readonly node: string;
  readonly createEngineMs: number;
}

export function headOf(seed: number, createEngineMs: number): Head {
  const cpus = os.cpus();
  return {
    seed,
    machine: `${cpus.length} x ${cpus[0]?.model.trim() ?? 'unknown'}`,
    node: process.version,
    createEngineMs,
  };
}

function nanoseconds(timing: Timing | undefined): string {
  if (timing === undefined) return '-';
  return timing.nsPerDecision >= 100_000
    ? `${(timing.nsPerDecision / 1000).toFixed(0)} us`
    : `${timing.nsPerDecision.toFixed(0)} ns`;
}

function ratio(slow: Timing | undefined, fast: Timing | undefined): string {
  return slow === undefined || fast === undefined ? '-' : `${(slow.nsPerDecision / fast.nsPerDecision).toFixed(1)}x`;
}

function rate(timing: Timing | undefined): string {
  return timing === undefined ? '-' : `${(1000 / timing.nsPerDecision).toFixed(2)} M/s`;
}

const COLUMNS = [
  'workload',
  'instances',
  'tasks',
  'failed',
  'engine',
  'p99',
  'placements',
  'loop',
  'loop/engine',
  'reference',
  'reference/engine',
  'B/instance',
  'hash',
  'agree',
];

function cells(row: Row): string[] {
  const of = (name: string): Timing | undefined => row.timings.find((timing) => timing.name === name);
  const [wasm, loop, reference] = [of('wasm'), of('loop'), of('reference')];
  return [
    row.workload,
    String(row.instances),
    String(row.tasks),
    `${row.failedPercent} %`,
    nanoseconds(wasm),
    `${wasm?.p99NsPerDecision.toFixed(0)} ns`,
    rate(wasm),
    nanoseconds(loop),
    ratio(loop, wasm),
    nanoseconds(reference),
    ratio(reference, wasm),
    (row.memoryBytes / row.instances).toFixed(0),
    wasm?.hash ?? '-',
    row.agree ? 'yes' : 'NO',
  ];
}

export function printTable(head: Head, rows: readonly Row[]): string {
  const table = [COLUMNS, ...rows.map(cells)];
  const widths = COLUMNS.map((_, k) => Math.max(...table.map((line) => (line[k] as string).length)));
  const lines = table.map((line) =>
    line
      .map((cell, k) => (k === 0 || k >= 12 ? cell.padEnd(widths[k] as number) : cell.padStart(widths[k] as number)))
      .join('  '),
  );
  return [
    `Bayplan placement benchmark: seed ${head.seed}, ${head.machine}, Node ${head.node}, one thread`,
    `createEngine: ${head.createEngineMs.toFixed(2)} ms (median)`,
    'A decision is one place and one release, driven from JavaScript; engine, loop and reference are timed in this run.',
    '',
    ...lines,
  ].join('\n');
}
