/** What a refused expression says, as the parts a caller may rely on. */
import { BayplanError } from '../../src/errors.ts';

export interface Refusal {
  readonly code: string;
  readonly column: number | undefined;
  readonly message: string;
  readonly expected: readonly string[];
}

/** Undefined when the call is not refused; any error but ours is thrown on. */
export function refusal(call: () => unknown): Refusal | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (!(error instanceof BayplanError) || error.name !== 'InvalidParameterException') throw error;
    return {
      code: error.code,
      column: error.facts.column,
      message: error.message,
      expected: error.facts.expected ?? [],
    };
  }
}
