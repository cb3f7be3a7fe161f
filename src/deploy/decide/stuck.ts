/** A deployment that can neither start nor stop a task says so, once: by its percentages, or by protected tasks. */
import type { ClusterView } from '../../cluster/state.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

/** ECS's words, without the service's name. */
export const PERCENTAGES =
  'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.';

export function stuck(_view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  const { primary, service, nowMs } = seen;
  if (primary.rolloutState === 'FAILED') return undefined;
  const isWaiting =
    seen.stopping > 0 ||
    primary.pending > 0 ||
    seen.newTasks > seen.newHealthy ||
    nowMs < service.startsHeldUntilMs ||
    service.placementFailure !== undefined;
  const hasWork = seen.oldTasks > 0 || seen.newTasks < seen.desiredCount;
  if (isWaiting || !hasWork || primary.blockedBy !== undefined) return undefined;
  return [
    {
      kind: 'command',
      command: { type: 'BlockDeployment', deployment: primary, by: 'PERCENTAGES', message: PERCENTAGES },
    },
  ];
}
