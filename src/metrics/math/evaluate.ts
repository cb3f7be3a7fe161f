/** Metric math at one period: a function of the datapoints of its metrics, NaN where one is missing. Made by compile. */

export type Evaluate = (inputs: readonly number[]) => number;
