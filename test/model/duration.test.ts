/** ISO 8601 durations. */
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/model/duration.ts';
import { refusal } from './refusal.ts';

describe('a duration', () => {
  it.each([
    ['PT2H', 7_200_000],
    ['PT90S', 90_000],
    ['PT0.5S', 500],
    ['PT1H30M5S', 5_405_000],
    ['P1D', 86_400_000],
    ['P1DT12H', 129_600_000],
    ['P2W', 1_209_600_000],
    ['pt10m', 600_000],
    ['PT1.5H', 5_400_000],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text, 'duration')).toBe(ms);
  });

  it.each(['', 'P', 'PT', '2H', 'PT2', 'P1Y', 'P1M', 'PT-2H', 'PT0S', 'P1H', 'PT1M2H', 'P100000D', 'PT2H '])(
    'is not %j',
    (text) => {
      expect(refusal(() => parseDuration(text, 'duration'))).toMatchObject({ code: 'DURATION', path: 'duration' });
    },
  );

  it('is a text', () => {
    expect(refusal(() => parseDuration(7200, 'duration'))).toMatchObject({ code: 'WRONG_TYPE', path: 'duration' });
  });
});
