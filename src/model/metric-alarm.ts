/** PutMetricAlarm's input with CloudWatch's defaults. Called by the cluster when an alarm is made. */
import {
  COMPARISON_OPERATORS,
  type ComparisonOperator,
  MISSING_DATA_TREATMENTS,
  type MissingDataTreatment,
} from './alarm.ts';
import { MOST_METRIC } from './column.ts';
import { onlyMembers } from './known-members.ts';
import { type MetricSource, parseMetricQueries, parseMetricStat, parsePeriod, textUpTo } from './metric.ts';
import {
  fields,
  oneOf,
  optionalFlag,
  optionalList,
  optionalOneOf,
  optionalText,
  optionalWhole,
  real,
  refuse,
  text,
  whole,
} from './read.ts';

export interface MetricAlarm {
  readonly alarmName: string;
  readonly alarmDescription?: string | undefined;
  readonly source: MetricSource;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: number;
  readonly treatMissingData: MissingDataTreatment;
  readonly actionsEnabled: boolean;
  /** ARNs. */
  readonly alarmActions: readonly string[];
  readonly okActions: readonly string[];
  readonly insufficientDataActions: readonly string[];
}

/** CloudWatch API, PutMetricAlarm: period times evaluation periods. */
const MOST_SECONDS = 604_800;
const MOST_ACTIONS = 5;
const MOST_NAME = 255;

const MEMBERS = [
  ...[
    'AlarmName',
    'AlarmDescription',
    'ActionsEnabled',
    'AlarmActions',
    'OKActions',
    'InsufficientDataActions',
    'Tags',
  ],
  ...['Namespace', 'MetricName', 'Dimensions', 'Statistic', 'Period', 'Unit', 'Metrics'],
  ...['EvaluationPeriods', 'DatapointsToAlarm', 'Threshold', 'ComparisonOperator', 'TreatMissingData'],
];
const UNMODELLED = [
  ...['ExtendedStatistic', 'EvaluateLowSampleCountPercentile', 'ThresholdMetricId'],
  ...['EvaluationWindow', 'EvaluationCriteria', 'EvaluationInterval'],
];

/** Of one metric; with Metrics they must not stand there (CloudWatch API, PutMetricAlarm). */
const METRIC_MEMBERS = ['Namespace', 'MetricName', 'Dimensions', 'Statistic', 'Period', 'Unit'];

function parseActions(input: unknown, path: string): string[] {
  const actions = optionalList(input, path).map((one, k) => text(one, `${path}[${k}]`));
  if (actions.length > MOST_ACTIONS)
    refuse(
      'ACTION_COUNT',
      `${path} must hold at most ${MOST_ACTIONS} ARNs.`,
      { path, value: actions.length },
      'ValidationException',
    );
  actions.forEach((value, k) => {
    if (/^arn:[^:]+:[^:]+:/.test(value)) return;
    const at = `${path}[${k}]`;
    refuse('ARN', `${at}: Invalid arn syntax: ${value}`, { path: at, value }, 'ValidationException');
  });
  return actions;
}

function parseSource(given: ReturnType<typeof fields>, path: string): MetricSource {
  if (given.Metrics !== undefined) {
    const both = METRIC_MEMBERS.find((name) => given[name] !== undefined);
    if (both !== undefined)
      refuse(
        'METRIC_TWICE',
        `${path}.${both} must not stand beside Metrics.`,
        { path: `${path}.${both}`, value: given[both] },
        'ValidationException',
      );
    return parseMetricQueries(given.Metrics, `${path}.Metrics`);
  }
  return {
    kind: 'metric',
    stat: parseMetricStat(given, path),
    periodSeconds: parsePeriod(given.Period, `${path}.Period`),
  };
}

/** @throws BayplanError naming the member: WRONG_TYPE, NOT_ALLOWED, OUT_OF_RANGE, PERIOD, ALARM_RANGE, and those of its metrics. */
export function parseMetricAlarm(input: unknown, path: string): MetricAlarm {
  const given = fields(input, path);
  onlyMembers(given, path, MEMBERS, UNMODELLED);
  const source = parseSource(given, path);
  const evaluationPeriods = whole(given.EvaluationPeriods, `${path}.EvaluationPeriods`, 1, 8640);
  if (evaluationPeriods * source.periodSeconds > MOST_SECONDS)
    refuse(
      'ALARM_RANGE',
      `${path}: periods of ${source.periodSeconds} s times ${evaluationPeriods} are more than a week.`,
      {
        path: `${path}.EvaluationPeriods`,
        value: evaluationPeriods,
        limit: Math.floor(MOST_SECONDS / source.periodSeconds),
      },
      'ValidationException',
    );
  return {
    alarmName: textUpTo(MOST_NAME, given.AlarmName, `${path}.AlarmName`),
    alarmDescription: optionalText(given.AlarmDescription, `${path}.AlarmDescription`),
    source,
    evaluationPeriods,
    datapointsToAlarm:
      optionalWhole(given.DatapointsToAlarm, `${path}.DatapointsToAlarm`, 1, evaluationPeriods) ?? evaluationPeriods,
    comparisonOperator: oneOf(given.ComparisonOperator, `${path}.ComparisonOperator`, COMPARISON_OPERATORS),
    threshold: real(given.Threshold, `${path}.Threshold`, -MOST_METRIC, MOST_METRIC),
    treatMissingData:
      optionalOneOf(given.TreatMissingData, `${path}.TreatMissingData`, MISSING_DATA_TREATMENTS) ?? 'missing',
    actionsEnabled: optionalFlag(given.ActionsEnabled, `${path}.ActionsEnabled`) ?? true,
    alarmActions: parseActions(given.AlarmActions, `${path}.AlarmActions`),
    okActions: parseActions(given.OKActions, `${path}.OKActions`),
    insufficientDataActions: parseActions(given.InsufficientDataActions, `${path}.InsufficientDataActions`),
  };
}
