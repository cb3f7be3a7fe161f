/** Tasks that a service may launch in a minute (ECS developer guide). */
import type { Command } from '../../cluster/commands.ts';
import type { InstanceState } from '../../cluster/state.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

const MINUTE_MS = 60_000;
const MOST_A_MINUTE = 500;

/** How many may start now, and the command that wakes the service when more may. */
function launchAllowance({ service, nowMs }: Observation): { readonly count: number; readonly wake: Command } {
  const minute = Math.floor(nowMs / MINUTE_MS);
  const launched = service.launches.minute === minute ? service.launches.count : 0;
  return {
    count: Math.max(0, MOST_A_MINUTE - launched),
    wake: { type: 'Later', atMs: (minute + 1) * MINUTE_MS, command: { type: 'WakeService', service } },
  };
}

/** Daemons on as many of the instances as may start now; the service is woken for the rest. */
export function startDaemonsWithinRate(seen: Observation, instances: readonly InstanceState[]): readonly Decision[] {
  const allowed = launchAllowance(seen);
  if (instances.length <= allowed.count) return [{ kind: 'startDaemons', instances }];
  const wake: Decision = { kind: 'command', command: allowed.wake };
  if (allowed.count === 0) return [wake];
  return [{ kind: 'startDaemons', instances: instances.slice(0, allowed.count) }, wake];
}

/** Starts as many as may start now; the service is woken for the rest. */
export function startWithinRate(seen: Observation, count: number): readonly Decision[] {
  const allowed = launchAllowance(seen);
  if (count <= allowed.count) return [{ kind: 'start', count }];
  const wake: Decision = { kind: 'command', command: allowed.wake };
  return allowed.count === 0 ? [wake] : [{ kind: 'start', count: allowed.count }, wake];
}
