/** The name that someone meant. */
import { describe, expect, it } from 'vitest';
import { didYouMean, nearest, whatThereIs } from '../../src/base/nearest.ts';

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

describe('what there is', () => {
  it('is what was meant, else some of all', () => {
    expect(whatThereIs('wbe', ['web', 'api'])).toBe(' Did you mean web?');
    expect(whatThereIs('shop', ['web', 'api'])).toBe(' There are web, api.');
    expect(whatThereIs('shop', ['web'])).toBe(' There is web.');
    expect(whatThereIs('shop', [])).toBe(' There is none.');
    const many = Array.from({ length: 12 }, (_, k) => `service-${k}`);
    expect(whatThereIs('x', many)).toBe(` There are ${many.slice(0, 10).join(', ')} and 2 more.`);
  });
});
