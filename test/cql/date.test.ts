/** Dates of registeredAt: the four documented forms, and nothing that only looks like one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secondsOf } from '../../src/cql/date.ts';
import { secondsOfDate } from '../../src/reference/cql/date.ts';

describe('a date', () => {
  it.each([
    ['2018-06-18T22:28:28+00:00', '2018-06-18T22:28:28Z'],
    ['2018-06-18T22:28:28Z', '2018-06-18T22:28:28Z'],
    ['2018-06-18T22:28:28', '2018-06-18T22:28:28Z'],
    ['2018-06-18', '2018-06-18T00:00:00Z'],
    ['2018-06-18T22:28:28+05:30', '2018-06-18T16:58:28Z'],
    ['2018-06-18T22:28:28-08:00', '2018-06-19T06:28:28Z'],
    ['2000-02-29', '2000-02-29T00:00:00Z'],
    ['1969-12-31', '1969-12-31T00:00:00Z'],
    ['0001-01-01', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  ])('%s is %s', (text, instant) => {
    expect(secondsOf(text)).toBe(Date.parse(instant) / 1000);
  });

  it.each([
    '',
    '2018',
    '2018-6-18',
    '2018-06',
    '2018-00-10',
    '2018-13-01',
    '2018-01-00',
    '2018-02-29',
    '1900-02-29',
    '2018-04-31',
    '2018-06-18T',
    '2018-06-18T24:00:00',
    '2018-06-18T22:60:00',
    '2018-06-18T22:28:60',
    '2018-06-18T22:28',
    '2018-06-18T22:28:28z',
    '2018-06-18T22:28:28.5Z',
    '2018-06-18 22:28:28',
    '2018-06-18Z',
    '2018-06-18T22:28:28+0000',
    '2018-06-18T22:28:28+24:00',
    '2018-06-18T22:28:28+00:60',
    '2018-06-18T22:28:28+99:99',
    '2018-06-18\n',
    '1529360908',
  ])('%j is none', (text) => {
    expect(secondsOf(text)).toBeNaN();
  });

  it('means the same to both engines', () => {
    const two = (most: number): fc.Arbitrary<string> => fc.nat(most).map((n) => String(n).padStart(2, '0'));
    const time = fc.tuple(two(23), two(59), two(59)).map((parts) => `T${parts.join(':')}`);
    const zone = fc.oneof(
      fc.constantFrom('', 'Z'),
      fc
        .tuple(fc.constantFrom('+', '-'), two(14), two(59))
        .map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
    );
    const date = fc.tuple(fc.integer({ min: 1000, max: 9999 }), two(13), two(32)).map((parts) => parts.join('-'));
    const text = fc
      .tuple(
        date,
        fc.oneof(
          fc.constant(''),
          fc.tuple(time, zone).map((parts) => parts.join('')),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (one) => {
        const seconds = secondsOf(one);
        if (!Number.isNaN(seconds)) expect(seconds).toBe(secondsOfDate(one));
      }),
      { numRuns: 1000, seed: 52 },
    );
  });
});
