/**
 * Runs a row in a process of its own: compiled code, heap and caches of one row never help or hinder the next, and a
 * cluster of a million instances gets a heap to itself.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Row } from './row.ts';

const SCRIPT = fileURLToPath(new URL('../scripts/bench.mjs', import.meta.url));
const HEAP_MIB = 12_288;
/** First argument of such a process. */
export const APART = '--apart';

/** @throws when the process failed; its error output is shown as it comes. */
export function runApart(workload: string, instances: number, seed: number): Row {
  const args = [`--max-old-space-size=${HEAP_MIB}`, SCRIPT, APART, workload, String(instances), String(seed)];
  const run = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0)
    throw new Error(`The row ${workload} at ${instances} instances ended with ${run.status ?? run.signal}.`);
  return JSON.parse(run.stdout) as Row;
}
