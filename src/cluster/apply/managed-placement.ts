/**
 * How tasks of ECS Managed Instances are placed: spread over zones and nothing else that a user could say (ECS developer guide,
 * task placement). Ours: packed within a zone, and kept to the architecture of their definition. Called by whoever prepares a
 * request.
 */
import type { PlacementInput } from '../../contract.ts';
import { MAX_CONSTRAINTS } from '../../model/constraint.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import type { ClusterState } from '../state.ts';

const STRATEGY: NonNullable<PlacementInput['placementStrategy']> = [
  { type: 'spread', field: 'attribute:ecs.availability-zone' },
  { type: 'binpack', field: 'memory' },
];

/** Whether a capacity provider is one of ECS Managed Instances. */
export function isManagedProvider({ capacity }: Pick<ClusterState, 'capacity'>, provider: string | undefined): boolean {
  return provider !== undefined && capacity.managed.providers.has(provider);
}

/** The request with its strategy and architecture; as it is for other providers. */
export function onManaged(
  state: Pick<ClusterState, 'capacity'>,
  input: PlacementInput,
  definition: TaskDefinition,
): PlacementInput {
  if (!isManagedProvider(state, input.capacityProvider)) return input;
  const architecture = definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64';
  const expression = `attribute:ecs.cpu-architecture == ${architecture}`;
  return {
    ...input,
    placementStrategy: STRATEGY,
    placementConstraints: withExpression(input.placementConstraints ?? [], expression, definition),
  };
}

/** One more constraint, or where there are as many as there may be, in one of them. */
function withExpression(
  given: NonNullable<PlacementInput['placementConstraints']>,
  expression: string,
  { placementConstraints = [] }: TaskDefinition,
): NonNullable<PlacementInput['placementConstraints']> {
  if (given.length + placementConstraints.length < MAX_CONSTRAINTS) return [...given, { type: 'memberOf', expression }];
  const at = given.findIndex((one) => one.expression !== undefined);
  return given.map((one, k) => (k === at ? { ...one, expression: `(${one.expression}) and ${expression}` } : one));
}
