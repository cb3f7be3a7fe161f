// Decimal: real numbers as people write them. A binary fraction is off by a little, and a little must neither add a task nor
// miss a step: within a millionth of a millionth of its size a number counts as the one it is compared with.

const SLACK: f64 = 1e-12;

/** The next whole number, but 3.0000000000000004 is three. */
export function roundedUp(x: f64): f64 {
  const below = floor(x);
  return x - below <= abs(x) * SLACK ? below : below + 1;
}

/** Whether a < b; not where both came out of numbers of size `scale` and differ by their rounding. */
export function isBelow(a: f64, b: f64, scale: f64): bool {
  return a < b && b - a > scale * SLACK;
}
