/** RegisterScalableTarget's input, and the services that Application Auto Scaling names. Called by the cluster. */
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { onlyMembers } from './known-members.ts';
import { fields, optionalFlag, optionalWhole, refuse, show, text } from './read.ts';

export interface ScalableTargetInput {
  readonly resourceId: string;
  readonly cluster: string;
  readonly service: string;
  readonly minCapacity: number | undefined;
  readonly maxCapacity: number | undefined;
  readonly suspended: {
    readonly dynamicScalingIn?: boolean;
    readonly dynamicScalingOut?: boolean;
    readonly scheduledScaling?: boolean;
  };
}

export interface ResourceName {
  readonly resourceId: string;
  readonly cluster: string;
  readonly service: string;
}

const RESOURCE = /^service\/([a-zA-Z0-9_-]{1,255})\/([a-zA-Z0-9_-]{1,255})$/;

/** ServiceNamespace `ecs`, ScalableDimension `ecs:service:DesiredCount` and ResourceId `service/CLUSTER/NAME`. */
export function parseResource(input: unknown, path: string): ResourceName {
  const given = fields(input, path);
  const only = (name: string, expected: string, isOptional: boolean): void => {
    if (isOptional && given[name] === undefined) return;
    if (given[name] === expected) return;
    refuse(
      'NOT_ALLOWED',
      `${path}.${name} must be ${expected}, but was ${show(given[name])}.`,
      { path: `${path}.${name}`, value: given[name], expected: [expected] },
      'ValidationException',
    );
  };
  only('ServiceNamespace', 'ecs', false);
  only('ScalableDimension', 'ecs:service:DesiredCount', false);
  const resourceId = text(given.ResourceId, `${path}.ResourceId`);
  const [, cluster, service] = RESOURCE.exec(resourceId) ?? [];
  if (cluster !== undefined && service !== undefined) return { resourceId, cluster, service };
  return refuse(
    'RESOURCE_ID',
    `${path}.ResourceId must be service/CLUSTER/NAME, but was ${show(resourceId)}.`,
    { path: `${path}.ResourceId`, value: resourceId },
    'ValidationException',
  );
}

/** What names a target in every call. */
export const RESOURCE_MEMBERS = ['ServiceNamespace', 'ResourceId', 'ScalableDimension'];
const SUSPENDED = ['DynamicScalingInSuspended', 'DynamicScalingOutSuspended', 'ScheduledScalingSuspended'];

export function parseScalableTarget(input: unknown, path: string): ScalableTargetInput {
  const given = fields(input, path);
  onlyMembers(given, path, [...RESOURCE_MEMBERS, 'MinCapacity', 'MaxCapacity', 'SuspendedState', 'RoleARN', 'Tags']);
  const resource = parseResource(input, path);
  const minCapacity = optionalWhole(given.MinCapacity, `${path}.MinCapacity`, 0, MAX_AMOUNT);
  const maxCapacity = optionalWhole(given.MaxCapacity, `${path}.MaxCapacity`, 0, MAX_AMOUNT);
  const at = `${path}.SuspendedState`;
  const flags = given.SuspendedState === undefined ? {} : fields(given.SuspendedState, at);
  onlyMembers(flags, at, SUSPENDED);
  const flag = (name: string): boolean | undefined => optionalFlag(flags[name], `${at}.${name}`);
  const [dynamicScalingIn, dynamicScalingOut, scheduledScaling] = [
    flag('DynamicScalingInSuspended'),
    flag('DynamicScalingOutSuspended'),
    flag('ScheduledScalingSuspended'),
  ];
  return {
    ...resource,
    minCapacity,
    maxCapacity,
    suspended: {
      ...(dynamicScalingIn === undefined ? {} : { dynamicScalingIn }),
      ...(dynamicScalingOut === undefined ? {} : { dynamicScalingOut }),
      ...(scheduledScaling === undefined ? {} : { scheduledScaling }),
    },
  };
}
