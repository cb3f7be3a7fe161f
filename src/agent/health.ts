/**
 * Container health checks and the health of a task, as ECS documents both. A container's life follows from its
 * behaviour alone, so the moments at which its health changes are computed, not polled for.
 */
import type { HealthCheck } from '../model/container-lifecycle.ts';

export type HealthStatus = 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN';

/** A health check and how the container answers it. Times in milliseconds; behaviour counts from the start. */
export interface CheckPlan {
  readonly intervalMs: number;
  readonly retries: number;
  readonly startPeriodMs: number;
  readonly healthyAfterMs: number;
  /** Undefined: never. */
  readonly unhealthyAfterMs: number | undefined;
}

export interface HealthChange {
  /** Since the container's start. */
  readonly afterMs: number;
  readonly status: HealthStatus;
}

/** Defaults of the ECS API, HealthCheck. */
const INTERVAL_SECONDS = 30;
const RETRIES = 3;

/** The check of a definition with the container's answers to it. */
export function planCheck(check: HealthCheck, healthyAfterMs: number, unhealthyAfterMs: number | undefined): CheckPlan {
  return {
    intervalMs: (check.interval ?? INTERVAL_SECONDS) * 1000,
    retries: check.retries ?? RETRIES,
    startPeriodMs: (check.startPeriod ?? 0) * 1000,
    healthyAfterMs,
    unhealthyAfterMs,
  };
}

/**
 * How health changes while a container runs, from UNKNOWN on. The first check comes one interval after the start and
 * answers at once; any success makes HEALTHY; `retries` failures in a row make UNHEALTHY, those before the end of the
 * start period not counted (ECS API, HealthCheck).
 */
export function healthChanges(check: CheckPlan): readonly HealthChange[] {
  const { intervalMs, retries, startPeriodMs, healthyAfterMs, unhealthyAfterMs } = check;
  const checkFrom = (ms: number): number => Math.max(1, Math.ceil(ms / intervalMs)) * intervalMs;
  const failedFrom = (ms: number): number => checkFrom(ms) + (retries - 1) * intervalMs;
  const succeeds = checkFrom(healthyAfterMs);
  const isEverHealthy = unhealthyAfterMs === undefined || succeeds < unhealthyAfterMs;
  const gaveUp = failedFrom(startPeriodMs);
  const changes: HealthChange[] = [];
  if (!isEverHealthy || gaveUp < succeeds) changes.push({ afterMs: gaveUp, status: 'UNHEALTHY' });
  if (!isEverHealthy) return changes;
  changes.push({ afterMs: succeeds, status: 'HEALTHY' });
  if (unhealthyAfterMs !== undefined) changes.push({ afterMs: failedFrom(unhealthyAfterMs), status: 'UNHEALTHY' });
  return changes;
}

/** Health of a task: of its essential containers UNHEALTHY counts before UNKNOWN before HEALTHY (ECS API, HealthCheck). */
export function taskHealth(
  containers: readonly { readonly isEssential: boolean; readonly health: HealthStatus }[],
): HealthStatus {
  let worst: HealthStatus = 'HEALTHY';
  for (const { isEssential, health } of containers) {
    if (!isEssential || health === 'HEALTHY') continue;
    if (health === 'UNHEALTHY') return 'UNHEALTHY';
    worst = 'UNKNOWN';
  }
  return worst;
}
