/** The benchmarks at their smoke size: they run, every contender makes the same choices, and the report has its facts. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../bench/report.ts';
import { WORKLOADS } from '../../bench/workloads.ts';
import { ROOT } from '../support/source-files.ts';

function bench(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['scripts/bench.mjs', '--smoke', ...args], { cwd: ROOT, encoding: 'utf8' });
}

/** Each run is a process that builds and loads the package: slow on a machine that is busy with other tests. */
const PATIENCE_MS = 240_000;

describe('the benchmarks', { timeout: PATIENCE_MS }, () => {
  it('agree on every choice, and say seed, machine, Node and hashes', () => {
    const run = bench('--json', '--seed', '11');
    expect(run.status, run.stderr).toBe(0);
    const report = JSON.parse(run.stdout) as Report;
    expect(report).toMatchObject({ seed: 11, node: process.version });
    expect(report.machine).not.toBe('');
    expect(report.rows.map(({ workload }) => workload)).toEqual(WORKLOADS.map(({ name }) => name));
    for (const row of report.rows) {
      const names = row.baselines.map(({ name }) => name);
      expect(
        names.filter((name) => name !== 'scan'),
        row.workload,
      ).toEqual(['typed', 'objects', 'reference']);
      expect(row.agrees, row.workload).toBe(true);
      expect(row.baselines.every(({ steps }) => steps > 0)).toBe(true);
      expect(row.tasks).toBeGreaterThan(0);
      expect(row.used).toBeGreaterThanOrEqual(row.lowerBound);
    }
  });

  it('run only the rows and sizes asked for, and make the same choices again', () => {
    const runs = [1, 2].map(() => bench('--json', '--rows', 'spread,c2m', '--sizes', '100'));
    const [a, b] = runs.map((run) => (JSON.parse(run.stdout) as Report).rows);
    expect(a?.map(({ workload, instances }) => [workload, instances])).toEqual([
      ['spread', 100],
      ['c2m', 100],
    ]);
    expect(a?.map(({ hash, tasks }) => [hash, tasks])).toEqual(b?.map(({ hash, tasks }) => [hash, tasks]));
  });

  it('tell what is wrong with their options, and end with 2', () => {
    const run = bench('--rows', 'nosuch');
    expect([run.status, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('There is no row "nosuch"');
  });
});
