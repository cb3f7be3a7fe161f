/** `bayplan simulate --report`: one HTML file that needs nothing else. Called by the command line; the same result gives the same bytes. */
import type { SimulationResult } from '../simulate/result.ts';
import { condense } from './condense.ts';
import { documentOf } from './document.ts';

/**
 * The report on a simulation.
 * @returns a whole HTML document, UTF-8.
 */
export function renderReport(result: SimulationResult): string {
  const data = condense(result);
  return documentOf(`${data.title} - Bayplan simulation`, data);
}
