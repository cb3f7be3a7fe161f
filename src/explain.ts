/**
 * Trace -> explanation: sentences ECS users know. Engines make the trace; nothing is decided here but the closest
 * instance and the smallest changes that would make the task fit.
 */
import { closestOf, firstFailing } from './explain/closest.ts';
import type { Explanation } from './explain/explanation.ts';
import { fixesOf } from './explain/fixes.ts';
import { GATES, type Gate, type InstanceTrace, type Trace } from './explain/trace.ts';
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

/** First failing gate -> number of instances, in the order of the gates. */
function countReasons(trace: Trace): Partial<Record<Gate, number>> {
  const counts = new Map<Gate, number>();
  for (const instance of trace) {
    const gate = firstFailing(instance)?.gate;
    if (gate !== undefined) counts.set(gate, (counts.get(gate) ?? 0) + 1);
  }
  return Object.fromEntries(GATES.filter((gate) => counts.has(gate)).map((gate) => [gate, counts.get(gate)]));
}

function showInstance({ containerInstanceArn, gates, clauses }: InstanceTrace): Explanation['instances'][number] {
  return { containerInstanceArn, gates: [...gates], ...(clauses.length === 0 ? {} : { clauses: [...clauses] }) };
}

/** Why a task fits or not: per instance every gate, counts per reason, the closest instance and the smallest fixes. */
export function explain(trace: Trace, request: PlacementRequest): Explanation {
  const candidates = trace.filter((instance) => firstFailing(instance) === undefined).length;
  const closest = candidates > 0 ? undefined : closestOf(trace, request);
  return {
    placeable: candidates > 0,
    candidates,
    reasons: countReasons(trace),
    ...(closest === undefined ? {} : { closest }),
    instances: trace.map(showInstance),
    fixes: fixesOf(trace, request),
  };
}

/** The first gate an instance fails: the reason it is counted and reported under. */
export function firstFailed(gates: readonly GateTrace[]): GateTrace | undefined {
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
