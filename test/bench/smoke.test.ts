/** The benchmarks at their smoke size: they run, every contender makes the same choices, and the report has its facts. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/source-files.ts';

interface Report {
  readonly seed: number;
  readonly machine: string;
  readonly node: string;
  readonly rows: {
    workload: string;
    instances: number;
    tasks: number;
    agree: boolean;
    timings: { name: string; hash: string; nsPerDecision: number }[];
  }[];
}

function bench(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['scripts/bench.mjs', '--smoke', ...args], { cwd: ROOT, encoding: 'utf8' });
}

describe('the benchmarks', () => {
  it('agree on every choice, and say seed, machine, Node and hashes', () => {
    const run = bench('--json', '--seed', '11');
    expect(run.status, run.stderr).toBe(0);
    const report = JSON.parse(run.stdout) as Report;
    expect(report).toMatchObject({ seed: 11, node: process.version });
    expect(report.machine).not.toBe('');
    expect(report.rows.map(({ workload }) => workload)).toEqual([
      'binpack',
      'spread',
      'service',
      'zonepack',
      'memberOf',
    ]);
    for (const row of report.rows) {
      expect(row.agree, row.workload).toBe(true);
      expect(row.tasks).toBeGreaterThan(0);
      expect(row.timings.map(({ name }) => name)).toEqual(['wasm', 'loop', 'reference']);
      expect(row.timings[0]?.hash).toBe(row.timings[1]?.hash);
    }
  });

  it('run only the rows and sizes asked for, and make the same choices again', () => {
    const [first, second] = [
      bench('--json', '--rows', 'spread', '--sizes', '100'),
      bench('--json', '--rows', 'spread', '--sizes', '100'),
    ];
    const [a, b] = [JSON.parse(first.stdout) as Report, JSON.parse(second.stdout) as Report];
    expect(a.rows.map(({ workload, instances }) => [workload, instances])).toEqual([['spread', 100]]);
    expect(a.rows[0]?.timings.map(({ hash }) => hash)).toEqual(b.rows[0]?.timings.map(({ hash }) => hash));
  });
});
