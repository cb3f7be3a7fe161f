/** How much traffic the new revision gets next, in tenths of a percent, and how long a step bakes (ECS developer guide). */
import type { DeploymentConfiguration } from '../../model/service.ts';

const ALL = 1000;
const MINUTE_MS = 60_000;

/** LINEAR: one step more, the last one clipped; CANARY: the canary, then all; BLUE_GREEN: all at once. */
export function nextPermille({ strategy, stepPermille }: DeploymentConfiguration, now: number): number {
  if (strategy === 'LINEAR') return Math.min(ALL, now + stepPermille);
  return strategy === 'CANARY' && now === 0 ? stepPermille : ALL;
}

export function stepBakeMs({ strategy, stepBakeTimeInMinutes }: DeploymentConfiguration): number {
  return strategy === 'BLUE_GREEN' ? 0 : stepBakeTimeInMinutes * MINUTE_MS;
}
