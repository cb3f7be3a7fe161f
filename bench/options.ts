/** Options of `npm run bench`, read and checked: a wrong one is told in words, and the run ends with exit code 2. */
import { parseArgs } from 'node:util';
import { FULL_SCALE, type Scale, SMOKE_SCALE } from './scale.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

const MOST_INSTANCES = 1_000_000;
const MOST_SEED = 0xffffffff;
const FAMILIES = ['equal', 'stream', 'adversarial'] as const;

/** What the user got wrong. */
export class UsageError extends Error {}

export interface Options {
  readonly help: boolean;
  readonly json: boolean;
  readonly smoke: boolean;
  readonly chart: boolean;
  readonly readme: boolean;
  readonly against: string | undefined;
  readonly seed: number;
  readonly scale: Scale;
  /** Rows to run, in order. */
  readonly runs: readonly { readonly workload: Workload; readonly instances: number }[];
}

const FLAGS = {
  help: { type: 'boolean', short: 'h', default: false },
  json: { type: 'boolean', default: false },
  smoke: { type: 'boolean', default: false },
  chart: { type: 'boolean', default: false },
  readme: { type: 'boolean', default: false },
  against: { type: 'string' },
  rows: { type: 'string' },
  sizes: { type: 'string' },
  seed: { type: 'string', default: '7' },
} as const;

export function usage(): string {
  const rows = WORKLOADS.map(({ name, family, about, sizes }) => {
    return `  ${name.padEnd(9)} ${family.padEnd(11)} ${about}; ${sizes.map((size) => size.toLocaleString('en')).join(' ')}`;
  });
  return [
    'npm run bench -- [options]',
    '  --rows NAMES    names or families, comma separated; default all',
    '  --sizes N,N     instances, instead of those of each row; 1 to 1,000,000',
    '  --seed N        of clusters and streams; default 7',
    '  --json          the report as JSON',
    '  --against FILE  earlier --json: prints time before / time now per row',
    '  --chart         writes docs/benchmark.svg',
    '  --readme        puts the table into README.md',
    '  --smoke         every row, small and short, in one process',
    '',
    'rows (name, family, what, instances):',
    ...rows,
  ].join('\n');
}

function readFlags(args: string[]) {
  try {
    return parseArgs({ args, options: FLAGS }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function whole(text: string, what: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`${what} must be a whole number from ${least} to ${most}, but was "${text}".`);
}

function chosen(names: string | undefined): readonly Workload[] {
  if (names === undefined) return WORKLOADS;
  const wanted = names.split(',');
  const known = [...WORKLOADS.map(({ name }) => name), ...FAMILIES];
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`There is no row "${unknown}". Rows: ${known.join(', ')}.`);
  return WORKLOADS.filter(({ name, family }) => wanted.includes(name) || wanted.includes(family));
}

/** @throws UsageError */
export function parseOptions(args: string[]): Options {
  const { help, json, smoke, chart, readme, against, ...rest } = readFlags(args);
  if (smoke && (chart || readme))
    throw new UsageError(`--${chart ? 'chart' : 'readme'} publishes figures; those of --smoke mean nothing.`);
  const scale = smoke ? SMOKE_SCALE : FULL_SCALE;
  const given = rest.sizes?.split(',').map((size) => whole(size, '--sizes', 1, MOST_INSTANCES));
  const runs = chosen(rest.rows).flatMap((workload) =>
    (given ?? scale.sizes ?? workload.sizes).map((instances) => ({ workload, instances })),
  );
  return { help, json, smoke, chart, readme, against, seed: whole(rest.seed, '--seed', 0, MOST_SEED), scale, runs };
}
