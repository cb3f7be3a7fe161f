/** Money as people read it. Called by the tables of simulations. */
import { MICRO_CENTS_PER_USD } from '../../model/pricing.ts';

/** `$1,234.50`; below a dollar with four decimals, as runs of minutes cost little. */
export function usd(microCents: number): string {
  const dollars = microCents / MICRO_CENTS_PER_USD;
  const decimals = dollars !== 0 && Math.abs(dollars) < 1 ? 4 : 2;
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}`;
}
