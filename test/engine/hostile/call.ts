/** A call that must be refused, as data: what is wrong, and what the error must say. Untyped, as JSON from users is. */
import type { Engine } from '../../../src/contract.ts';

interface Names {
  readonly instances: string[];
  readonly tasks: string[];
}

export interface HostileCall {
  readonly name: string;
  readonly call: (engine: Engine, names: Names) => unknown;
  readonly code?: string;
  /** The JSON path in the error's facts. */
  readonly path?: string;
  /** Parts of the message. */
  readonly says?: readonly string[];
}
