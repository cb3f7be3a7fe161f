/** The scaling benchmark at its smoke size: both engines scale alike, and what does not move is not scaled. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Timed } from '../../bench/scaling.ts';
import { ROOT } from '../support/source-files.ts';

it('the scaling benchmark scales, whichever engine decides', () => {
  const args = ['scripts/bench.mjs', 'scaling', '--smoke', '--json', '--seed', '11'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const { seed, rows, evaluations } = JSON.parse(stdout) as {
    seed: number;
    rows: Timed[];
    evaluations: { engine: string; services: number; acting: number }[];
  };
  expect(seed).toBe(11);
  expect(rows.map(({ engine, size }) => [engine, size.services, size.moving])).toEqual([
    ['wasm', 10, 1],
    ['wasm', 10, 0.1],
    ['wasm', 10, 0],
    ['wasm', 1, 1],
    ['reference', 1, 1],
  ]);
  expect(rows[3]?.hash).toBe(rows[4]?.hash);
  const [all = 0, tenth = 0, none = 0] = rows.map(({ scalings }) => scalings);
  expect(all).toBeGreaterThan(tenth);
  expect(tenth).toBeGreaterThan(0);
  expect(none).toBe(0);
  // Without a change nothing happens any more: a day has 1,440 minutes.
  expect(rows[2]?.steps).toBeLessThan(60);
  for (const { acting } of evaluations) expect(acting).toBeGreaterThan(0);
});
