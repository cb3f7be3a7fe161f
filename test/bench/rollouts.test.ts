/** The rollout benchmark at its smoke size: every service ends steady, and both engines renew the cluster alike. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Timed } from '../../bench/rollouts.ts';
import { ROOT } from '../support/source-files.ts';

it('the rollout benchmark renews every service, whichever engine places', () => {
  const args = ['scripts/bench-rollouts.mjs', '--smoke', '--json', '--seed', '11'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const { seed, node, rows } = JSON.parse(stdout) as { seed: number; node: string; rows: Timed[] };
  expect({ seed, node }).toEqual({ seed: 11, node: process.version });
  expect(rows.map(({ engine, steady, size }) => [engine, steady, size.services])).toEqual([
    ['wasm', 10, 10],
    ['wasm', 1, 1],
    ['reference', 1, 1],
  ]);
  expect(rows[1]?.hash).toBe(rows[2]?.hash);
  for (const { engineShare, elapsedMs } of rows) {
    expect(engineShare).toBeGreaterThan(0);
    expect(engineShare).toBeLessThan(1);
    expect(elapsedMs).toBeGreaterThan(0);
  }
});
