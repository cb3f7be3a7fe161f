/** How much an instance lacks at a gate, as an exact fraction of what is needed. Used to rank instances and fixes. */
import type { GateTrace } from './trace.ts';

/** 0 < lacking <= needed. Both are whole, so fractions are compared without rounding. */
export interface Shortfall {
  readonly lacking: number;
  readonly needed: number;
}

/** What cannot be measured lacks as a whole. */
const WHOLE: Shortfall = { lacking: 1, needed: 1 };

/** The shortfall of a failed gate: of the amount, or of the listed attributes, ports or expressions. */
export function shortfallOf({ need, have }: GateTrace): Shortfall {
  if (typeof need === 'number' && typeof have === 'number' && need > have)
    return { lacking: need - have, needed: need };
  if (Array.isArray(need) && Array.isArray(have) && have.length > 0) {
    return { lacking: Math.min(have.length, need.length), needed: need.length };
  }
  return WHOLE;
}

/** Negative when `a` lacks the smaller part. Cross-multiplied as big integers: amounts reach 2^30. */
export function compareShortfalls(a: Shortfall, b: Shortfall): number {
  const left = BigInt(a.lacking) * BigInt(b.needed);
  const right = BigInt(b.lacking) * BigInt(a.needed);
  return left < right ? -1 : left > right ? 1 : 0;
}
