/** When a container may start: dependsOn as the agent's dependency graph reads it. Timelines ask. */
import type { ContainerCondition } from '../model/container-lifecycle.ts';
import type { HealthStatus } from './health.ts';

export interface DependencyState {
  readonly phase: 'WAITING' | 'STARTING' | 'RUNNING' | 'STOPPED';
  /** Starts so far. */
  readonly runs: number;
  readonly exitCode: number | undefined;
  readonly health: HealthStatus;
}

/** Why a condition can never be met, as the agent ends its sentence. */
export type Impossible = 'because dependency will never start' | 'as dependency did not exit successfully.';

/**
 * Whether the condition holds, does not hold yet, or never will. A container that has started counts as started when it
 * has stopped again; one that has stopped can become HEALTHY no more.
 */
export function isMet(condition: ContainerCondition, on: DependencyState): boolean | Impossible {
  if (on.phase !== 'STOPPED') {
    if (condition === 'START') return on.runs > 0;
    return condition === 'HEALTHY' && on.health === 'HEALTHY';
  }
  if (on.runs === 0) return 'because dependency will never start';
  if (condition === 'HEALTHY') return 'as dependency did not exit successfully.';
  return condition !== 'SUCCESS' || on.exitCode === 0 || 'as dependency did not exit successfully.';
}
