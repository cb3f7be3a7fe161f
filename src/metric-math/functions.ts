/** The functions of metric math that are known here, with the least and most of their arguments. Called by parse. */

export const FUNCTIONS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  IF: [2, 3],
  MAX: [1, 100],
  MIN: [1, 100],
  AVG: [1, 100],
  SUM: [1, 100],
  CEIL: [1, 1],
  FLOOR: [1, 1],
  ABS: [1, 1],
  FILL: [2, 2],
};
