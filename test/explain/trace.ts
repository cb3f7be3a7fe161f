/** Traces as engines make them, with every gate passed but those named. */
import { type ClauseTrace, GATES, type Gate, type GateTrace, type InstanceTrace } from '../../src/explain.ts';

export const DISTINCT: Gate = 'DistinctInstance placement constraint unsatisfied.';
export const MEMBER: Gate = 'MemberOf placement constraint unsatisfied.';

export type Facts = Pick<GateTrace, 'need' | 'have'>;

/** @param failed need and have of the gates that are not passed. */
export function instanceTrace(
  id: string,
  failed: Partial<Record<Gate, Facts>> = {},
  more: Partial<Pick<InstanceTrace, 'clauses' | 'registered'>> = {},
): InstanceTrace {
  return {
    containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/c/${id}`,
    gates: GATES.map((gate) => ({ gate, passed: failed[gate] === undefined, ...failed[gate] })),
    clauses: [],
    ...more,
  };
}

export function clause(number: number, expression: string, passed: boolean, constraint = 0): ClauseTrace {
  return { constraint, clause: number, expression, passed };
}

export const cpu = (need: number, have: number) => ({ 'RESOURCE:CPU': { need, have } });
export const memory = (need: number, have: number) => ({ 'RESOURCE:MEMORY': { need, have } });
export const agent = { AGENT: { need: 'connected', have: 'disconnected' } };
export const draining = { STATUS: { need: 'ACTIVE', have: 'DRAINING' } };
