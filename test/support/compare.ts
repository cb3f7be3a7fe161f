/**
 * Answers and tables as comparable values: what an engine answered or threw, and all that can be seen of its state.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Engine } from '../../src/contract.ts';
import { BayplanError } from '../../src/errors.ts';

/** An answer, or the error in its place. Anything but a BayplanError is a crash. */
export type Outcome =
  | { readonly answer: unknown }
  | { readonly thrown: { name: string; code: string; message: string; facts: unknown } }
  | { readonly crash: string };

export function outcomeOf(call: () => unknown): Outcome {
  try {
    return { answer: call() };
  } catch (error) {
    if (!(error instanceof BayplanError)) return { crash: error instanceof Error ? `${error.stack}` : String(error) };
    return { thrown: { name: error.name, code: error.code, message: error.message, facts: error.facts } };
  }
}

/** All that can be seen of an engine's table: instances, tasks, broken invariants, counts. */
export function tableOf(engine: Engine, instances: string[], tasks: string[]): unknown {
  const { instances: instanceCount, tasks: taskCount, seed } = engine.stats();
  return {
    containerInstances: engine.describeContainerInstances({ containerInstances: instances }),
    tasks: engine.describeTasks({ tasks }),
    broken: engine.check(),
    listed: engine.listContainerInstances(),
    stats: { instances: instanceCount, tasks: taskCount, seed },
  };
}

/** Equal as data. The text is compared first: it is faster, and mostly equal. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b) || isDeepStrictEqual(a, b);
}

/** The first place where two values differ, as `path: a | b`. */
export function firstDifference(a: unknown, b: unknown, path = ''): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  ) {
    return `${path || 'the whole'}: ${show(a)} | ${show(b)}`;
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const found = firstDifference(left[key], right[key], Array.isArray(a) ? `${path}[${key}]` : `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 400 ? `${text.slice(0, 400)}...` : text;
}
