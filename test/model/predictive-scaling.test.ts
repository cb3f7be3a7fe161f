/** PredictiveScalingPolicyConfiguration: what is read, what is refused, and what a forecast wants at a time. */
import { describe, expect, it } from 'vitest';
import { forecastAt, nextForecastMs, parsePredictive } from '../../src/model/predictive-scaling.ts';
import { refusal } from './refusal.ts';

const given = (members: object = {}): object => ({
  MetricSpecifications: [{ TargetValue: 50 }],
  Mode: 'ForecastAndScale',
  CapacityForecast: { Timestamps: [3600, 7200, 10_800], Values: [4, 1.2, 9] },
  ...members,
});

describe('a forecast', () => {
  const policy = parsePredictive(given({ SchedulingBufferTime: 60 }), 'p');
  const at = (second: number): number => forecastAt(policy, second * 1000);

  it('holds until the next one, the last for an hour, and begins some time before', () => {
    expect([3539, 3540, 7199, 7200, 10_739, 10_740, 14_399, 14_400].map(at)).toEqual([0, 4, 4, 2, 2, 9, 9, 0]);
  });

  it('never falls before its time', () => {
    expect([at(7140), at(7199)]).toEqual([4, 4]);
  });

  it('is looked at when the next one begins', () => {
    expect([0, 3_540_000, 10_740_000].map((ms) => nextForecastMs(policy, ms))).toEqual([
      3_540_000,
      7_140_000,
      undefined,
    ]);
  });
});

describe('what is wrong with it', () => {
  it.each<[string, object, string, string]>([
    ['no forecast to scale by', { CapacityForecast: undefined }, 'MISSING', 'p.CapacityForecast'],
    ['an unknown mode', { Mode: 'Scale' }, 'NOT_ALLOWED', 'p.Mode'],
    ['two metrics', { MetricSpecifications: [{}, {}] }, 'METRIC_COUNT', 'p.MetricSpecifications'],
    [
      'fewer values than times',
      { CapacityForecast: { Timestamps: [1, 2], Values: [1] } },
      'FORECAST',
      'p.CapacityForecast',
    ],
    [
      'times out of order',
      { CapacityForecast: { Timestamps: [2, 1], Values: [1, 1] } },
      'FORECAST',
      'p.CapacityForecast.Timestamps[1]',
    ],
    ['a buffer of more than an hour', { SchedulingBufferTime: 3601 }, 'OUT_OF_RANGE', 'p.SchedulingBufferTime'],
    ['a misspelt member', { MaxCapacityBufer: 1 }, 'UNKNOWN_MEMBER', 'p.MaxCapacityBufer'],
  ])('%s', (_, members, code, path) => {
    expect(refusal(() => parsePredictive(given(members), 'p'))).toMatchObject({ code, path });
  });

  it('is none when it only forecasts without one', () => {
    expect(parsePredictive(given({ Mode: 'ForecastOnly', CapacityForecast: undefined }), 'p')).toMatchObject({
      scales: false,
      forecast: [],
      bufferMs: 300_000,
    });
  });
});
