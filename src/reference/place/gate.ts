/** A gate: one test that an instance passes or fails for a request. Stages are lists of gates, in order. */
import type { Gate } from '../../explain.ts';
import type { Instance, Request } from '../state.ts';

export interface GateTest {
  readonly gate: Gate;
  readonly passes: (instance: Instance, request: Request) => boolean;
}

export function passesAll(gates: readonly GateTest[], instance: Instance, request: Request): boolean {
  return gates.every(({ passes }) => passes(instance, request));
}

/** The gate that is reported as the reason; undefined when all are passed. */
export function firstFailed(gates: readonly GateTest[], instance: Instance, request: Request): Gate | undefined {
  return gates.find(({ passes }) => !passes(instance, request))?.gate;
}
