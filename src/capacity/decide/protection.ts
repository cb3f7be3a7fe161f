/**
 * Managed termination protection: instances with tasks other than daemons are protected from scale-in, empty ones are not
 * (ECS developer guide, cluster auto scaling). Called by decide.
 */
import type { GroupInstance } from '../../cluster/capacity-state.ts';
import type { Observation } from '../observe.ts';

export function protection({ provider, alive }: Observation): {
  protect: readonly GroupInstance[];
  unprotect: readonly GroupInstance[];
} {
  if (provider?.settings.managedTerminationProtection !== true) return { protect: [], unprotect: [] };
  // New ones start protected, and stay so until ECS knows them.
  const known = alive.filter(({ containerInstance }) => containerInstance !== undefined);
  return {
    protect: known.filter(({ isBusy, isProtected }) => isBusy && !isProtected),
    unprotect: known.filter(({ isBusy, isProtected }) => !isBusy && isProtected),
  };
}
