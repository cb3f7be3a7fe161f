/**
 * What container instances were given as, without the members that differ from one to the next: instances that are alike
 * share one such object, and the amounts read of their registered resources. Called by container-instance.
 */
import { isCopy } from './plain.ts';
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

/** Whether the member stands by a place of its own: always the same for its name and type. */
function place(key: string, value: unknown): unknown {
  if (key === 'version') return typeof value === 'number' ? 0 : undefined;
  return Object.hasOwn(PLACES, key) ? PLACES[key] : undefined;
}

/** Puts places where the values differ from instance to instance. */
export function withPlaces(given: Record<string, unknown>): void {
  for (const key of Object.keys(given)) {
    const held = place(key, given[key]);
    if (held !== undefined) given[key] = held;
  }
}

/** Instances with equal registered resources; `resources` is absent where they named none. */
interface Alike {
  readonly resources: unknown;
  readonly registered: ResourceAmounts;
  /** Latest found first. */
  readonly given: Fields[];
}

/** Beyond these the pool starts anew: what was given out stays right, it is only shared no more. */
const MOST_RESOURCES = 4096;
const MOST_GIVEN = 8;

function hashOf(resources: unknown): number {
  if (!Array.isArray(resources)) return 0;
  let hash = resources.length;
  for (const resource of resources as (Resource | null | undefined)[]) {
    hash = Math.imul(hash, 31) + (Number(resource?.integerValue) | 0);
  }
  return hash;
}

function isSame(given: Fields, kept: Fields): boolean {
  const keys = Object.keys(kept);
  let found = 0;
  for (const key of Object.keys(given)) {
    const value = given[key];
    if (value === undefined || value === null || key === 'attributes' || key === 'remainingResources') continue;
    if (keys[found++] !== key) return false;
    if (key === 'registeredResources' || kept[key] === (place(key, value) ?? value)) continue;
    if (place(key, value) !== undefined || !isCopy(kept[key], value)) return false;
  }
  return found === keys.length;
}

export class GivenPool {
  readonly #byHash = new Map<number, Alike[]>();
  #count = 0;

  /** What is known of instances with these registered resources. */
  find({ registeredResources }: Fields): Alike | undefined {
    const resources = registeredResources ?? undefined;
    return this.#byHash.get(hashOf(resources))?.find((alike) => isCopy(alike.resources, resources));
  }

  /** The shared object of an instance like this one. */
  like({ given: known }: Alike, given: Fields): Fields | undefined {
    for (let k = 0; k < known.length; k++) {
      const kept = known[k] as Fields;
      if (!isSame(given, kept)) continue;
      if (k > 0) known.unshift(...known.splice(k, 1));
      return kept;
    }
    return undefined;
  }

  /** Takes in a copy with places, for the instances to come. */
  add(alike: Alike | undefined, given: Fields, registered: ResourceAmounts): void {
    if (alike !== undefined) {
      if (alike.given.unshift(given) > MOST_GIVEN) alike.given.pop();
      return;
    }
    if (this.#count++ === MOST_RESOURCES) {
      this.#byHash.clear();
      this.#count = 1;
    }
    const resources = given.registeredResources;
    const hash = hashOf(resources);
    const bucket = this.#byHash.get(hash);
    const made = { resources, registered, given: [given] };
    if (bucket === undefined) this.#byHash.set(hash, [made]);
    else bucket.push(made);
  }
}
