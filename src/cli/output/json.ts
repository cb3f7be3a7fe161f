/** JSON on standard output, as the AWS CLI prints it, written piece by piece: an answer may be longer than a string. */
import type { Io } from '../io.ts';

const INDENT = 2;
/** Characters gathered before they are written. */
const CHUNK = 1 << 16;

function indented(value: unknown, depth: number): string {
  const pad = ' '.repeat(INDENT * depth);
  return JSON.stringify(value, null, INDENT).replaceAll('\n', `\n${pad}`);
}

export class JsonStream {
  readonly #io: Io;
  #pending = '';
  #key: string | undefined;
  #isFirst = true;

  constructor(io: Io) {
    this.#io = io;
  }

  /** Adds items to the list under `key`; a list is finished when the next one begins. */
  async items(key: string, values: readonly unknown[]): Promise<void> {
    if (key !== this.#key) this.#open(key);
    for (const value of values) {
      this.#pending += `${this.#isFirst ? '' : ','}\n${' '.repeat(2 * INDENT)}${indented(value, 2)}`;
      this.#isFirst = false;
      if (this.#pending.length > CHUNK) await this.#flush();
    }
  }

  #open(key: string): void {
    this.#pending += this.#key === undefined ? '{\n' : `${this.#closing()},\n`;
    this.#pending += `${' '.repeat(INDENT)}${JSON.stringify(key)}: [`;
    this.#key = key;
    this.#isFirst = true;
  }

  #closing(): string {
    return this.#isFirst ? ']' : `\n${' '.repeat(INDENT)}]`;
  }

  async end(): Promise<void> {
    this.#pending += `${this.#closing()}\n}\n`;
    await this.#flush();
  }

  /** A whole answer: lists at its top are written item by item. */
  async whole(answer: object): Promise<void> {
    const entries = Object.entries(answer).filter(([, value]) => value !== undefined);
    for (const [k, [key, value]] of entries.entries()) {
      this.#pending += `${k === 0 ? '{' : ','}\n${' '.repeat(INDENT)}${JSON.stringify(key)}: `;
      if (Array.isArray(value)) await this.#list(value);
      else this.#pending += indented(value, 1);
    }
    this.#pending += '\n}\n';
    await this.#flush();
  }

  async #list(values: readonly unknown[]): Promise<void> {
    this.#pending += '[';
    this.#isFirst = true;
    for (const value of values) {
      this.#pending += `${this.#isFirst ? '' : ','}\n${' '.repeat(2 * INDENT)}${indented(value, 2)}`;
      this.#isFirst = false;
      if (this.#pending.length > CHUNK) await this.#flush();
    }
    this.#pending += this.#closing();
  }

  async #flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    await this.#io.out(text);
  }
}
