/** Entry of `npm run bench`: runs rows, prints them, writes chart and README table when asked. See `--help`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createEngine } from 'bayplan';
import { compare, type EarlierRow, parseEarlier } from './against.ts';
import { APART, runApart } from './apart.ts';
import { CHART_ROW, drawChart } from './chart.ts';
import { type Options, parseOptions, UsageError, usage } from './options.ts';
import { withTable } from './readme.ts';
import { headOf, printTable, type Report } from './report.ts';
import { type Row, runRow } from './row.ts';
import { FULL_SCALE } from './scale.ts';
import { percentile } from './statistics.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

const CHART_FILE = fileURLToPath(new URL('../docs/benchmark.svg', import.meta.url));
const README_FILE = fileURLToPath(new URL('../README.md', import.meta.url));

async function medianCreateMs(times: number): Promise<number> {
  const elapsedMs: number[] = [];
  for (let k = 0; k < times; k++) {
    const start = performance.now();
    const engine = await createEngine();
    elapsedMs.push(performance.now() - start);
    engine.dispose();
  }
  return percentile(elapsedMs, 0.5);
}

interface Ran {
  readonly rows: readonly Row[];
  /** Rows that ended without a result; what they wrote stands on the error output. */
  readonly lost: readonly string[];
}

async function runAll({ runs, smoke, scale, seed }: Options): Promise<Ran> {
  const [rows, lost]: [Row[], string[]] = [[], []];
  for (const [k, { workload, instances }] of runs.entries()) {
    if (process.stderr.isTTY) process.stderr.write(`\x1b[2K${k + 1}/${runs.length} ${workload.name} ${instances}\r`);
    const row = smoke ? await runRow(workload, instances, scale, seed) : runApart(workload.name, instances, seed);
    if (row === undefined) lost.push(`${workload.name} at ${instances}`);
    else rows.push(row);
  }
  if (process.stderr.isTTY) process.stderr.write('\x1b[2K');
  return { rows, lost };
}

/** Asked before the rows run, so that a bad file costs no minutes. */
function readEarlier({ against }: Options): EarlierRow[] | undefined {
  if (against === undefined) return undefined;
  try {
    return parseEarlier(readFileSync(against, 'utf8'), against);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--against ${against}: ${(error as Error).message}.`);
  }
}

function checkChart({ chart, runs }: Options): void {
  if (!chart || runs.some(({ workload }) => workload.name === CHART_ROW)) return;
  throw new UsageError(`--chart shows the row ${CHART_ROW}, which --rows leaves out.`);
}

async function report(options: Options, args: readonly string[]): Promise<number> {
  checkChart(options);
  const earlier = readEarlier(options);
  const command = ['npm run bench', ...(args.length === 0 ? [] : ['--', ...args])].join(' ');
  const head = headOf(options.seed, command, await medianCreateMs(21));
  const { rows, lost } = await runAll(options);
  const made: Report = { ...head, rows };
  const text = options.json ? JSON.stringify(made, null, 2) : printTable(made);
  process.stdout.write(`${text}\n`);
  // Beside JSON on the standard output, the comparison is for eyes.
  const aside = options.json ? process.stderr : process.stdout;
  if (earlier !== undefined) aside.write(`\n${compare(earlier, rows).join('\n')}\n`);
  if (options.chart) writeFileSync(CHART_FILE, drawChart(made));
  if (options.readme) writeFileSync(README_FILE, withTable(readFileSync(README_FILE, 'utf8'), made));
  if (lost.length > 0) process.stderr.write(`bench: no result of ${lost.join(', ')}.\n`);
  return lost.length === 0 && rows.every(({ agrees }) => agrees) ? 0 : 1;
}

/** A row on its own, as JSON for the process that asked. */
async function apart([name, instances, seed]: readonly string[]): Promise<number> {
  const workload = WORKLOADS.find((one) => one.name === name) as Workload;
  process.stdout.write(JSON.stringify(await runRow(workload, Number(instances), FULL_SCALE, Number(seed))));
  return 0;
}

/** @returns the exit code: 1 when some contender chose otherwise or a row was lost, 2 for options that cannot be read. */
export async function main(args: string[]): Promise<number> {
  if (args[0] === APART) return apart(args.slice(1));
  try {
    const options = parseOptions(args);
    if (!options.help) return await report(options, args);
    process.stdout.write(`${usage()}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`bench: ${error.message}\nnpm run bench -- --help lists rows and options.\n`);
    return 2;
  }
}
