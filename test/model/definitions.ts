/** A small good task definition, to be spoiled one member at a time, and a registry to keep it in. */
import { DEFAULT_CONTEXT } from '../../src/base/arn.ts';
import { TaskDefinitionRegistry } from '../../src/model/task-definition-registry.ts';

/** Untyped, as JSON from users is. */
export type Members = Readonly<Record<string, unknown>>;

export function containerWith(members: Members = {}): Members {
  return { name: 'app', image: 'busybox', memory: 64, ...members };
}

export function definitionWith(members: Members = {}, container: Members = {}): Members {
  return { family: 'web', containerDefinitions: [containerWith(container)], ...members };
}

export function fargateWith(members: Members = {}, container: Members = {}): Members {
  const fargate = { requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '256', memory: '512' };
  return definitionWith({ ...fargate, ...members }, container);
}

export function registryWith(...definitions: readonly Members[]): TaskDefinitionRegistry {
  const registry = new TaskDefinitionRegistry(DEFAULT_CONTEXT);
  for (const definition of definitions) registry.register(definition);
  return registry;
}
