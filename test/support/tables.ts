/** Tables of wide instances in a core of their own, and requests without amounts. Used by the tests of counts and residents. */
import { createCore, type InspectedCore, send } from './core.ts';

const PLENTY = 2 ** 20;

export function table(instances: number): InspectedCore {
  const core = createCore();
  for (let k = 0; k < instances; k++) register(core);
  return core;
}

export function register(core: InspectedCore): number {
  send(core, [PLENTY, PLENTY, 0, 0, PLENTY, PLENTY, 0, 0, 0, 0, 0, 3]);
  return core.register(0);
}

/** A request without any amount, so that nothing but the count limits it. */
export function request(core: InspectedCore, group: number, strategy: number): number {
  send(core, [0, 0, 0, 0]);
  const demand = core.addDemand(0);
  send(core, [0, 0, 0]);
  const filter = core.addProgram(3, 0);
  send(core, [demand, group, 0, filter, -1, -1, -1, -1, -1, 1, strategy, 0]);
  return core.addRequest();
}

/** Bytes in use. */
export function live(core: InspectedCore): number {
  return (core.heapTop() >>> 0) - (core.freeBytes() >>> 0);
}
