/**
 * Trace -> explanation: sentences ECS users know. Engines make the trace; nothing is decided here but the closest
 * instance and the smallest changes that would make the task fit.
 */
import { findClosest } from './explain/closest.ts';
import type { Explanation } from './explain/explanation.ts';
import { findFixes } from './explain/fixes.ts';
import { GATES, type Gate, type GateTrace, type Trace } from './explain/trace.ts';
import type { PlacementRequest } from './model/placement-request.ts';

export type { Closest, Explanation, Fix } from './explain/explanation.ts';
export {
  type ClauseTrace,
  FIRST_REPORTED_GATE,
  GATES,
  type Gate,
  type GateTrace,
  type InstanceTrace,
  type Trace,
} from './explain/trace.ts';

/** The first gate an instance fails: the reason it is counted and reported under. */
function firstFailed(gates: readonly GateTrace[]): GateTrace | undefined {
  return gates.find(({ passed }) => !passed);
}

function countReasons(trace: Trace): Partial<Record<Gate, number>> {
  const counts = new Map<Gate, number>();
  for (const { gates } of trace) {
    const gate = firstFailed(gates)?.gate;
    if (gate !== undefined) counts.set(gate, (counts.get(gate) ?? 0) + 1);
  }
  const inOrder = GATES.filter((gate) => counts.has(gate));
  return Object.fromEntries(inOrder.map((gate) => [gate, counts.get(gate)]));
}

/**
 * Explains where a task could go and, when it can go nowhere, what is closest and what would help.
 * @param request only its group is read: the event sentence of `service:NAME` names the service.
 */
export function explain(trace: Trace, request: Pick<PlacementRequest, 'group'>): Explanation {
  const candidates = trace.filter(({ gates }) => firstFailed(gates) === undefined).length;
  const placeable = candidates > 0;
  const closest = placeable ? undefined : findClosest(trace, request.group);
  return {
    placeable,
    candidates,
    reasons: countReasons(trace),
    ...(closest === undefined ? {} : { closest }),
    instances: trace.map(({ containerInstanceArn, gates, clauses }) => ({
      containerInstanceArn,
      gates: [...gates],
      ...(clauses.length === 0 ? {} : { clauses: [...clauses] }),
    })),
    fixes: placeable ? [] : findFixes(trace),
  };
}
