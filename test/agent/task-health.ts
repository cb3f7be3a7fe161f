/** Vectors: the health of a task by that of its containers (ECS API, HealthCheck). */
import type { HealthStatus } from '../../src/agent/health.ts';

export interface TaskHealthCase {
  readonly containers: readonly { readonly essential: boolean; readonly health: HealthStatus }[];
  readonly expected: HealthStatus;
}

export const TASK_HEALTH: readonly TaskHealthCase[] = [
  { containers: [{ essential: true, health: 'HEALTHY' }], expected: 'HEALTHY' },
  {
    containers: [
      { essential: true, health: 'HEALTHY' },
      { essential: false, health: 'UNHEALTHY' },
    ],
    expected: 'HEALTHY',
  },
  {
    containers: [
      { essential: true, health: 'HEALTHY' },
      { essential: false, health: 'UNKNOWN' },
    ],
    expected: 'HEALTHY',
  },
];
