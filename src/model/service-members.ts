/** Members of a service that exclude or complete each other, one by one. Called by the parsers of services. */
import { parseCapacityProviderStrategy } from './capacity-strategy.ts';
import { type Fields, fields, nonEmptyText, oneOf, optionalOneOf, optionalWhole, refuse, show } from './read.ts';
import type { SchedulingStrategy, ServiceSettings } from './service.ts';
import { isFargate } from './service-rules.ts';
import { type PlacementStrategy, parseStrategies } from './strategy.ts';

const SERVICE_NAME = /^[A-Za-z0-9_-]{1,255}$/;
/** Amazon ECS service quotas: tasks per service. */
const MOST_DESIRED = 5000;

export function parseName(given: Fields, path: string): string {
  const name = nonEmptyText(given.serviceName, `${path}serviceName`);
  if (SERVICE_NAME.test(name)) return name;
  return refuse(
    'SERVICE_NAME',
    `${path}serviceName must be 1 to 255 letters, digits, - and _, but was ${show(name)}.`,
    {
      path: `${path}serviceName`,
      value: name,
    },
  );
}

export function parseDesired(given: Fields, path: string, scheduling: SchedulingStrategy, current?: number): number {
  const at = `${path}desiredCount`;
  const value = optionalWhole(given.desiredCount, at, 0, MOST_DESIRED);
  if (scheduling === 'DAEMON') {
    if (value === undefined) return 0;
    refuse(
      'DAEMON_DESIRED_COUNT',
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again',
      { path: at, value },
    );
  }
  const count = value ?? current;
  if (count === undefined)
    refuse('DESIRED_COUNT', `${at} is needed with the REPLICA scheduling strategy.`, { path: at, value });
  return count;
}

/** Only ECS itself deploys here. */
export function checkController(given: Fields, path: string, scheduling: SchedulingStrategy): void {
  if (given.deploymentController === undefined) return;
  const at = `${path}deploymentController.type`;
  const { type } = fields(given.deploymentController, `${path}deploymentController`);
  const controller = oneOf(type, at, ['ECS', 'CODE_DEPLOY', 'EXTERNAL']);
  if (controller === 'ECS') return;
  if (scheduling === 'DAEMON') {
    refuse('DAEMON_CONTROLLER', `${at} ${controller} does not support the DAEMON scheduling strategy.`, {
      path: at,
      value: controller,
      expected: ['ECS'],
    });
  }
  refuse('NOT_YET', `${at} ${controller} is not simulated: only ECS deploys here.`, {
    path: at,
    value: controller,
    expected: ['ECS'],
  });
}

export type Launch = Pick<ServiceSettings, 'launchType' | 'capacityProviderStrategy'>;

/** An empty strategy in an update goes back to the launch type that the providers' tasks have (ECS API, UpdateService). */
export function parseLaunch(given: Fields, path: string, current?: Launch): Launch {
  const at = `${path}launchType`;
  const launchType = optionalOneOf(given.launchType, at, ['EC2', 'FARGATE', 'EXTERNAL']);
  const isGiven = given.capacityProviderStrategy !== undefined;
  const strategy = parseCapacityProviderStrategy(given.capacityProviderStrategy, `${path}capacityProviderStrategy`);
  if (launchType !== undefined && strategy.length > 0) {
    refuse(
      'LAUNCH_TYPE_AND_PROVIDER',
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
      { path: at, value: launchType },
    );
  }
  if (strategy.length > 0) return { capacityProviderStrategy: strategy };
  if (current !== undefined && !isGiven) return current;
  return {
    launchType: launchType ?? (current !== undefined && isFargate(current) ? 'FARGATE' : 'EC2'),
    capacityProviderStrategy: [],
  };
}

/** Strategies as the API shows them: `CPU` and `MEMORY`, `instanceId` for `host`. */
export function parsePlacement(input: unknown, path: string): PlacementStrategy[] {
  return parseStrategies(input, path).map((strategy) => {
    if (strategy.type === 'random') return { type: strategy.type };
    if (strategy.type === 'binpack') return { type: strategy.type, field: strategy.field.toUpperCase() };
    const field = strategy.field === 'attribute' ? `attribute:${strategy.attribute}` : strategy.field;
    return { type: strategy.type, field };
  });
}
