/** Hooks that hold a blue/green, linear or canary deployment at a stage (ECS API, DeploymentLifecycleHook). */
import { fields, list, nonEmptyText, oneOf, optionalList, optionalOneOf, optionalWhole, refuse } from './read.ts';
import type { LifecycleHook, LifecycleStage } from './service.ts';

const STAGES: readonly LifecycleStage[] = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
];
/** While traffic moves there is nothing to pause. */
const PAUSE_STAGES = STAGES.filter((stage) => stage !== 'TEST_TRAFFIC_SHIFT' && stage !== 'PRODUCTION_TRAFFIC_SHIFT');

const MOST_TIMEOUT_MINUTES = 20_160;
const DEFAULT_TIMEOUT_MINUTES = 1440;

/** AWS hands hookDetails to the Lambda function as they are; here they say what it answers. */
function parseOutcome(input: unknown, path: string): LifecycleHook['outcome'] {
  const given = input === undefined || input === null ? {} : fields(input, path);
  return {
    hookStatus: optionalOneOf(given.hookStatus, `${path}.hookStatus`, ['SUCCEEDED', 'FAILED']) ?? 'SUCCEEDED',
    afterSeconds: optionalWhole(given.afterSeconds, `${path}.afterSeconds`) ?? 0,
  };
}

function parseHook(input: unknown, path: string): LifecycleHook {
  const given = fields(input, path);
  const targetType = optionalOneOf(given.targetType, `${path}.targetType`, ['AWS_LAMBDA', 'PAUSE']) ?? 'AWS_LAMBDA';
  const at = `${path}.hookTargetArn`;
  if (targetType === 'PAUSE' && given.hookTargetArn !== undefined)
    refuse('LIFECYCLE_HOOK', `${at} is not for PAUSE hooks.`, { path: at, value: given.hookTargetArn });
  const stages = list(given.lifecycleStages, `${path}.lifecycleStages`).map((value, k) =>
    oneOf(value, `${path}.lifecycleStages[${k}]`, targetType === 'PAUSE' ? PAUSE_STAGES : STAGES),
  );
  if (stages.length === 0) {
    const where = `${path}.lifecycleStages`;
    refuse('EMPTY', `${where} must not be empty.`, { path: where, value: [] });
  }
  const timeout = given.timeoutConfiguration;
  const timeoutPath = `${path}.timeoutConfiguration`;
  const limits = timeout === undefined ? {} : fields(timeout, timeoutPath);
  return {
    ...(targetType === 'PAUSE' ? {} : { hookTargetArn: nonEmptyText(given.hookTargetArn, at) }),
    targetType,
    lifecycleStages: stages,
    timeoutMinutes:
      optionalWhole(limits.timeoutInMinutes, `${timeoutPath}.timeoutInMinutes`, 1, MOST_TIMEOUT_MINUTES) ??
      DEFAULT_TIMEOUT_MINUTES,
    timeoutAction: optionalOneOf(limits.action, `${timeoutPath}.action`, ['ROLLBACK', 'CONTINUE']) ?? 'ROLLBACK',
    outcome: parseOutcome(given.hookDetails, `${path}.hookDetails`),
  };
}

/** @throws InvalidParameterException naming the member. */
export function parseLifecycleHooks(input: unknown, path: string): LifecycleHook[] {
  return optionalList(input, path).map((entry, k) => parseHook(entry, `${path}[${k}]`));
}
