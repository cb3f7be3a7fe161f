// Cells of columns that lie in memory one after the other: f64 or i32 by index. Called by the rules that answer tables.

// @ts-ignore: decorator
@inline export function real(column: usize, k: i32): f64 {
  return load<f64>(column + (<usize>k << 3));
}

// @ts-ignore: decorator
@inline export function setReal(column: usize, k: i32, value: f64): void {
  store<f64>(column + (<usize>k << 3), value);
}

// @ts-ignore: decorator
@inline export function word(column: usize, k: i32): i32 {
  return load<i32>(column + (<usize>k << 2));
}

// @ts-ignore: decorator
@inline export function setWord(column: usize, k: i32, value: i32): void {
  store<i32>(column + (<usize>k << 2), value);
}

/** Bytes of `count` f64, so that the next column starts behind them. */
// @ts-ignore: decorator
@inline export function reals(count: i32): usize {
  return <usize>count << 3;
}

/** Bytes of `count` i32. */
// @ts-ignore: decorator
@inline export function words(count: i32): usize {
  return <usize>count << 2;
}
