/** Virtual times and lengths of time. */
import { describe, expect, it } from 'vitest';
import { lengthText, timeText } from '../../../src/cli/output/time-text.ts';

describe('a time', () => {
  it.each([
    [0, '00:00:00'],
    [605_000, '00:10:05'],
    [605_040, '00:10:05.040'],
    [86_399_999, '23:59:59.999'],
    [86_400_000, '1d 00:00:00'],
    [93_600_000, '1d 02:00:00'],
  ])('of %d ms is %s', (ms, text) => {
    expect(timeText(ms)).toBe(text);
  });
});

describe('a length of time', () => {
  it.each([
    [0, '0 s'],
    [1500, '1.5 s'],
    [59_999, '59.999 s'],
    [60_000, '1 min'],
    [90_000, '1 min 30 s'],
    [3_600_000, '1 h'],
    [3_605_000, '1 h'],
    [5_400_000, '1 h 30 min'],
    [90_000_000, '1 d 1 h'],
  ])('of %d ms is %s', (ms, text) => {
    expect(lengthText(ms)).toBe(text);
  });
});
