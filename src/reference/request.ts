/** A resolved placement request -> what the stages work with. Made once per runTask, startTask, explain or prepare. */
import type { CqlOptions } from '../contract.ts';
import { parse } from '../cql/parse.ts';
import type { PlacementRequest } from '../model/placement-request.ts';
import type { MemberOf, Request } from './state.ts';
import { demandOf } from './table/demand.ts';

/** @throws InvalidParameterException for an expression that cannot be read. */
export function makeRequest(placement: PlacementRequest, cql: CqlOptions): Request {
  const memberOf = placement.constraints.flatMap((constraint, k): MemberOf[] => {
    if (constraint.type !== 'memberOf') return [];
    const { expression } = constraint;
    return [{ constraint: k, expression, parsed: parse(expression, cql) }];
  });
  return { placement, demand: demandOf(placement.taskDefinition), memberOf, cql };
}
