/** Completion of a deployment, and steady state: the new tasks are there and healthy, the old ones gone. */
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

export function settling(seen: Observation): readonly Decision[] | undefined {
  const { service, primary } = seen;
  const isThere = seen.newTasks === seen.desiredCount && seen.newHealthy === seen.newTasks;
  if (!isThere || seen.oldTasks > 0 || seen.stopping > 0) return undefined;
  if (primary.rolloutState === 'IN_PROGRESS')
    return [{ kind: 'command', command: { type: 'CompleteDeployment', deployment: primary } }];
  if (!service.isSteady && primary.rolloutState === 'COMPLETED')
    return [{ kind: 'command', command: { type: 'SettleService', service } }];
  return undefined;
}
