/**
 * Attributes that many container instances share: one object per distinct name and value, one list per distinct list.
 * Nearly all instances of a cluster have the list of the one before, so that one is compared first. Called by attribute.
 */

/** As `NamedAttribute` in attribute. */
interface Attribute {
  readonly name: string;
  readonly value?: string;
}

/** What is known of a name; `stamp` and `at` say whether and where the list that is being read has it. */
interface Name {
  readonly values: Map<string | undefined, Pooled>;
  stamp: number;
  at: number;
}

interface Pooled {
  readonly attribute: Attribute;
  /** Tells pooled attributes apart, for hashes. */
  readonly number: number;
  readonly name: Name;
}

interface PooledList {
  readonly entries: readonly Pooled[];
  readonly attributes: readonly Attribute[];
}

const EMPTY: PooledList = { entries: [], attributes: [] };
/** Beyond these the pool starts anew: what was given out stays right, it is only shared no more. */
const MOST_ATTRIBUTES = 1 << 16;
const MOST_LISTS = 1 << 12;

/** Reads the entry at an index that differs from the list before. */
export type ReadEntry = (entry: unknown, index: number) => Attribute;

/** Whether reading the entry would give this attribute. */
function isLike(entry: unknown, { name, value }: Attribute): boolean {
  if (typeof entry !== 'object' || entry === null) return false;
  const given = entry as { name?: unknown; value?: unknown };
  return given.name === name && (given.value ?? undefined) === value && !Array.isArray(entry);
}

export class AttributePool {
  readonly #names = new Map<string, Name>();
  readonly #lists = new Map<number, PooledList[]>();
  #attributeCount = 0;
  #listCount = 0;
  #stamp = 0;
  #last = EMPTY;
  /** Of the list that is being read; the longest one so far keeps its room. */
  readonly #entries: Pooled[] = [];

  /** The attributes of a list: the last of two with the same name counts, in the first one's place. */
  read(list: readonly unknown[], readEntry: ReadEntry): readonly Attribute[] {
    const { attributes } = this.#last;
    let same = 0;
    while (same < list.length && same < attributes.length && isLike(list[same], attributes[same] as Attribute)) same++;
    if (same === list.length && same === attributes.length) return attributes;
    if (this.#attributeCount > MOST_ATTRIBUTES || this.#listCount > MOST_LISTS) this.#clear();
    this.#last = this.#pooled(this.#collect(list, readEntry));
    return this.#last.attributes;
  }

  #clear(): void {
    this.#names.clear();
    this.#lists.clear();
    this.#attributeCount = 0;
    this.#listCount = 0;
    this.#last = EMPTY; // its names are no longer those of the pool
  }

  /** Fills `#entries`; returns how many there are. */
  #collect(list: readonly unknown[], readEntry: ReadEntry): number {
    const stamp = ++this.#stamp;
    const before = this.#last.entries;
    let count = 0;
    for (let k = 0; k < list.length; k++) {
      const known = before[k];
      const entry =
        known !== undefined && isLike(list[k], known.attribute) ? known : this.#attribute(readEntry(list[k], k));
      const { name } = entry;
      if (name.stamp !== stamp) {
        name.stamp = stamp;
        name.at = count++;
      }
      this.#entries[name.at] = entry;
    }
    return count;
  }

  #attribute(attribute: Attribute): Pooled {
    let name = this.#names.get(attribute.name);
    if (name === undefined) {
      name = { values: new Map(), stamp: 0, at: 0 };
      this.#names.set(attribute.name, name);
    }
    let pooled = name.values.get(attribute.value);
    if (pooled === undefined) {
      pooled = { attribute, number: this.#attributeCount++, name };
      name.values.set(attribute.value, pooled);
    }
    return pooled;
  }

  #pooled(count: number): PooledList {
    let hash = count;
    for (let k = 0; k < count; k++) hash = Math.imul(hash ^ (this.#entries[k] as Pooled).number, 0x01000193);
    const alike = this.#lists.get(hash);
    const known = alike?.find(({ entries }) => this.#isRead(entries, count));
    if (known !== undefined) return known;
    const entries = this.#entries.slice(0, count);
    const made = { entries, attributes: entries.map(({ attribute }) => attribute) };
    if (alike === undefined) this.#lists.set(hash, [made]);
    else alike.push(made);
    this.#listCount++;
    return made;
  }

  #isRead(entries: readonly Pooled[], count: number): boolean {
    return entries.length === count && entries.every((entry, k) => entry === this.#entries[k]);
  }
}
