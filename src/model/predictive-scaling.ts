/**
 * PredictiveScalingPolicyConfiguration of Application Auto Scaling. Forecasts are not made here: the scenario brings one, in
 * the shape of GetPredictiveScalingForecast's CapacityForecast. Read by scaling-policy; the cluster follows it.
 */
import { onlyMembers } from './known-members.ts';
import { fields, list, optionalOneOf, optionalWhole, real, refuse } from './read.ts';
import { parseTimestamp } from './time.ts';

export interface PredictivePolicy {
  readonly type: 'PredictiveScaling';
  readonly scales: boolean;
  /** So long before its time a forecast capacity is started. */
  readonly bufferMs: number;
  readonly raisesMaximum: boolean;
  /** Percent that the maximum goes beyond the forecast. */
  readonly maximumBuffer: number;
  /** Ascending; each holds until the next, the last for an hour. */
  readonly forecast: readonly (readonly [epochMs: number, capacity: number])[];
}

const HOUR_MS = 3_600_000;
const MODES = ['ForecastOnly', 'ForecastAndScale'] as const;
const BREACHES = ['HonorMaxCapacity', 'IncreaseMaxCapacity'] as const;
const MEMBERS = [
  ...['MetricSpecifications', 'Mode', 'SchedulingBufferTime', 'MaxCapacityBreachBehavior', 'MaxCapacityBuffer'],
  'CapacityForecast',
];
const BUFFER_SECONDS = { most: 3600, unless: 300 };
const MOST_CAPACITY = 1_000_000;

function parseForecast(input: unknown, path: string): PredictivePolicy['forecast'] {
  const given = fields(input, path);
  onlyMembers(given, path, ['Timestamps', 'Values']);
  const at = (k: number): string => `${path}.Timestamps[${k}]`;
  const times = list(given.Timestamps, `${path}.Timestamps`).map((one, k) => (parseTimestamp(one, at(k)) ?? 0) * 1000);
  const values = list(given.Values, `${path}.Values`).map((one, k) =>
    real(one, `${path}.Values[${k}]`, 0, MOST_CAPACITY),
  );
  if (times.length !== values.length || times.length === 0)
    refuse(
      'FORECAST',
      `${path} must have as many Values as Timestamps, one at least, but has ${values.length} and ${times.length}.`,
      { path, value: values.length },
      'ValidationException',
    );
  times.forEach((time, k) => {
    if (k > 0 && time <= (times[k - 1] as number))
      refuse(
        'FORECAST',
        `${at(k)} must be later than the one before.`,
        { path: at(k), value: time },
        'ValidationException',
      );
  });
  return times.map((time, k) => [time, Math.ceil(values[k] as number)] as const);
}

/** Which metric a forecast is made from does not matter here; that it is one does. */
function checkMetrics(input: unknown, path: string): void {
  const metrics = list(input, path);
  if (metrics.length !== 1)
    refuse('METRIC_COUNT', `${path} must hold one entry.`, { path, value: metrics.length }, 'ValidationException');
  const given = fields(metrics[0], `${path}[0]`);
  real(given.TargetValue, `${path}[0].TargetValue`, Number.MIN_VALUE, Number.MAX_VALUE);
}

/** @throws ValidationException MISSING for a policy that scales without a CapacityForecast. */
export function parsePredictive(input: unknown, path: string): PredictivePolicy {
  const given = fields(input, path);
  onlyMembers(given, path, MEMBERS);
  checkMetrics(given.MetricSpecifications, `${path}.MetricSpecifications`);
  const scales = optionalOneOf(given.Mode, `${path}.Mode`, MODES) === 'ForecastAndScale';
  const at = `${path}.CapacityForecast`;
  if (scales && given.CapacityForecast === undefined)
    refuse(
      'MISSING',
      `${at} is missing: forecasts are not made here; give one with Timestamps and Values.`,
      { path: at },
      'ValidationException',
    );
  const breach = optionalOneOf(given.MaxCapacityBreachBehavior, `${path}.MaxCapacityBreachBehavior`, BREACHES);
  const buffer = `${path}.SchedulingBufferTime`;
  return {
    type: 'PredictiveScaling',
    scales,
    bufferMs:
      (optionalWhole(given.SchedulingBufferTime, buffer, 0, BUFFER_SECONDS.most) ?? BUFFER_SECONDS.unless) * 1000,
    raisesMaximum: breach === 'IncreaseMaxCapacity',
    maximumBuffer: optionalWhole(given.MaxCapacityBuffer, `${path}.MaxCapacityBuffer`, 0, 100) ?? 0,
    forecast: given.CapacityForecast === undefined ? [] : parseForecast(given.CapacityForecast, at),
  };
}

/** The capacity that a policy wants at a time: the largest of those that hold or are being prepared; 0 without any. */
export function forecastAt({ forecast, bufferMs }: PredictivePolicy, epochMs: number): number {
  return forecast.reduce((most, [fromMs, capacity], k) => {
    const untilMs = forecast[k + 1]?.[0] ?? fromMs + HOUR_MS;
    return epochMs >= fromMs - bufferMs && epochMs < untilMs ? Math.max(most, capacity) : most;
  }, 0);
}

/** When the next one is prepared, after a time; undefined after the last. */
export function nextForecastMs({ forecast, bufferMs }: PredictivePolicy, epochMs: number): number | undefined {
  return forecast.map(([fromMs]) => fromMs - bufferMs).find((atMs) => atMs > epochMs);
}
