/**
 * Whether a capacity provider is there. Called by services and calls, for their strategies, and by provider-calls.
 */
import { isFargateProvider } from '../../model/capacity-strategy.ts';
import { refuse } from '../../model/read.ts';
import type { ClusterState } from '../state.ts';

export function isThere({ capacity }: ClusterState, name: string): boolean {
  return capacity.providers.has(name) || capacity.managed.providers.has(name);
}

export function notFound(state: ClusterState, name: string, path: string): never {
  const { providers, managed } = state.capacity;
  refuse('CAPACITY_PROVIDER_NOT_FOUND', `${path}: The specified capacity provider ${name} was not found.`, {
    path,
    value: name,
    expected: [...providers.keys(), ...managed.providers.keys()],
  });
}

/** Where providers have been made, strategies name those and Fargate's. @throws CAPACITY_PROVIDER_NOT_FOUND */
export function checkProviders(
  state: ClusterState,
  strategy: readonly { readonly capacityProvider: string }[],
  path: string,
): void {
  if (!state.capacity.hasProviders) return;
  strategy.forEach(({ capacityProvider: name }, k) => {
    if (isFargateProvider(name) || isThere(state, name)) return;
    notFound(state, name, `${path}[${k}].capacityProvider`);
  });
}
