/** Which instances of a group are still warming up: launched, and not so long in service. Called by the scaling controllers. */
import { aliveOf, type GroupInstance, type GroupState } from '../cluster/capacity-state.ts';

export function warming(group: GroupState, warmupMs: number, nowMs: number): GroupInstance[] {
  return aliveOf(group).filter(({ inServiceAtMs }) => inServiceAtMs === undefined || nowMs < inServiceAtMs + warmupMs);
}
