/**
 * Decimal: real numbers as people write them. Binary fractions are off by a little: 3 x 0.1 / 0.1 is 3.0000000000000004.
 * Two numbers that differ by less than a millionth of a millionth of their size count as equal (ours: AWS is silent).
 */
const SLACK = 1e-12;

export function roundedUp(x: number): number {
  const below = Math.floor(x);
  return x - below <= Math.abs(x) * SLACK ? below : below + 1;
}

/** Whether a < b, both made of numbers of size `scale`. */
export function isBelow(a: number, b: number, scale: number): boolean {
  const isClose = Math.abs(b - a) <= scale * SLACK;
  return a < b && !isClose;
}
