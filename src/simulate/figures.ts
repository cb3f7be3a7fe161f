/**
 * The figures by which runs are compared, and any other figure of a summary by its path. Called by `--compare` and
 * `--require`, and by the report on a comparison.
 */
import { MICRO_CENTS_PER_USD } from '../model/pricing.ts';
import type { Summary } from './result.ts';

export interface Figures {
  /** USD micro-cents: 100,000,000 are a dollar. */
  readonly costMicroCents: number;
  readonly underTargetMs: number;
  readonly reactionMs: number;
  readonly taskChurn: number;
  readonly instanceChurn: number;
  readonly failures: number;
}

export function figuresOf(summary: Summary): Figures {
  const { cost, underTargetMs, reactionMs, taskChurn, instanceChurn, failures } = summary;
  return { costMicroCents: cost.microCents, underTargetMs, reactionMs, taskChurn, instanceChurn, failures };
}

/** Names that are no path into the summary: dollars, since nobody thinks in micro-cents. */
const OWN: Readonly<Record<string, (summary: Summary) => number>> = {
  cost: ({ cost }) => cost.microCents / MICRO_CENTS_PER_USD,
  costMicroCents: ({ cost }) => cost.microCents,
};

/** What may stand at the beginning of a path, for messages. */
export function figureNames(summary: Summary): string[] {
  return [...Object.keys(OWN), ...Object.keys(summary)];
}

function elementOf(list: readonly unknown[], name: string): unknown {
  if (/^\d+$/.test(name)) return list[Number(name)];
  return list.find((one) => (one as Record<string, unknown> | null)?.service === name);
}

function memberOf(container: unknown, name: string): unknown {
  if (Array.isArray(container)) return elementOf(container, name);
  if (typeof container !== 'object' || container === null || !Object.hasOwn(container, name)) return undefined;
  return (container as Record<string, unknown>)[name];
}

/**
 * @param path names as they stand after each other: `['services', 'web', 'failed']`; an element of a list by its index or
 * its service.
 * @returns true and false as 1 and 0; undefined for what is no figure.
 */
export function figureAt(summary: Summary, path: readonly string[]): number | undefined {
  const [first = ''] = path;
  if (path.length === 1 && Object.hasOwn(OWN, first)) return OWN[first]?.(summary);
  const found = path.reduce<unknown>(memberOf, summary);
  if (typeof found === 'boolean') return found ? 1 : 0;
  return typeof found === 'number' ? found : undefined;
}
