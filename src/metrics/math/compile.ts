/** Placeholder. */
import type { MetricQuery } from '../../model/metric.ts';
import type { Evaluate } from './evaluate.ts';
export function compileMath(_queries: readonly MetricQuery[]): Evaluate {
  return () => Number.NaN;
}
