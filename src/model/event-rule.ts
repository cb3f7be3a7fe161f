/** EventBridge's PutRule and PutTargets, read and checked. Patterns and schedules are left to their own parsers. */
import { onlyMembers } from './known-members.ts';
import { type Fields, fields, list, optionalList, optionalOneOf, optionalText, refuse, text, whole } from './read.ts';
import { parseDelivery, type TargetDelivery } from './target-delivery.ts';

export interface EventRule {
  readonly name: string;
  readonly busName: string;
  /** As given: JSON text or the object. */
  readonly eventPattern: unknown;
  readonly scheduleExpression: string | undefined;
  readonly isEnabled: boolean;
}

/** What a target gets instead of the whole event. */
export interface TargetInput {
  /** JSON text. */
  readonly constant?: string;
  readonly path?: string;
  readonly transformer?: { readonly paths: Readonly<Record<string, string>>; readonly template: string };
}

export type TargetKind = 'RunTask' | 'Topic' | 'Queue';

export interface EventTarget {
  readonly id: string;
  readonly arn: string;
  readonly kind: TargetKind;
  readonly input: TargetInput;
  /** RunTask: its input, but for the cluster. */
  readonly runTask: Fields;
  readonly delivery: TargetDelivery;
}

const invalid = 'ValidationException';
const NAME = /^[.\-_A-Za-z0-9]{1,64}$/;
const MOST_TARGETS = 5;
/** EcsParameters (EventBridge API), and what one RunTask takes. */
const MOST_TASKS = 10;
const MOST = { CapacityProviderStrategy: 6, PlacementConstraints: 10, PlacementStrategy: 5 } as const;
const STATES = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'] as const;

