/** What a refused call says, as data to compare: tests name the exception, the code and the path, never a stack. */
import { BayplanError } from '../../src/errors.ts';

export interface Refusal {
  readonly name: string;
  readonly code: string;
  readonly path: string | undefined;
  readonly message: string;
}

/** @throws whatever is not a BayplanError, so that a crash is never taken for a refusal. */
export function refusal(call: () => unknown): Refusal | undefined {
  try {
    call();
  } catch (error) {
    if (!(error instanceof BayplanError)) throw error;
    return { name: error.name, code: error.code, path: error.facts.path, message: error.message };
  }
  return undefined;
}
