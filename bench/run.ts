/** Entry of `npm run bench`: rows of workloads by sizes, printed as a table or JSON. Fails when contenders disagree. */
import { parseArgs } from 'node:util';
import { createEngine } from 'bayplan';
import { headOf, printTable } from './report.ts';
import { type Row, runRow } from './row.ts';
import { FULL, SMOKE, WORKLOADS } from './workloads.ts';

async function medianCreateMs(times: number): Promise<number> {
  const elapsed: number[] = [];
  for (let k = 0; k < times; k++) {
    const start = performance.now();
    const engine = await createEngine();
    elapsed.push(performance.now() - start);
    engine.dispose();
  }
  return elapsed.sort((a, b) => a - b)[times >> 1] as number;
}

function parse(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      smoke: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      rows: { type: 'string' },
      sizes: { type: 'string' },
      seed: { type: 'string', default: '7' },
    },
  });
  const scale = values.smoke ? SMOKE : FULL;
  const names = values.rows?.split(',');
  return {
    json: values.json,
    seed: Number(values.seed) >>> 0,
    workloads: WORKLOADS.filter(({ name }) => names === undefined || names.includes(name)),
    scale: { ...scale, sizes: values.sizes?.split(',').map(Number) ?? scale.sizes },
  };
}

/** @returns the exit code: 1 when some contender chose otherwise. */
export async function main(args: string[]): Promise<number> {
  const { json, seed, workloads, scale } = parse(args);
  const head = headOf(seed, await medianCreateMs(21));
  const rows: Row[] = [];
  for (const size of scale.sizes) {
    for (const workload of workloads) {
      rows.push(await runRow(workload, size, scale, seed));
      if (!json) process.stderr.write(`${workload.name} ${size}\r`);
    }
  }
  process.stdout.write(json ? `${JSON.stringify({ ...head, rows }, null, 2)}\n` : `${printTable(head, rows)}\n`);
  return rows.every(({ agree }) => agree) ? 0 : 1;
}
