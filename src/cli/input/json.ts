/** JSON from files, standard input and option values; errors name the file, line and column. */
import { BayplanError } from '../../errors.ts';
import type { Io } from '../io.ts';
import { findSyntaxProblem, positionAt } from './json-syntax.ts';
import { displayName, heapBytes, readText } from './read-file.ts';

/** @param file what the text came from, as messages name it. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = findSyntaxProblem(text) ?? { offset: 0, problem: (error as Error).message };
    throw new BayplanError('BayplanException', 'JSON_SYNTAX', `broken JSON: ${found.problem}.`, {
      file,
      ...positionAt(text, found.offset),
    });
  }
}

/** Reads the inputs of one run: together they fit in memory, and standard input is read once. */
export class Inputs {
  readonly #io: Io;
  #left: number;
  #usedStdin = false;

  constructor(io: Io, most = heapBytes()) {
    this.#io = io;
    this.#left = most;
  }

  async json(file: string): Promise<unknown> {
    if (file === '-' && this.#usedStdin) {
      throw new BayplanError('BayplanException', 'STDIN_TWICE', 'standard input (-) can be read for one option only.');
    }
    this.#usedStdin ||= file === '-';
    const { text, bytes } = await readText(file, this.#io, this.#left);
    this.#left -= bytes;
    return parseJson(text, displayName(file));
  }
}

/** Runs what reads a file's content, so that its errors name the file too. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof BayplanError && error.facts.file === undefined ? error.inFile(displayName(file)) : error;
  }
}

/** The list under `key` of an AWS answer, or the list itself. */
export function listIn(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return (value as Record<string, unknown>)[key];
}
