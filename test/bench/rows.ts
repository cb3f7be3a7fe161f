/** Made-up rows and reports for the tests of what is printed and drawn. */
import type { Report } from '../../bench/report.ts';
import type { Row } from '../../bench/row.ts';

export function row(changes: Partial<Row> = {}): Row {
  const baseline = { p99Ns: 1, bestNs: 1, engineNs: 200, steps: 10, hash: '00000001', agrees: true };
  return {
    workload: 'mixed70',
    about: 'four strategies',
    family: 'stream',
    instances: 1_000,
    tasks: 9_000,
    failedPercent: 1.5,
    used: 900,
    lowerBound: 700,
    memoryBytes: 2_000_000,
    steps: 5_000,
    hash: 'cafe0001',
    engine: { medianNs: 200, p99Ns: 400, bestNs: 180 },
    batch: { medianNs: 100, p99Ns: 150, bestNs: 90 },
    batchAgrees: true,
    baselines: [
      { ...baseline, name: 'scan', medianNs: 400 },
      { ...baseline, name: 'typed', medianNs: 2_000 },
      { ...baseline, name: 'objects', medianNs: 4_000 },
    ],
    agrees: true,
    ...changes,
  };
}

export function report(rows: readonly Row[]): Report {
  return {
    seed: 7,
    machine: '2 x <CPU> & more',
    node: 'v20.0.0',
    command: 'npm run bench',
    createEngineMs: 0.1,
    load: 0.5,
    rows,
  };
}
