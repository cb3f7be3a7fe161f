/** The report: its head with machine, versions and seed, and its rows as a table a person reads. */
import os from 'node:os';
import { CONTENDERS, type ContenderName } from './contender.ts';
import type { Row } from './row.ts';

export interface Report {
  readonly seed: number;
  readonly machine: string;
  readonly node: string;
  readonly command: string;
  readonly createEngineMs: number;
  /** Processes that wanted a core when the run began, this one aside: more than cores make figures worse. */
  readonly load: number;
  readonly rows: readonly Row[];
}

export type Head = Omit<Report, 'rows'>;

export const BASELINES: readonly ContenderName[] = CONTENDERS.filter((name) => name !== 'engine');
/** Time of the engine by time of the SIMD scan that no adversarial row may exceed. */
export const SCAN_LIMIT = 1.5;

export function headOf(seed: number, command: string, createEngineMs: number): Head {
  const cpus = os.cpus();
  const machine = `${cpus.length} x ${cpus[0]?.model.trim() ?? 'unknown'}`;
  const load = Math.round((os.loadavg()[0] ?? 0) * 10) / 10;
  return { seed, machine, node: process.version, command, createEngineMs, load };
}

/** Placements a second, short: 4.25 M, 310 k, 95. */
export function rate(nanoseconds: number): string {
  const perSecond = 1e9 / nanoseconds;
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(2)} M`;
  return perSecond >= 1e3 ? `${(perSecond / 1e3).toFixed(perSecond >= 1e4 ? 0 : 1)} k` : perSecond.toFixed(0);
}

/** How many times faster the engine is than a baseline, over the same decisions. */
export function ratioOf(row: Row, name: ContenderName): number | undefined {
  const baseline = row.baselines.find((one) => one.name === name);
  return baseline === undefined ? undefined : baseline.medianNs / baseline.engineNs;
}

export function ratioText(ratio: number | undefined): string {
  if (ratio === undefined) return '-';
  if (ratio >= 100) return `${Math.round(ratio).toLocaleString('en')}x`;
  return `${ratio.toFixed(ratio >= 10 ? 0 : 1)}x`;
}

const COLUMNS = [
  'row',
  'instances',
  'tasks',
  'failed',
  'median/s',
  'p99/s',
  'best/s',
  'ns',
  'batch/s',
  'batch ns',
  'best batch/s',
  ...BASELINES,
  'used',
  'bound',
  'MB',
  'hash',
  'agree',
];
/** Columns of words stand left. */
const WORDS = ['row', 'hash', 'agree'];

function disagreeing({ batchAgrees, baselines }: Row): string[] {
  return [...(batchAgrees ? [] : ['batch']), ...baselines.flatMap(({ name, agrees }) => (agrees ? [] : [name]))];
}

function cells(row: Row): string[] {
  return [
    row.workload,
    row.instances.toLocaleString('en'),
    row.tasks.toLocaleString('en'),
    `${row.failedPercent} %`,
    rate(row.engine.medianNs),
    rate(row.engine.p99Ns),
    rate(row.engine.bestNs),
    row.engine.medianNs.toFixed(0),
    rate(row.batch.medianNs),
    row.batch.medianNs.toFixed(0),
    rate(row.batch.bestNs),
    ...BASELINES.map((name) => ratioText(ratioOf(row, name))),
    row.used.toLocaleString('en'),
    row.lowerBound.toLocaleString('en'),
    (row.memoryBytes / 1e6).toFixed(1),
    row.hash,
    row.agrees ? 'yes' : `NO: ${disagreeing(row).join(' ')}`,
  ];
}

export function alignedTable(columns: readonly string[], lines: readonly (readonly string[])[]): string[] {
  const table = [columns, ...lines];
  const widths = columns.map((_, k) => Math.max(...table.map((line) => (line[k] ?? '').length)));
  const pad = (cell: string, k: number): string => {
    return WORDS.includes(columns[k] as string) ? cell.padEnd(widths[k] as number) : cell.padStart(widths[k] as number);
  };
  return table.map((line) => line.map(pad).join('  ').trimEnd());
}

/** The adversarial rows by their one question: is the engine ever much slower than a scan? */
export function adversarialSummary(rows: readonly Row[]): string | undefined {
  const shares = rows
    .filter(({ family }) => family === 'adversarial')
    .flatMap((row) => {
      const ratio = ratioOf(row, 'scan');
      return ratio === undefined
        ? []
        : [{ name: `${row.workload} at ${row.instances.toLocaleString('en')}`, share: 1 / ratio }];
    });
  const worst = shares.reduce((a, b) => (b.share > a.share ? b : a), { name: '', share: 0 });
  if (shares.length === 0) return undefined;
  const above = shares
    .filter(({ share }) => share > SCAN_LIMIT)
    .map(({ name, share }) => `${name} ${share.toFixed(2)}`);
  const verdict = above.length === 0 ? 'kept' : `exceeded by ${above.join(', ')}`;
  return `Adversarial rows, engine time / scan time: worst ${worst.share.toFixed(2)} (${worst.name}); limit ${SCAN_LIMIT}: ${verdict}.`;
}

export function printTable({ rows, ...head }: Report): string {
  const scanned = rows.some((row) => ratioOf(row, 'scan') !== undefined);
  return [
    `Bayplan placement benchmark: seed ${head.seed}, ${head.machine}, Node ${head.node}, one thread, load ${head.load}`,
    `createEngine: ${head.createEngineMs.toFixed(2)} ms (median)`,
    'A decision is one place and the releases that follow from it, driven from JavaScript; batch is the time inside',
    'place(1000, slots) alone, a best case: 1,000 equal tasks often share few instances, and the batch is repeated. /s, ns',
    'and ratios are medians over slices of up to 1,000 decisions; p99/s is the slice slower than 99 in 100, best/s the',
    'fastest one. scan to reference are ratios: time of the baseline by time of the engine over the same',
    'decisions, both timed in this run. bound is the fewest instances that could hold the tasks. agree compares hashes of',
    'the choices where each baseline stopped.',
    ...(scanned ? [] : ['scan: build/scan.wasm is not there, or not of this core; the SIMD scan was left out.']),
    '',
    ...alignedTable(COLUMNS, rows.map(cells)),
    ...[adversarialSummary(rows)].flatMap((line) => (line === undefined ? [] : ['', line])),
  ].join('\n');
}
