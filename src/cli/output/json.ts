/** JSON on standard output, as the AWS CLI prints it, written piece by piece: an answer may be longer than a string. */
import type { Io } from '../io.ts';

/** Characters gathered before they are written. */
const CHUNK = 1 << 16;

function indented(value: unknown, depth: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${'  '.repeat(depth)}`);
}

/** One object, member by member. A list may come in several parts; it is closed when the next member begins. */
export class JsonStream {
  readonly #io: Io;
  #pending = '{';
  #hasMembers = false;
  #openList: string | undefined;
  #hasItems = false;

  constructor(io: Io) {
    this.#io = io;
  }

  value(key: string, value: unknown): void {
    this.#member(key);
    this.#pending += indented(value, 1);
  }

  async items(key: string, values: readonly unknown[]): Promise<void> {
    if (this.#openList !== key) {
      this.#member(key);
      this.#pending += '[';
      this.#openList = key;
      this.#hasItems = false;
    }
    for (const value of values) {
      this.#pending += `${this.#hasItems ? ',' : ''}\n    ${indented(value, 2)}`;
      this.#hasItems = true;
      if (this.#pending.length > CHUNK) await this.#flush();
    }
  }

  async end(): Promise<void> {
    this.#closeList();
    this.#pending += '\n}\n';
    await this.#flush();
  }

  #member(key: string): void {
    this.#closeList();
    this.#pending += `${this.#hasMembers ? ',' : ''}\n  ${JSON.stringify(key)}: `;
    this.#hasMembers = true;
  }

  #closeList(): void {
    if (this.#openList === undefined) return;
    this.#pending += this.#hasItems ? '\n  ]' : ']';
    this.#openList = undefined;
  }

  async #flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    await this.#io.out(text);
  }
}

/** A whole answer. */
export async function writeJson(answer: object, io: Io): Promise<void> {
  const json = new JsonStream(io);
  for (const [key, value] of Object.entries(answer)) {
    if (Array.isArray(value)) await json.items(key, value);
    else if (value !== undefined) json.value(key, value);
  }
  await json.end();
}
