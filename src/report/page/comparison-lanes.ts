/** Which series of variants are drawn over each other, and their scores. Called by the page of a comparison. Pure. */
import type { Series } from '../../simulate/result.ts';
import type { ComparedVariant, Comparison } from '../comparison-data.ts';
import { duration, usd } from './format.ts';
import type { Lane, LaneLine } from './lanes.ts';
import { groupColour } from './theme.ts';

const MICRO_CENTS_PER_USD = 100_000_000;
/** Names of what is worth comparing over time, in reading order; metrics of services come between. */
const BEFORE: readonly string[] = ['costPerHour', 'runningCount'];
const AFTER: readonly string[] = ['registeredInstances', 'CapacityProviderReservation'];
const TITLES: Readonly<Record<string, string>> = {
  costPerHour: 'Cost an hour',
  runningCount: 'Running tasks',
  registeredInstances: 'Instances',
  CapacityProviderReservation: 'Reservation',
};
const METRIC = /Utilization$|^RequestCount|^Approximate/;
/** More would be a wall. */
const MOST_LANES = 24;

function rank({ name, dimensions }: Series): number {
  if (dimensions.Source !== undefined) return -1;
  if (BEFORE.includes(name)) return BEFORE.indexOf(name);
  if (AFTER.includes(name)) return 10 + AFTER.indexOf(name);
  return METRIC.test(name) ? 5 : -1;
}

function keyOf({ name, dimensions }: Series): string {
  return JSON.stringify([name, Object.entries(dimensions).sort()]);
}

function titleOf({ name, dimensions }: Series): string {
  const { ServiceName, ClusterName, CapacityProviderName } = dimensions;
  const of = ServiceName ?? CapacityProviderName ?? ClusterName;
  return [TITLES[name] ?? name, of].filter(Boolean).join(', ');
}

function lineOf(series: Series, label: string, colour: string): LaneLine {
  const isMoney = series.name === 'costPerHour';
  const points: Series['points'] = isMoney
    ? series.points.map(([at, value]) => [at, (value ?? 0) / MICRO_CENTS_PER_USD])
    : series.points;
  return { label, style: 'main', colour, points };
}

/** One lane for each series that any variant has, with a line of every variant that has it. */
export function comparisonLanes({ variants }: Comparison): Lane[] {
  const found = new Map<string, { first: Series; lines: LaneLine[] }>();
  variants.forEach(({ name, series }, k) => {
    for (const one of series) {
      if (rank(one) < 0) continue;
      const lane = found.get(keyOf(one)) ?? { first: one, lines: [] };
      found.set(keyOf(one), lane);
      lane.lines.push(lineOf(one, name, groupColour(k)));
    }
  });
  return [...found.values()]
    .filter(({ lines }) => lines.some(({ points }) => points.some(([, value]) => value !== 0)))
    .sort((a, b) => rank(a.first) - rank(b.first))
    .slice(0, MOST_LANES)
    .map(({ first, lines }) => ({
      title: titleOf(first),
      unit: first.name === 'costPerHour' ? 'USD' : first.unit === 'Percent' ? 'Percent' : 'Count',
      lines,
      bands: [],
      decisions: [],
    }));
}

export interface Score {
  readonly text: string;
  /** Of the highest: the length of its bar. */
  readonly share: number;
  /** No other is lower, and some are higher. */
  readonly isBest: boolean;
  /** Against the first variant, such as `+12%`; empty for that one. */
  readonly change: string;
}

export interface ScoreColumn {
  readonly name: string;
  readonly scores: readonly Score[];
}

const COLUMNS: readonly (readonly [
  name: string,
  of: (one: ComparedVariant) => number,
  tell: (value: number) => string,
])[] = [
  ['Cost', ({ figures }) => figures.costMicroCents, (value) => usd(value / MICRO_CENTS_PER_USD)],
  ['Under target', ({ figures }) => figures.underTargetMs, duration],
  ['Reaction', ({ figures }) => figures.reactionMs, duration],
  ['Task churn', ({ figures }) => figures.taskChurn, String],
  ['Instance churn', ({ figures }) => figures.instanceChurn, String],
  ['Failures', ({ figures }) => figures.failures, String],
];

function changeOf(value: number, first: number): string {
  if (first === 0 || value === first) return '';
  const percent = Math.round(((value - first) / first) * 100);
  return `${percent > 0 ? '+' : ''}${percent}%`;
}

/** By column, each with one score a variant. Lower is better in all. */
export function scoresOf({ variants }: Comparison): ScoreColumn[] {
  return COLUMNS.map(([name, of, tell]) => {
    const values = variants.map(of);
    const [most, least] = [Math.max(...values), Math.min(...values)];
    const scores = values.map((value) => ({
      text: tell(value),
      share: most === 0 ? 0 : value / most,
      isBest: value === least && most > least,
      change: changeOf(value, values[0] ?? 0),
    }));
    return { name, scores };
  });
}
