/** Dollars from micro-cents. */
import { expect, it } from 'vitest';
import { usd } from '../../../src/cli/output/money-text.ts';

it.each([
  [0, '$0.00'],
  [9_600_000, '$0.0960'],
  [100_000_000, '$1.00'],
  [123_456_700_000, '$1,234.57'],
])('%i micro-cents are %s', (microCents, text) => {
  expect(usd(microCents)).toBe(text);
});
