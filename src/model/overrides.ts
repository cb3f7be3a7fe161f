/** RunTask and StartTask overrides: cpu, memory and containers that replace the definition's before placement. */
import { parseCpu, parseMemory } from './amounts.ts';
import { checkDemand } from './container-definition.ts';
import { plainCopy } from './plain.ts';
import { type Fields, fields, nonEmptyText, optionalList, optionalWhole, refuse } from './read.ts';
import { checkGpuRequirement } from './resource-requirement.ts';
import type { ContainerDefinition, ResourceRequirement, TaskDefinition } from './task-definition.ts';

/** ECS API, RunTask: a total of 8192 characters is allowed for overrides. */
const MAX_OVERRIDES_LENGTH = 8192;

function overrideContainer(container: ContainerDefinition, override: Fields, path: string): ContainerDefinition {
  const requirements = override.resourceRequirements as ResourceRequirement[] | undefined;
  return {
    ...container,
    cpu: optionalWhole(override.cpu, `${path}.cpu`) ?? container.cpu,
    memory: optionalWhole(override.memory, `${path}.memory`) ?? container.memory,
    memoryReservation:
      optionalWhole(override.memoryReservation, `${path}.memoryReservation`) ?? container.memoryReservation,
    ...(requirements === undefined ? {} : { resourceRequirements: requirements }),
  };
}

/**
 * The definition with the overrides' cpu, memory, roles and container amounts in place of its own.
 * @throws InvalidParameterException for a container that the definition lacks, wrong types or too long overrides.
 */
export function applyOverrides(definition: TaskDefinition, input: unknown, path = 'overrides'): TaskDefinition {
  if (input === undefined || input === null) return definition;
  const overrides = fields(plainCopy(input, path), path);
  const length = JSON.stringify(overrides).length;
  if (length > MAX_OVERRIDES_LENGTH) {
    refuse(
      'OVERRIDES_LENGTH',
      `${path} must be at most ${MAX_OVERRIDES_LENGTH} characters of JSON, but was ${length}.`,
      { path, value: length, limit: MAX_OVERRIDES_LENGTH },
    );
  }
  let containers = definition.containerDefinitions ?? [];
  optionalList(overrides.containerOverrides, `${path}.containerOverrides`).forEach((entry, k) => {
    const at = `${path}.containerOverrides[${k}]`;
    const override = fields(entry, at);
    const name = nonEmptyText(override.name, `${at}.name`);
    optionalList(override.resourceRequirements, `${at}.resourceRequirements`).forEach((requirement, n) => {
      checkGpuRequirement(requirement, `${at}.resourceRequirements[${n}]`);
    });
    if (!containers.some((container) => container.name === name)) {
      refuse(
        'OVERRIDE_CONTAINER',
        `${at}.name: Override for container named ${name} is not a container in the TaskDefinition.`,
        { path: `${at}.name`, value: name },
      );
    }
    containers = containers.map((container) =>
      container.name === name ? overrideContainer(container, override, at) : container,
    );
  });
  const cpu = parseCpu(overrides.cpu, `${path}.cpu`);
  const memoryMiB = parseMemory(overrides.memory, `${path}.memory`);
  const overridden = {
    ...definition,
    containerDefinitions: containers,
    ...(cpu === undefined ? {} : { cpu: String(cpu) }),
    ...(memoryMiB === undefined ? {} : { memory: String(memoryMiB) }),
  };
  checkDemand(overridden, path);
  return overridden;
}
