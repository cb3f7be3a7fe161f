/**
 * CloudWatch metrics: which one, by what statistic, or an expression over several. Read from AWS's inputs here; series and
 * alarms name metrics with these types.
 */
import { onlyMembers } from './known-members.ts';
import {
  type Fields,
  fields,
  list,
  oneOf,
  optionalFlag,
  optionalList,
  optionalOneOf,
  refuse,
  text,
  whole,
} from './read.ts';

export interface MetricKey {
  readonly namespace: string;
  readonly metricName: string;
  /** By name; their order does not matter. */
  readonly dimensions: Readonly<Record<string, string>>;
}

export const STATISTICS = ['Average', 'Minimum', 'Maximum', 'SampleCount', 'Sum'] as const;
export type Statistic = (typeof STATISTICS)[number];

export interface MetricStat {
  readonly key: MetricKey;
  readonly statistic: Statistic;
}

/** One entry of `Metrics`: a metric or an expression over the ids of others. */
export type MetricQuery =
  | { readonly id: string; readonly stat: MetricStat; readonly returnsData: boolean }
  | { readonly id: string; readonly expression: string; readonly returnsData: boolean };

/** What an alarm or a policy looks at. */
export type MetricSource =
  | { readonly kind: 'metric'; readonly stat: MetricStat; readonly periodSeconds: number }
  | { readonly kind: 'math'; readonly queries: readonly MetricQuery[]; readonly periodSeconds: number };

/** One text for equal keys. */
export function metricId({ namespace, metricName, dimensions }: MetricKey): string {
  const names = Object.keys(dimensions).sort();
  return [namespace, metricName, ...names.map((name) => `${name}=${dimensions[name]}`)].join('\n');
}

/** CloudWatch API, MetricDatum and PutMetricAlarm. */
const MOST_DIMENSIONS = 30;
const MOST_NAME = 255;
const MOST_VALUE = 1024;
const MOST_EXPRESSION = 2048;
const MOST_QUERIES = 20;
const ID = /^[a-z][A-Za-z0-9_]{0,254}$/;

const invalid = 'ValidationException';

/** Of 1 to `most` characters. */
export function textUpTo(most: number, value: unknown, path: string): string {
  const given = text(value, path);
  if (given !== '' && given.length <= most) return given;
  return refuse(
    'TEXT_LENGTH',
    `${path} must have 1 to ${most} characters, but has ${given.length}.`,
    { path, value: given, limit: most },
    invalid,
  );
}

const SIZES = ['', 'Kilo', 'Mega', 'Giga', 'Tera'].flatMap((size) =>
  ['bytes', 'bits'].map((unit) => (size + unit).replace(/^./, (first) => first.toUpperCase())),
);
/** CloudWatch API, MetricDatum. */
const UNITS = [
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'Count', 'None', 'Count/Second'],
  ...SIZES,
  ...SIZES.map((unit) => `${unit}/Second`),
];

/** Checked and left: series have no units here. */
export function parseUnit(value: unknown, path: string): void {
  optionalOneOf(value, path, UNITS);
}

export function parseDimensions(input: unknown, path: string): Record<string, string> {
  const entries = optionalList(input, path);
  if (entries.length > MOST_DIMENSIONS)
    refuse(
      'DIMENSION_COUNT',
      `${path} must hold at most ${MOST_DIMENSIONS} dimensions.`,
      { path, value: entries.length },
      invalid,
    );
  const found: Record<string, string> = {};
  entries.forEach((entry, k) => {
    const one = fields(entry, `${path}[${k}]`);
    const name = textUpTo(MOST_NAME, one.Name, `${path}[${k}].Name`);
    if (Object.hasOwn(found, name))
      refuse(
        'DUPLICATE',
        `${path}[${k}].Name ${name} stands twice.`,
        { path: `${path}[${k}].Name`, value: name },
        invalid,
      );
    found[name] = textUpTo(MOST_VALUE, one.Value, `${path}[${k}].Value`);
  });
  return found;
}

/** Namespace, MetricName and Dimensions, where they stand side by side. */
export function parseMetricKey(given: Fields, path: string): MetricKey {
  return {
    namespace: textUpTo(MOST_NAME, given.Namespace, `${path}.Namespace`),
    metricName: textUpTo(MOST_NAME, given.MetricName, `${path}.MetricName`),
    dimensions: parseDimensions(given.Dimensions, `${path}.Dimensions`),
  };
}

