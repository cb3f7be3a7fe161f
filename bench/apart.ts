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

/** The row, or undefined when its process failed; the error output is shown as it comes. */
export function runApart(workload: string, instances: number, seed: number): Row | undefined {
  const args = [`--max-old-space-size=${HEAP_MIB}`, SCRIPT, APART, workload, String(instances), String(seed)];
  const run = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  });
  return run.status === 0 ? (JSON.parse(run.stdout) as Row) : undefined;
}