/** Targets stand in a scenario's rules. */
const RULE = [
  ...['Name', 'Description', 'EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'RoleArn', 'Tags'],
  'Targets',
];
const TARGET = [
  ...['Id', 'Arn', 'RoleArn', 'Input', 'InputPath', 'InputTransformer', 'EcsParameters', 'DeadLetterConfig'],
  'RetryPolicy',
];
const UNMODELLED = [
  ...['SqsParameters', 'KinesisParameters', 'RunCommandParameters'],
  ...['BatchParameters', 'HttpParameters', 'RedshiftDataParameters', 'SageMakerPipelineParameters'],
  'AppSyncParameters',
];
const ECS = [
  ...['TaskDefinitionArn', 'TaskCount', 'LaunchType', 'NetworkConfiguration', 'PlatformVersion', 'Group'],
  ...['CapacityProviderStrategy', 'PlacementConstraints', 'PlacementStrategy', 'EnableECSManagedTags'],
  ...['EnableExecuteCommand', 'PropagateTags', 'ReferenceId', 'Tags'],
];

export function ruleName(value: unknown, path: string): string {
  const name = text(value, path);
  if (NAME.test(name)) return name;
  return refuse(
    'RULE_NAME',
    `${path} must have 1 to 64 letters, digits, dots, hyphens or underscores, but was ${JSON.stringify(name)}.`,
    { path, value: name },
    invalid,
  );
}

/** @throws ValidationException for a rule that has neither pattern nor schedule, or a schedule on a bus of its own. */
export function parseEventRule(given: Fields, path: string): EventRule {
  onlyMembers(given, path, RULE);
  const name = ruleName(given.Name, `${path}.Name`);
  const busName = optionalText(given.EventBusName, `${path}.EventBusName`) ?? 'default';
  const scheduleExpression = optionalText(given.ScheduleExpression, `${path}.ScheduleExpression`);
  if (given.EventPattern === undefined && scheduleExpression === undefined)
    refuse(
      'RULE_KIND',
      `${path}: Parameter(s) EventPattern or ScheduleExpression must be specified.`,
      { path, expected: ['EventPattern', 'ScheduleExpression'] },
      invalid,
    );
  if (scheduleExpression !== undefined && busName !== 'default')
    refuse(
      'RULE_BUS',
      `${path}: ScheduleExpression is supported only on the default event bus.`,
      { path: `${path}.EventBusName`, value: busName },
      invalid,
    );
  const state = optionalOneOf(given.State, `${path}.State`, STATES) ?? 'ENABLED';
  return { name, busName, eventPattern: given.EventPattern, scheduleExpression, isEnabled: state !== 'DISABLED' };
}

function kindOf(arn: string, path: string): TargetKind {
  const service = /^arn:[^:]+:([^:]+):/.exec(arn)?.[1];
  if (service === 'ecs' && /:cluster\/[^/]+$/.test(arn)) return 'RunTask';
  if (service === 'sns') return 'Topic';
  if (service === 'sqs') return 'Queue';
  return refuse(
    'TARGET_KIND',
    `${path} ${arn} is not simulated: a target is an ECS cluster, an SNS topic or an SQS queue.`,
    { path, value: arn, expected: ['arn:aws:ecs:REGION:ACCOUNT:cluster/NAME', 'arn:aws:sns:...', 'arn:aws:sqs:...'] },
    invalid,
  );
}

function parseInput(given: Fields, path: string): TargetInput {
  const named = ['Input', 'InputPath', 'InputTransformer'].filter((member) => given[member] !== undefined);
  if (named.length > 1)
    refuse(
      'TARGET_INPUT',
      `${path}: Only one of Input, InputPath, or InputTransformer must be provided.`,
      { path, value: named },
      invalid,
    );
  if (given.Input !== undefined) return { constant: jsonText(given.Input, `${path}.Input`) };
  if (given.InputPath !== undefined) return { path: text(given.InputPath, `${path}.InputPath`) };
  if (given.InputTransformer === undefined) return {};
  const at = `${path}.InputTransformer`;
  const { InputPathsMap: map = {}, InputTemplate: template } = fields(given.InputTransformer, at);
  const paths = Object.entries(fields(map, `${at}.InputPathsMap`)).map(
    ([name, value]) => [name, text(value, `${at}.InputPathsMap.${name}`)] as const,
  );
  return { transformer: { paths: Object.fromEntries(paths), template: text(template, `${at}.InputTemplate`) } };
}

function jsonText(value: unknown, path: string): string {
  const given = text(value, path);
  try {
    JSON.parse(given);
    return given;
  } catch {
    return refuse('TARGET_INPUT', `${path} must be valid JSON text.`, { path, value: given }, invalid);
  }
}

function limited(given: Fields, member: keyof typeof MOST, path: string): readonly unknown[] | undefined {
  if (given[member] === undefined) return undefined;
  const entries = list(given[member], `${path}.${member}`);
  if (entries.length > MOST[member])
    refuse(
      'TARGET_COUNT',
      `${path}.${member} must have at most ${MOST[member]} entries.`,
      { path: `${path}.${member}`, value: entries.length, limit: MOST[member] },
      invalid,
    );
  return entries;
}

const MOST_SUBNETS = 16;

/** EventBridge writes the network's members with capitals. */
function networkOf(given: unknown, path: string): Fields {
  const network = fields(given, path);
  onlyMembers(network, path, ['awsvpcConfiguration']);
  const at = `${path}.awsvpcConfiguration`;
  const awsvpc = fields(network.awsvpcConfiguration, at);
  onlyMembers(awsvpc, at, ['Subnets', 'SecurityGroups', 'AssignPublicIp']);
  const subnets = list(awsvpc.Subnets, `${at}.Subnets`).map((one, k) => text(one, `${at}.Subnets[${k}]`));
  if (subnets.length === 0 || subnets.length > MOST_SUBNETS)
    refuse(
      'SUBNET_COUNT',
      `${at}.Subnets must hold 1 to ${MOST_SUBNETS} subnets, but held ${subnets.length}.`,
      { path: `${at}.Subnets`, value: subnets.length, limit: MOST_SUBNETS },
      invalid,
    );
  const groups = optionalList(awsvpc.SecurityGroups, `${at}.SecurityGroups`);
  return {
    awsvpcConfiguration: present({
      subnets,
      securityGroups: groups.length === 0 ? undefined : groups.map((one, k) => text(one, `${at}.SecurityGroups[${k}]`)),
      assignPublicIp: optionalOneOf(awsvpc.AssignPublicIp, `${at}.AssignPublicIp`, ['ENABLED', 'DISABLED']),
    }),
  };
}

function present(given: Record<string, unknown>): Fields {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** EcsParameters as RunTask's input. */
function runTaskOf(given: Fields, path: string): Fields {
  const at = `${path}.EcsParameters`;
  const ecs = fields(given.EcsParameters, at);
  onlyMembers(ecs, at, ECS);
  const strategy = limited(ecs, 'CapacityProviderStrategy', at);
  if (strategy !== undefined && ecs.LaunchType !== undefined)
    refuse(
      'TARGET_LAUNCH',
      `${at} must have either LaunchType or CapacityProviderStrategy.`,
      { path: `${at}.LaunchType`, value: ecs.LaunchType },
      invalid,
    );
  return present({
    taskDefinition: text(ecs.TaskDefinitionArn, `${at}.TaskDefinitionArn`),
    count: ecs.TaskCount === undefined ? 1 : whole(ecs.TaskCount, `${at}.TaskCount`, 1, MOST_TASKS),
    launchType: optionalOneOf(ecs.LaunchType, `${at}.LaunchType`, ['EC2', 'FARGATE', 'EXTERNAL']),
    networkConfiguration:
      ecs.NetworkConfiguration === undefined
        ? undefined
        : networkOf(ecs.NetworkConfiguration, `${at}.NetworkConfiguration`),
    platformVersion: optionalText(ecs.PlatformVersion, `${at}.PlatformVersion`),
    group: optionalText(ecs.Group, `${at}.Group`),
    capacityProviderStrategy: strategy,
    placementConstraints: limited(ecs, 'PlacementConstraints', at),
    placementStrategy: limited(ecs, 'PlacementStrategy', at),
  });
}

function parseTarget(input: unknown, path: string): EventTarget {
  const given = fields(input, path);
  onlyMembers(given, path, TARGET, UNMODELLED);
  const id = ruleName(given.Id, `${path}.Id`);
  const arn = text(given.Arn, `${path}.Arn`);
  const kind = kindOf(arn, `${path}.Arn`);
  const runTask = kind === 'RunTask' ? runTaskOf(given, path) : {};
  return { id, arn, kind, input: parseInput(given, path), runTask, delivery: parseDelivery(given, path) };
}

/** @throws ValidationException; LimitExceededException for more than five. */
export function parseEventTargets(input: unknown, path: string): EventTarget[] {
  const targets = list(input, path).map((entry, k) => parseTarget(entry, `${path}[${k}]`));
  targets.forEach(({ id }, k) => {
    if (targets.findIndex((one) => one.id === id) < k)
      refuse('DUPLICATE', `${path}[${k}].Id ${id} stands twice.`, { path: `${path}[${k}].Id`, value: id }, invalid);
  });
  checkTargetCount(targets.length, path);
  return targets;
}

export function checkTargetCount(count: number, path: string): void {
  if (count <= MOST_TARGETS) return;
  refuse(
    'TARGET_COUNT',
    `A rule has at most ${MOST_TARGETS} targets.`,
    { path, value: count, limit: MOST_TARGETS },
    'LimitExceededException',
  );
}
