/**
 * The smallest changes that make a task fit somewhere. A fix is listed only when it alone is enough on the instance it
 * is for; when no instance is one change away, the smallest set of changes is listed as one fix.
 */
import { type Change, changesFor, gatesToLift } from './changes.ts';
import type { Fix } from './explanation.ts';
import { compareShortfalls, type Shortfall, shortfallOf } from './shortfall.ts';
import type { Gate, InstanceTrace, Trace } from './trace.ts';

/** A list to act on, not to study: the best few of each kind. */
const MOST_PER_GATE = 3;
const MOST = 8;

interface Option {
  readonly instance: InstanceTrace;
  readonly change: Change;
  readonly shortfall: Shortfall;
}

/** Registration order decides ties, since sorting is stable. */
function compareOptions(a: Option, b: Option): number {
  return a.change.steps - b.change.steps || compareShortfalls(a.shortfall, b.shortfall);
}

/** Remedies of an instance that fails one gate only. */
function singleOptions(instance: InstanceTrace): Option[] {
  const failed = gatesToLift(instance);
  const [only] = failed;
  if (only === undefined || failed.length > 1) return [];
  return changesFor(only, instance).map((change) => ({ instance, change, shortfall: shortfallOf(only) }));
}

/** One change for each failed gate, joined; undefined when one of the gates has no remedy. */
function combinedOption(instance: InstanceTrace): Option | undefined {
  const failed = gatesToLift(instance);
  const [first] = failed;
  if (first === undefined) return undefined;
  const changes = failed.map((trace) => changesFor(trace, instance)[0]);
  if (!changes.every((change) => change !== undefined)) return undefined;
  const change: Change = {
    gate: first.gate,
    text: [...new Set(changes.map(({ text }) => text))].join(' and '),
    steps: changes.reduce((sum, { steps }) => sum + steps, 0),
    ofRequest: changes.every(({ ofRequest }) => ofRequest),
  };
  return { instance, change, shortfall: shortfallOf(first) };
}

function toFix({ instance, change: { gate, text, amount, ofRequest } }: Option): Fix {
  return {
    ...(ofRequest ? {} : { containerInstanceArn: instance.containerInstanceArn }),
    change: text,
    gate,
    ...(amount === undefined ? {} : { amount }),
  };
}

/** The same change of the request may help many instances: it is listed once. */
function distinct(options: readonly Option[]): Option[] {
  const seen = new Set<string>();
  return options.filter(({ change }) => {
    const isNew = !seen.has(change.text);
    seen.add(change.text);
    return isNew;
  });
}

function bestOfEachGate(options: readonly Option[]): Option[] {
  const taken = new Map<Gate, number>();
  return options.filter(({ change: { gate } }) => {
    const count = taken.get(gate) ?? 0;
    taken.set(gate, count + 1);
    return count < MOST_PER_GATE;
  });
}

/** Smallest first: fewest changes, then the smallest part lacking, then the first registered. */
export function findFixes(trace: Trace): Fix[] {
  const singles = trace.flatMap(singleOptions).sort(compareOptions);
  if (singles.length > 0) return bestOfEachGate(distinct(singles)).slice(0, MOST).map(toFix);
  let best: Option | undefined;
  for (const instance of trace) {
    const option = combinedOption(instance);
    if (option !== undefined && (best === undefined || compareOptions(option, best) < 0)) best = option;
  }
  return best === undefined ? [] : [toFix(best)];
}
