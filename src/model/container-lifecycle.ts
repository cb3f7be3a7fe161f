/**
 * The members of a container that order and watch its life: dependsOn, healthCheck, restartPolicy, startTimeout and
 * stopTimeout. Task definitions are checked here at registration, so that whoever runs them meets neither cycles nor
 * unknown names.
 */

import { type Fields, fields, list, nonEmptyText, oneOf, optionalList, optionalWhole, refuse, whole } from './read.ts';
import type { ContainerDefinition, TaskDefinition } from './task-definition.ts';

export type ContainerCondition = 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY';

export interface ContainerDependency {
  containerName: string | undefined;
  condition: ContainerCondition | undefined;
}

/** Times in seconds (ECS API, HealthCheck). */
export interface HealthCheck {
  command: string[] | undefined;
  interval?: number | undefined;
  timeout?: number | undefined;
  retries?: number | undefined;
  startPeriod?: number | undefined;
}

/** The period in seconds (ECS API, ContainerRestartPolicy). */
export interface ContainerRestartPolicy {
  enabled: boolean | undefined;
  ignoredExitCodes?: number[] | undefined;
  restartAttemptPeriod?: number | undefined;
}

const CONDITIONS: readonly ContainerCondition[] = ['START', 'COMPLETE', 'SUCCESS', 'HEALTHY'];
const MOST_IGNORED_EXIT_CODES = 50;
const MOST_EXIT_CODE = 0xffffffff; // Windows has 32 bits of them

/** Seconds that Fargate takes for both timeouts. */
const FARGATE_TIMEOUT = { least: 2, most: 120 };

function checkHealthCheck(value: unknown, path: string): void {
  if (value === undefined) return;
  const check = fields(value, path);
  const command = list(check.command, `${path}.command`).map((word, k) =>
    typeof word === 'string' ? word : nonEmptyText(word, `${path}.command[${k}]`),
  );
  if (command[0] !== 'CMD' && command[0] !== 'CMD-SHELL') {
    refuse(
      'HEALTH_CHECK_COMMAND',
      `${path}.command must begin with CMD or CMD-SHELL, but began with ${JSON.stringify(command[0] ?? '')}.`,
      { path: `${path}.command`, value: command[0], expected: ['CMD', 'CMD-SHELL'] },
      'ClientException',
    );
  }
  optionalWhole(check.interval, `${path}.interval`, 5, 300);
  optionalWhole(check.timeout, `${path}.timeout`, 2, 60);
  optionalWhole(check.retries, `${path}.retries`, 1, 10);
  optionalWhole(check.startPeriod, `${path}.startPeriod`, 0, 300);
}

function checkRestartPolicy(value: unknown, path: string): void {
  if (value === undefined) return;
  const policy = fields(value, path);
  if (typeof policy.enabled !== 'boolean') {
    refuse('WRONG_TYPE', `${path}.enabled must be true or false, but was ${JSON.stringify(policy.enabled)}.`, {
      path: `${path}.enabled`,
      value: policy.enabled,
      expected: ['true or false'],
    });
  }
  const at = `${path}.ignoredExitCodes`;
  const ignored = optionalList(policy.ignoredExitCodes, at);
  ignored.forEach((code, k) => {
    whole(code, `${at}[${k}]`, 0, MOST_EXIT_CODE);
  });
  if (ignored.length > MOST_IGNORED_EXIT_CODES) {
    refuse(
      'IGNORED_EXIT_CODES',
      `${at} holds ${ignored.length} exit codes, more than ${MOST_IGNORED_EXIT_CODES}.`,
      { path: at, value: ignored.length, limit: MOST_IGNORED_EXIT_CODES },
      'ClientException',
    );
  }
  optionalWhole(policy.restartAttemptPeriod, `${path}.restartAttemptPeriod`, 60, 1800);
}

function checkDependsOn(value: unknown, path: string): void {
  optionalList(value, path).forEach((entry, k) => {
    const dependency = fields(entry, `${path}[${k}]`);
    nonEmptyText(dependency.containerName, `${path}[${k}].containerName`);
    oneOf(dependency.condition, `${path}[${k}].condition`, CONDITIONS);
  });
}

