/** Days that exist, and wall clocks, against the platform's own calendar. */
import { describe, expect, it } from 'vitest';
import { daysIn, wallClockMs } from '../../src/base/calendar.ts';

describe('the calendar', () => {
  it('has the months that the platform has, over the years', () => {
    for (let year = 1890; year <= 2410; year++)
      for (let month = 1; month <= 12; month++)
        expect(daysIn(year, month), `${year}-${month}`).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
  });

  it('knows no thirteenth month, and none before the first', () => {
    expect([daysIn(2026, 0), daysIn(2026, 13)]).toEqual([0, 0]);
  });

  it('reads what exists', () => {
    expect(wallClockMs(2026, 1, 5, 9, 30, 15)).toBe(Date.parse('2026-01-05T09:30:15Z'));
    expect(wallClockMs(2024, 2, 29, 23, 59, 59)).toBe(Date.parse('2024-02-29T23:59:59Z'));
    expect(wallClockMs(1, 1, 1, 0, 0, 0)).toBe(Date.parse('0001-01-01T00:00:00Z'));
    expect(wallClockMs(100, 1, 1, 0, 0, 0)).toBe(Date.parse('0100-01-01T00:00:00Z'));
  });

  it.each<[string, Parameters<typeof wallClockMs>]>([
    ['30 February', [2024, 2, 30, 0, 0, 0]],
    ['29 February of a common year', [2100, 2, 29, 0, 0, 0]],
    ['day 0', [2026, 1, 0, 0, 0, 0]],
    ['month 13', [2026, 13, 1, 0, 0, 0]],
    ['24:00', [2026, 1, 1, 24, 0, 0]],
    ['minute 60', [2026, 1, 1, 0, 60, 0]],
    ['a leap second', [2016, 12, 31, 23, 59, 60]],
  ])('has no %s', (_, wallClock) => {
    expect(wallClockMs(...wallClock)).toBeNaN();
  });
});
