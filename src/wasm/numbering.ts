/**
 * Numbers for what a snapshot holds once: by content, so that equal states give equal bytes however they share their
 * objects. Called by instance-columns and tasks.
 */
import { tagDates } from '../model/json-dates.ts';

/** Numbers values by their content; asks for it once per object. */
export class Numbering<T> {
  readonly list: T[] = [];
  readonly #byContent = new Map<string, number>();
  readonly #known = new Map<T, number>();
  readonly #content: (value: T) => string;
  /** Neighbours often have the same one. */
  #last: T | undefined;
  #lastNumber = 0;

  constructor(content: (value: T) => string) {
    this.#content = content;
  }

  of(value: T): number {
    if (value !== this.#last) {
      this.#lastNumber = this.#known.get(value) ?? this.#learn(value);
      this.#last = value;
    }
    return this.#lastNumber;
  }

  #learn(value: T): number {
    const content = this.#content(value);
    let number = this.#byContent.get(content);
    if (number === undefined) {
      number = this.list.push(value) - 1;
      this.#byContent.set(content, number);
    }
    this.#known.set(value, number);
    return number;
  }
}

export function asJson(value: unknown): string {
  return JSON.stringify(value, tagDates);
}

export function asText(value: string): string {
  return value;
}
