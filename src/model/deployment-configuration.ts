/**
 * How a service replaces its tasks: percentages, circuit breaker, alarms, and the traffic shift of the strategies that
 * have one (ECS API, DeploymentConfiguration). Called for services; an update keeps the members it does not give.
 */
import { parseLifecycleHooks } from './lifecycle-hook.ts';
import {
  type Fields,
  fields,
  nonEmptyText,
  optionalFlag,
  optionalList,
  optionalOneOf,
  optionalWhole,
  refuse,
  show,
} from './read.ts';
import type { CircuitBreaker, DeploymentConfiguration, DeploymentStrategy, SchedulingStrategy } from './service.ts';

const STRATEGIES: readonly DeploymentStrategy[] = ['ROLLING', 'BLUE_GREEN', 'LINEAR', 'CANARY'];
const THRESHOLD_TYPES = ['BOUNDED_PERCENT', 'UNBOUNDED_PERCENT', 'COUNT'] as const;
const MOST_MINUTES = 1440;
/** AWS publishes no upper bound for maximumPercent; this one keeps counts exact. */
const MOST_PERCENT = 10_000;
const WHOLE_PERMILLE = 1000;

/** What shifts traffic in steps, and AWS's ranges and defaults for it; permille are tenths of a percent. */
const STEPPED = {
  LINEAR: {
    member: 'linearConfiguration',
    percent: 'stepPercent',
    bake: 'stepBakeTimeInMinutes',
    leastPermille: 30,
    permille: 100,
    bakeMinutes: 6,
  },
  CANARY: {
    member: 'canaryConfiguration',
    percent: 'canaryPercent',
    bake: 'canaryBakeTimeInMinutes',
    leastPermille: 1,
    permille: 50,
    bakeMinutes: 10,
  },
} as const;

const NO_BREAKER: CircuitBreaker = {
  enable: false,
  rollback: false,
  resetOnHealthyTask: true,
  threshold: { type: 'BOUNDED_PERCENT', value: 50 },
};

function parseThreshold(input: unknown, path: string): CircuitBreaker['threshold'] {
  if (input === undefined) return NO_BREAKER.threshold;
  const given = fields(input, path);
  return {
    type: optionalOneOf(given.type, `${path}.type`, THRESHOLD_TYPES) ?? 'BOUNDED_PERCENT',
    value: optionalWhole(given.value, `${path}.value`, 1) ?? NO_BREAKER.threshold.value,
  };
}

function parseBreaker(input: unknown, path: string): CircuitBreaker {
  const given = fields(input, path);
  return {
    enable: optionalFlag(given.enable, `${path}.enable`) ?? false,
    rollback: optionalFlag(given.rollback, `${path}.rollback`) ?? false,
    resetOnHealthyTask: optionalFlag(given.resetOnHealthyTask, `${path}.resetOnHealthyTask`) ?? true,
    threshold: parseThreshold(given.thresholdConfiguration, `${path}.thresholdConfiguration`),
  };
}

function parseAlarms(input: unknown, path: string): DeploymentConfiguration['alarms'] {
  const given = fields(input, path);
  return {
    alarmNames: optionalList(given.alarmNames, `${path}.alarmNames`).map((name, k) =>
      nonEmptyText(name, `${path}.alarmNames[${k}]`),
    ),
    enable: optionalFlag(given.enable, `${path}.enable`) ?? false,
    rollback: optionalFlag(given.rollback, `${path}.rollback`) ?? false,
  };
}

/** A percentage with at most one decimal, in tenths of a percent: read from its digits, so that 0.1 is exact. */
function parsePermille(value: unknown, path: string, least: number): number | undefined {
  if (value === undefined) return undefined;
  const digits = typeof value === 'number' ? /^(\d{1,3})(?:\.(\d))?$/.exec(String(value)) : null;
  const permille = digits === null ? Number.NaN : Number(digits[1]) * 10 + Number(digits[2] ?? 0);
  if (!(permille >= least && permille <= WHOLE_PERMILLE)) {
    refuse(
      'OUT_OF_RANGE',
      `${path} must be a multiple of 0.1 from ${(least / 10).toFixed(1)} to 100.0, but was ${show(value)}.`,
      { path, value },
    );
  }
  return permille;
}

type Steps = Pick<DeploymentConfiguration, 'stepPermille' | 'stepBakeTimeInMinutes'>;