/** 10, 30 or a multiple of 60 seconds; 20 too, the resolution of ECS's own metrics (CloudWatch API, PutMetricAlarm). */
export function parsePeriod(value: unknown, path: string): number {
  const period = whole(value, path, 1, 86_400);
  if (period === 10 || period === 20 || period === 30 || period % 60 === 0) return period;
  return refuse(
    'PERIOD',
    `${path} must be 10, 20, 30 or a multiple of 60, but was ${period}.`,
    { path, value: period },
    invalid,
  );
}

function parseQuery(input: unknown, path: string): { query: MetricQuery; period: number | undefined } {
  const given = fields(input, path);
  onlyMembers(given, path, ['Id', 'MetricStat', 'Expression', 'Label', 'ReturnData', 'Period'], ['AccountId']);
  const id = text(given.Id, `${path}.Id`);
  if (!ID.test(id))
    refuse(
      'METRIC_ID',
      `${path}.Id must start with a small letter, but was ${id}.`,
      { path: `${path}.Id`, value: id },
      invalid,
    );
  const returnsData = optionalFlag(given.ReturnData, `${path}.ReturnData`) ?? true;
  if ((given.Expression === undefined) === (given.MetricStat === undefined))
    refuse('METRIC_QUERY', `${path} must have either MetricStat or Expression.`, { path, value: input }, invalid);
  if (given.MetricStat === undefined) {
    const expression = text(given.Expression, `${path}.Expression`);
    if (expression.length > MOST_EXPRESSION)
      refuse(
        'EXPRESSION_LENGTH',
        `${path}.Expression must have at most ${MOST_EXPRESSION} characters.`,
        { path: `${path}.Expression`, value: expression.length },
        invalid,
      );
    const period = given.Period === undefined ? undefined : parsePeriod(given.Period, `${path}.Period`);
    return { query: { id, expression, returnsData }, period };
  }
  const at = `${path}.MetricStat`;
  const stat = fields(given.MetricStat, at);
  onlyMembers(stat, at, ['Metric', 'Stat', 'Period', 'Unit']);
  parseUnit(stat.Unit, `${at}.Unit`);
  const metric = fields(stat.Metric, `${at}.Metric`);
  onlyMembers(metric, `${at}.Metric`, ['Namespace', 'MetricName', 'Dimensions']);
  const key = parseMetricKey(metric, `${at}.Metric`);
  const period = stat.Period === undefined ? undefined : parsePeriod(stat.Period, `${at}.Period`);
  return { query: { id, stat: { key, statistic: oneOf(stat.Stat, `${at}.Stat`, STATISTICS) }, returnsData }, period };
}

/**
 * `Metrics` of an alarm or of a customized metric.
 * @throws ValidationException unless exactly one entry returns data, and for ids that stand twice.
 */
export function parseMetricQueries(input: unknown, path: string): MetricSource {
  const entries = list(input, path).map((entry, k) => parseQuery(entry, `${path}[${k}]`));
  if (entries.length === 0 || entries.length > MOST_QUERIES)
    refuse('METRIC_COUNT', `${path} must hold 1 to ${MOST_QUERIES} entries.`, { path, value: entries.length }, invalid);
  const queries = entries.map(({ query }) => query);
  queries.forEach(({ id }, k) => {
    if (queries.findIndex((one) => one.id === id) < k)
      refuse('DUPLICATE', `${path}[${k}].Id ${id} stands twice.`, { path: `${path}[${k}].Id`, value: id }, invalid);
  });
  const returning = queries.filter(({ returnsData }) => returnsData).length;
  if (returning !== 1)
    refuse(
      'RETURN_DATA',
      `${path}: exactly one entry must return data, but ${returning} do.`,
      { path, value: returning },
      invalid,
    );
  const periods = [...new Set(entries.flatMap(({ period }) => period ?? []))];
  if (periods.length > 1)
    refuse('PERIODS', `${path}: all entries must have one period.`, { path, value: periods }, invalid);
  const [periodSeconds = 60] = periods;
  return { kind: 'math', queries, periodSeconds };
}

/** Namespace, MetricName, Dimensions and Statistic of a customized metric or an alarm. */
export function parseMetricStat(given: Fields, path: string): MetricStat {
  parseUnit(given.Unit, `${path}.Unit`);
  return {
    key: parseMetricKey(given, path),
    statistic: oneOf(given.Statistic, `${path}.Statistic`, STATISTICS),
  };
}
