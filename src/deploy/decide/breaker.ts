/** What fails a deployment: the circuit breaker (ECS developer guide): so many failed tasks, and the deployment is FAILED. Rolling only. */
import type { ClusterView } from '../../cluster/state.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

const REASON = 'ECS deployment circuit breaker: task failed to start.';

export function breaker(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  const { primary, desiredCount } = seen;
  if (primary.rolloutState !== 'IN_PROGRESS' || primary.failedTasks === 0) return undefined;
  const { circuitBreaker, strategy } = primary.settings.deploymentConfiguration;
  if (!circuitBreaker.enable || strategy !== 'ROLLING') return undefined;
  const { type, value } = circuitBreaker.threshold;
  if (primary.failedTasks < view.engine.circuitBreakerThreshold({ desiredCount, type, value })) return undefined;
  const { rollback: rollBack } = circuitBreaker;
  return [{ kind: 'command', command: { type: 'FailDeployment', deployment: primary, reason: REASON, rollBack } }];
}