/** Steps of LINEAR and CANARY; the other strategies move everything at once. */
function parseSteps(given: Fields, path: string, strategy: DeploymentStrategy, before: Steps | undefined): Steps {
  for (const [of, { member }] of Object.entries(STEPPED)) {
    if (of === strategy || given[member] === undefined) continue;
    const at = `${path}.${member}`;
    refuse('DEPLOYMENT_STRATEGY', `${at} is for strategy ${of}, but the strategy is ${strategy}.`, {
      path: at,
      value: strategy,
      expected: [of],
    });
  }
  if (strategy !== 'LINEAR' && strategy !== 'CANARY') return { stepPermille: WHOLE_PERMILLE, stepBakeTimeInMinutes: 0 };
  const { member, percent, bake, leastPermille, permille, bakeMinutes } = STEPPED[strategy];
  if (given[member] === undefined && before !== undefined)
    return { stepPermille: before.stepPermille, stepBakeTimeInMinutes: before.stepBakeTimeInMinutes };
  const at = `${path}.${member}`;
  const steps = given[member] === undefined ? {} : fields(given[member], at);
  return {
    stepPermille: parsePermille(steps[percent], `${at}.${percent}`, leastPermille) ?? permille,
    stepBakeTimeInMinutes: optionalWhole(steps[bake], `${at}.${bake}`, 0, MOST_MINUTES) ?? bakeMinutes,
  };
}

function checkDaemon({ strategy, maximumPercent }: DeploymentConfiguration, path: string): void {
  if (maximumPercent !== 100) {
    const at = `${path}.maximumPercent`;
    refuse(
      'DAEMON_MAXIMUM_PERCENT',
      `${at} must be 100 with the DAEMON scheduling strategy, but was ${maximumPercent}.`,
      { path: at, value: maximumPercent, limit: 100 },
    );
  }
  if (strategy !== 'ROLLING') {
    const at = `${path}.strategy`;
    refuse('DAEMON_STRATEGY', `${at} must be ROLLING with the DAEMON scheduling strategy, but was ${strategy}.`, {
      path: at,
      value: strategy,
      expected: ['ROLLING'],
    });
  }
}

function refuseRollingHooks(path: string): never {
  refuse('LIFECYCLE_HOOK', `${path} needs strategy BLUE_GREEN, LINEAR or CANARY, but the strategy is ROLLING.`, {
    path,
    value: 'ROLLING',
    expected: ['BLUE_GREEN', 'LINEAR', 'CANARY'],
  });
}

function refuseEarlySuccess(input: unknown, path: string): void {
  if (input === undefined || optionalFlag(fields(input, path).enable, `${path}.enable`) !== true) return;
  refuse('NOT_YET', `${path}: early success criteria are not simulated.`, { path, value: true });
}

/**
 * @param current of a service that is updated: members that are not given stay; given ones are replaced whole.
 * @throws InvalidParameterException naming the member; the ranges are the ECS API's.
 */
export function parseDeploymentConfiguration(
  input: unknown,
  scheduling: SchedulingStrategy,
  path: string,
  current?: DeploymentConfiguration,
): DeploymentConfiguration {
  const given = input === undefined ? {} : fields(input, path);
  const isDaemon = scheduling === 'DAEMON';
  const { deploymentCircuitBreaker: breaker, alarms, lifecycleHooks: hooks } = given;
  refuseEarlySuccess(given.earlySuccessCriteria, `${path}.earlySuccessCriteria`);
  const strategy = optionalOneOf(given.strategy, `${path}.strategy`, STRATEGIES) ?? current?.strategy ?? 'ROLLING';
  const before = current?.strategy === strategy ? current : undefined;
  const percent = (member: 'minimumHealthyPercent' | 'maximumPercent', least: number, most: number): number =>
    optionalWhole(given[member], `${path}.${member}`, least, most) ??
    current?.[member] ??
    (member === 'maximumPercent' ? (isDaemon ? 100 : 200) : isDaemon ? 0 : 100);
  const configuration: DeploymentConfiguration = {
    strategy,
    minimumHealthyPercent: percent('minimumHealthyPercent', 0, 100),
    maximumPercent: percent('maximumPercent', 100, MOST_PERCENT),
    circuitBreaker:
      breaker === undefined
        ? (current?.circuitBreaker ?? NO_BREAKER)
        : parseBreaker(breaker, `${path}.deploymentCircuitBreaker`),
    alarms:
      alarms === undefined
        ? (current?.alarms ?? { alarmNames: [], enable: false, rollback: false })
        : parseAlarms(alarms, `${path}.alarms`),
    bakeTimeInMinutes:
      optionalWhole(given.bakeTimeInMinutes, `${path}.bakeTimeInMinutes`, 0, MOST_MINUTES) ??
      current?.bakeTimeInMinutes ??
      0,
    ...parseSteps(given, path, strategy, before),
    lifecycleHooks:
      hooks === undefined ? (current?.lifecycleHooks ?? []) : parseLifecycleHooks(hooks, `${path}.lifecycleHooks`),
  };
  if (isDaemon) checkDaemon(configuration, path);
  if (strategy === 'ROLLING' && configuration.lifecycleHooks.length > 0) refuseRollingHooks(`${path}.lifecycleHooks`);
  return configuration;
}
