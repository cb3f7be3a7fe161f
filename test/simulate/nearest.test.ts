/** The name that someone meant. */
import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from '../../src/simulate/nearest.ts';

const NAMES = ['desiredCount', 'serviceName', 'services', 'seed'];

describe('the nearest name', () => {
  it.each([
    ['desiredcount', 'desiredCount'],
    ['desierdCount', 'desiredCount'],
    ['desired', undefined],
    ['servces', 'services'],
    ['service', 'services'],
    ['sed', 'seed'],
    ['x', undefined],
    ['', undefined],
    ['replicas', undefined],
  ])('of %j is %j', (name, wanted) => {
    expect(nearest(name, NAMES)).toBe(wanted);
  });

  it('is the first of equally near ones', () => {
    expect(nearest('web', ['wea', 'wec'])).toBe('wea');
  });

  it('is told as a question, or not at all', () => {
    expect(didYouMean('servces', NAMES)).toBe(' Did you mean services?');
    expect(didYouMean('zzzzzzz', NAMES)).toBe('');
  });
});
