/**
 * Whether an event matches a pattern. Called by the controller of rules. Fields below one array belong together: all that
 * are matched stand in the same element (event-ruler, array consistency).
 */
import type { Scalar } from './matchers.ts';
import { NumberText } from './number-text.ts';
import type { Condition, EventPattern } from './parse.ts';

/** Which element of an array the fields matched so far stand in, by the array itself. */
interface Choice {
  readonly array: readonly unknown[];
  readonly index: number;
  readonly before: Choice | undefined;
}

interface Leaf {
  readonly value: Scalar;
  readonly choice: Choice | undefined;
}

function chosenIndex(choice: Choice | undefined, array: readonly unknown[]): number | undefined {
  for (let one = choice; one !== undefined; one = one.before) if (one.array === array) return one.index;
  return undefined;
}

/** The leaves at a path that stand in the elements chosen so far. */
function* leavesAt(
  value: unknown,
  path: readonly string[],
  depth: number,
  choice: Choice | undefined,
): Generator<Leaf> {
  if (Array.isArray(value)) {
    const chosen = chosenIndex(choice, value);
    for (let index = 0; index < value.length; index++) {
      const element: unknown = value[index];
      if (typeof element !== 'object' || element === null) yield* leavesAt(element, path, depth, choice);
      else if (chosen === undefined) yield* leavesAt(element, path, depth, { array: value, index, before: choice });
      else if (chosen === index) yield* leavesAt(element, path, depth, choice);
    }
  } else if (typeof value === 'object' && value !== null && !(value instanceof NumberText)) {
    const name = path[depth];
    if (name !== undefined && Object.hasOwn(value, name))
      yield* leavesAt((value as Record<string, unknown>)[name], path, depth + 1, choice);
  } else if (depth === path.length && value !== undefined) {
    yield { value: value as Scalar, choice };
  }
}

function holdsFrom(conditions: readonly Condition[], at: number, event: unknown, choice: Choice | undefined): boolean {
  const condition = conditions[at];
  if (condition === undefined) return true;
  if ('alternatives' in condition) {
    const rest = conditions.slice(at + 1);
    return condition.alternatives.some((one) => holdsFrom([...one, ...rest], 0, event, choice));
  }
  const { path, matchers } = condition;
  for (const leaf of leavesAt(event, path, 0, choice)) {
    if (matchers.some(({ test }) => test(leaf.value)) && holdsFrom(conditions, at + 1, event, leaf.choice)) return true;
  }
  if (!matchers.some(({ isAbsent }) => isAbsent)) return false;
  const isThere = leavesAt(event, path, 0, undefined).next().done !== true;
  return !isThere && holdsFrom(conditions, at + 1, event, choice);
}

/** @param event plain JSON. */
export function matchesEvent(pattern: EventPattern, event: unknown): boolean {
  return holdsFrom(pattern, 0, event, undefined);
}
