/**
 * What container instances were given as, without the members that differ from one to the next: instances that are alike
 * share one such object, and the amounts read of their registered resources. Called by container-instance.
 */
import { matches, type Pattern, patternOf } from './plain.ts';
import type { Fields } from './read.ts';
import type { Resource, ResourceAmounts } from './resource.ts';

/** Stand in a shared object as these: the record has the values, the engine the live ones. */
const PLACES: Fields = {
  containerInstanceArn: '',
  ec2InstanceId: '',
  registeredAt: 0,
  status: '',
  agentConnected: false,
  runningTasksCount: 0,
  pendingTasksCount: 0,
};

/** Puts places where the values differ from instance to instance. */
export function withPlaces(given: Record<string, unknown>): void {
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(PLACES, key)) given[key] = PLACES[key];
  }
  if (typeof given.version === 'number') given.version = 0;
}

/** Anything but an absent value. */
const ANYTHING = Symbol('anything');
const A_NUMBER = Symbol('a number');

/** A shared object, and what an instance must be given as to share it. */
interface Kept {
  readonly given: Fields;
  readonly keys: readonly string[];
  readonly patterns: readonly (Pattern | symbol)[];
}

/** Instances with equal registered resources. */
interface Alike {
  /** Whether they named any. */
  readonly hasResources: boolean;
  readonly resources: Pattern;
  readonly registered: ResourceAmounts;
  /** Latest found first. */
  readonly kept: Kept[];
}

/** Beyond these the pool starts anew: what was given out stays right, it is only shared no more. */
const MOST_RESOURCES = 4096;
const MOST_KEPT = 8;

function hashOf(resources: unknown): number {
  if (!Array.isArray(resources)) return 0;
  let hash = resources.length;
  for (let k = 0; k < resources.length; k++) {
    const amount = (resources[k] as Resource | null | undefined)?.integerValue;
    if (typeof amount === 'number') hash = (Math.imul(hash, 31) + amount) | 0;
  }
  return hash;
}

function keep(given: Fields): Kept {
  const pattern = (key: string): Pattern | symbol => {
    if (key === 'registeredResources' || Object.hasOwn(PLACES, key)) return ANYTHING;
    return key === 'version' && typeof given.version === 'number' ? A_NUMBER : patternOf(given[key]);
  };
  const keys = Object.keys(given);
  return { given, keys, patterns: keys.map(pattern) };
}

function fits(value: unknown, pattern: Pattern | symbol): boolean {
  if (typeof pattern === 'symbol') return pattern === ANYTHING || typeof value === 'number';
  return matches(value, pattern);
}

/** Whether an instance given so, with registered resources that are known to be the same, can share the object. */
function shares(given: Fields, { keys, patterns }: Kept): boolean {
  let found = 0;
  for (const key in given) {
    const value = given[key];
    if (value === undefined || value === null || key === 'attributes' || key === 'remainingResources') continue;
    if (keys[found] !== key || !fits(value, patterns[found])) return false;
    found++;
  }
  return found === keys.length;
}

export class GivenPool {
  readonly #byHash = new Map<number, Alike[]>();
  #count = 0;

  /** What is known of instances with these registered resources. */
  find(given: Fields): Alike | undefined {
    const resources = given.registeredResources ?? undefined;
    const alike = this.#byHash.get(hashOf(resources));
    if (alike === undefined) return undefined;
    for (const one of alike) if (matches(resources, one.resources)) return one;
    return undefined;
  }

  /** The shared object of an instance like this one. */
  like({ kept }: Alike, given: Fields): Fields | undefined {
    for (let k = 0; k < kept.length; k++) {
      const one = kept[k] as Kept;
      if (!shares(given, one)) continue;
      if (k > 0) kept.unshift(...kept.splice(k, 1));
      return one.given;
    }
    return undefined;
  }

  /** Takes in a copy with places, for the instances to come. */
  add(alike: Alike | undefined, given: Fields, registered: ResourceAmounts): void {
    const { kept } = alike ?? this.#addResources(given, registered);
    if (kept.unshift(keep(given)) > MOST_KEPT) kept.pop();
  }

  #addResources({ registeredResources }: Fields, registered: ResourceAmounts): Alike {
    if (this.#count++ === MOST_RESOURCES) {
      this.#byHash.clear();
      this.#count = 1;
    }
    const hash = hashOf(registeredResources);
    const made = {
      hasResources: registeredResources !== undefined,
      resources: patternOf(registeredResources),
      registered,
      kept: [],
    };
    const bucket = this.#byHash.get(hash);
    if (bucket === undefined) this.#byHash.set(hash, [made]);
    else bucket.push(made);
    return made;
  }
}
