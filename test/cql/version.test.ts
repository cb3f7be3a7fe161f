/** Agent versions: order as the documentation implies, and as the reference engine's own reading has it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion, type Version } from '../../src/cql/version.ts';
import { compareVersions as referenceOrder } from '../../src/reference/cql/version.ts';

function order(a: string, b: string): number {
  const [first, second] = [parseVersion(a), parseVersion(b)] as [Version, Version];
  return Math.sign(compareVersions(first, second));
}

const component = fc.tuple(
  fc.oneof(fc.nat(20).map(String), fc.constantFrom('007', '00', '18446744073709551616', '9'.repeat(40))),
  fc.constantFrom('', '', '-dev', '-rc1', 'a', ' '),
);
const version = fc
  .array(
    component.map((parts) => parts.join('')),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join('.'));

describe('versions', () => {
  it('ascend', () => {
    const ascending = [
      '0',
      '1.9',
      '1.9.1',
      '1.14.4',
      '1.14.5-dev',
      '1.14.5-rc1',
      '1.14.5',
      '1.14.6',
      '1.99.9',
      '1.100.0',
      '2-dev',
      '2',
      `1${'0'.repeat(30)}`,
    ];
    for (let a = 0; a < ascending.length; a++)
      for (let b = 0; b < ascending.length; b++)
        expect(order(ascending[a] as string, ascending[b] as string)).toBe(Math.sign(a - b));
  });

  it.each([
    ['1', '1.0.0'],
    ['1.14.05', '1.14.5'],
    ['0', '00.0'],
  ])('%s equals %s', (a, b) => {
    expect(order(a, b)).toBe(0);
  });

  it.each(['', '.', '1.', '.1', '1..2', 'v1', 'latest', '-1', ' 1', '1.x', '１'])('%j is none', (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });

  it('have one order', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(order(a, b)).toBe(-order(b, a) + 0);
        if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0);
        expect(order(a, b)).toBe(Math.sign(referenceOrder(a, b)));
      }),
      { numRuns: 1000, seed: 50 },
    );
  });

  it('of any text are read by both engines or by none', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'01.-a \n'), maxLength: 8 }), (text) => {
        expect(parseVersion(text) === undefined).toBe(Number.isNaN(referenceOrder(text, '1')));
      }),
      { numRuns: 500, seed: 51 },
    );
  });
});