/** @throws ClientException or InvalidParameterException naming the member. */
export function checkLifecycle(container: Fields, path: string): void {
  checkHealthCheck(container.healthCheck, `${path}.healthCheck`);
  checkRestartPolicy(container.restartPolicy, `${path}.restartPolicy`);
  checkDependsOn(container.dependsOn, `${path}.dependsOn`);
  // For the agent 0 means that none is set.
  optionalWhole(container.startTimeout, `${path}.startTimeout`);
  optionalWhole(container.stopTimeout, `${path}.stopTimeout`);
}

/** @throws InvalidParameterException for a timeout outside Fargate's 2 to 120 seconds. */
export function checkFargateTimeouts(container: ContainerDefinition, path: string): void {
  optionalWhole(container.startTimeout, `${path}.startTimeout`, FARGATE_TIMEOUT.least, FARGATE_TIMEOUT.most);
  optionalWhole(container.stopTimeout, `${path}.stopTimeout`, FARGATE_TIMEOUT.least, FARGATE_TIMEOUT.most);
}

function checkDependency(
  { containerName, condition }: ContainerDependency,
  containers: readonly ContainerDefinition[],
  path: string,
): void {
  const on = containers.find(({ name }) => name === containerName);
  const facts = { path: `${path}.containerName`, value: containerName };
  if (on === undefined) {
    refuse(
      'UNKNOWN_DEPENDENCY',
      `Cannot depend on container + '${containerName}' because it does not exist`,
      { ...facts, expected: containers.map(({ name }) => name ?? '') },
      'ClientException',
    );
  }
  if ((condition === 'SUCCESS' || condition === 'COMPLETE') && on.essential !== false) {
    refuse(
      'ESSENTIAL_DEPENDENCY',
      'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container',
      facts,
      'ClientException',
    );
  }
  if (condition === 'HEALTHY' && on.healthCheck === undefined) {
    refuse(
      'DEPENDENCY_HEALTH',
      `${path}: container '${containerName}' has no health check, so it can never be HEALTHY.`,
      facts,
      'ClientException',
    );
  }
}

/** The first cycle that the walk from each container meets, as the names along it. */
function findCycle(containers: readonly ContainerDefinition[]): readonly string[] | undefined {
  const byName = new Map(containers.map((container) => [container.name ?? '', container]));
  const done = new Set<string>();
  const walk = (name: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    if (done.has(name)) return undefined;
    done.add(name);
    for (const { containerName } of byName.get(name)?.dependsOn ?? []) {
      const cycle = walk(containerName ?? '', [...trail, name]);
      if (cycle !== undefined) return cycle;
    }
    return undefined;
  };
  for (const name of byName.keys()) {
    const cycle = walk(name, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** @throws ClientException for names that are not there, conditions that can never hold, and cycles. */
export function checkDependencies(containers: readonly ContainerDefinition[], path: string): void {
  containers.forEach(({ dependsOn = [] }, k) => {
    dependsOn.forEach((dependency, n) => {
      checkDependency(dependency, containers, `${path}[${k}].dependsOn[${n}]`);
    });
  });
  const cycle = findCycle(containers);
  if (cycle === undefined) return;
  const at = `${path}[${containers.findIndex(({ name }) => name === cycle[0])}].dependsOn`;
  refuse(
    'DEPENDENCY_CYCLE',
    `${at}: container dependencies must not have a cycle, but there is ${cycle.join(' -> ')}.`,
    { path: at, value: cycle[0] },
    'ClientException',
  );
}

/**
 * Whether tasks of the definition can become HEALTHY: all their essential containers have a health check. One without
 * stays UNKNOWN, and so does its task.
 */
export function hasHealthCheck(definition: TaskDefinition): boolean {
  return (definition.containerDefinitions ?? []).every(
    ({ essential, healthCheck }) => essential === false || healthCheck !== undefined,
  );
}
