/** A deleted service: every task stops, then it is INACTIVE (ECS developer guide). */
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

export function closing(seen: Observation): readonly Decision[] {
  const count = seen.newTasks + seen.oldTasks;
  if (count > 0) return [{ kind: 'stop', from: 'all', count, healthy: count }];
  if (seen.stopping > 0) return [];
  return [{ kind: 'command', command: { type: 'RemoveService', service: seen.service } }];
}
