/**
 * What a task record holds beyond amounts: concrete GPU ids, lowest first, and dynamic host ports, lowest free first.
 * Neither ever decides where a task goes.
 */
import { bindPorts, type HostPorts } from '../model/host-ports.ts';
import type { ContainerDefinition, TaskDefinition } from '../model/task-definition.ts';

export interface Allocation extends HostPorts {
  readonly gpuIds: [string, string[]][];
}

export const NOTHING: Allocation = { gpuIds: [], networkBindings: [], dynamicPorts: [] };

/** Whether records of this definition hold anything of the kind. */
export function allocates(definition: TaskDefinition): boolean {
  return (definition.containerDefinitions ?? []).some(
    ({ portMappings, resourceRequirements }) =>
      (portMappings ?? []).length > 0 || (resourceRequirements ?? []).some(({ type }) => type === 'GPU'),
  );
}

function takeGpus(container: ContainerDefinition, free: string[], total: number): string[] {
  const wanted = (container.resourceRequirements ?? []).filter(({ type }) => type === 'GPU');
  const count = wanted.some(({ value }) => value === 'ALL')
    ? total
    : wanted.reduce((sum, { value }) => sum + Number(value ?? 0), 0);
  return free.splice(0, count);
}

/**
 * Allocates for one record. `freeGpus` are the instance's, in order; `staticPorts` and `dynamicPorts` the port keys
 * taken on it.
 */
export function allocate(
  definition: TaskDefinition,
  freeGpus: readonly string[],
  totalGpus: number,
  staticPorts: ReadonlySet<number>,
  dynamicPorts: ReadonlySet<number>,
): Allocation {
  const free = [...freeGpus];
  const gpuIds: [string, string[]][] = [];
  for (const container of definition.containerDefinitions ?? []) {
    const gpus = takeGpus(container, free, totalGpus);
    if (gpus.length > 0) gpuIds.push([container.name ?? '', gpus]);
  }
  return { gpuIds, ...bindPorts(definition, (key) => staticPorts.has(key) || dynamicPorts.has(key)) };
}
