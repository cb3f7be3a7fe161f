/** Timestamps: the forms in which SDK, CLI and wire give them, to the second. */
import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../src/model/time.ts';
import { refusal } from './refusal.ts';

const NOON = Date.UTC(2018, 5, 18, 12, 0, 0) / 1000;

describe('a timestamp', () => {
  it.each([
    ['2018-06-18T12:00:00+00:00', NOON],
    ['2018-06-18T12:00:00Z', NOON],
    ['2018-06-18T12:00:00', NOON],
    ['2018-06-18T12:00:00.999Z', NOON],
    ['2018-06-18T07:00:00.403000-05:00', NOON],
    ['2018-06-18T17:30:00+0530', NOON],
    ['2018-06-18T12:00Z', NOON],
    ['2018-06-18', NOON - 43200],
    ['2016-02-29', Date.UTC(2016, 1, 29) / 1000],
    ['1970-01-01', 0],
    [1563421494.186, 1563421494],
    [0, 0],
    [new Date(NOON * 1000 + 999), NOON],
  ])('%j is a second', (given, seconds) => {
    expect(parseTimestamp(given, 'registeredAt')).toBe(seconds);
  });

  it.each([[undefined], [null]])('may be %j', (given) => {
    expect(parseTimestamp(given, 'registeredAt')).toBeUndefined();
  });

  it.each([
    ['yesterday'],
    [''],
    ['2018-13-01'],
    ['2018-02-29'],
    ['2018-06-18T25:00:00Z'],
    ['18 June 2018'],
    ['1969-12-31'],
    ['2018-06-18T12:00:00 Z'],
    [-1],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [NOON * 1000],
    [new Date(Number.NaN)],
    [true],
    [{}],
  ])('is not %j', (given) => {
    expect(refusal(() => parseTimestamp(given, 'registeredAt'))).toMatchObject({
      code: 'TIMESTAMP',
      path: 'registeredAt',
    });
  });
});
