/** Points in time as text, dates and numbers. */
import { describe, expect, it } from 'vitest';
import { BayplanError } from '../../src/errors.ts';
import { parseInstant } from '../../src/schedule/instant.ts';

describe('a point in time', () => {
  it.each([
    ['2026-01-05', Date.UTC(2026, 0, 5)],
    ['2026-01-05T08:30Z', Date.UTC(2026, 0, 5, 8, 30)],
    ['2026-01-05T08:30:15', Date.UTC(2026, 0, 5, 8, 30, 15)],
    ['2026-01-05 08:30:15.25+01:30', Date.UTC(2026, 0, 5, 7, 0, 15, 250)],
    ['2026-01-05T08:30:15.123456-0200', Date.UTC(2026, 0, 5, 10, 30, 15, 123)],
    [1_767_600_000_000, 1_767_600_000_000],
    [0, 0],
    [new Date('2150-01-01T00:00:00Z'), Date.UTC(2150, 0, 1)],
  ])('%s is read', (value, ms) => {
    expect(parseInstant(value, 'after')).toBe(ms);
  });

  it.each([
    '2026-02-30',
    '2026-13-01',
    '2026-01-01T24:00:00Z',
    '2026-01-01T10:00:00+01:70',
    'noon',
    '',
    1.5,
    Number.NaN,
    1e17,
    null,
    undefined,
    {},
    new Date('noon'),
  ])('%s is refused', (value) => {
    expect(() => parseInstant(value, 'after')).toThrow(BayplanError);
    expect(() => parseInstant(value, 'after')).toThrow(/^after must be ISO 8601 text/);
  });
});
