/** Constrain: the second stage. Keeps the instances that satisfy distinctInstance and every memberOf expression. */
import { evaluate } from '../cql/evaluate.ts';
import type { Instance, Request } from '../state.ts';
import { countOf } from '../table/counts.ts';
import { type GateTest, passesAll } from './gate.ts';

export function constrain(instances: readonly Instance[], request: Request): Instance[] {
  return instances.filter((instance) => passesAll(CONSTRAIN_GATES, instance, request));
}

export function wantsDistinct({ placement }: Request): boolean {
  return placement.constraints.some(({ type }) => type === 'distinctInstance');
}

function isDistinct(instance: Instance, request: Request): boolean {
  return !wantsDistinct(request) || countOf(instance, request.placement.group) === 0;
}

function isMember(instance: Instance, { memberOf, cql }: Request): boolean {
  return memberOf.every(({ parsed }) => evaluate(parsed, instance, cql));
}

/** In the order of GATES. */
export const CONSTRAIN_GATES: readonly GateTest[] = [
  { gate: 'DistinctInstance placement constraint unsatisfied.', passes: isDistinct },
  { gate: 'MemberOf placement constraint unsatisfied.', passes: isMember },
];
