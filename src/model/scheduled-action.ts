/** PutScheduledAction's input. Its schedule is read by the cluster, where schedules are known. */
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { onlyMembers } from './known-members.ts';
import { fields, nonEmptyText, optionalText, optionalWhole, refuse, text } from './read.ts';
import { parseResource, RESOURCE_MEMBERS, type ResourceName } from './scalable-target.ts';
import { parseTimestamp } from './time.ts';

export interface ScheduledAction extends ResourceName {
  readonly scheduledActionName: string;
  readonly schedule: string;
  readonly timezone: string;
  /** Epoch milliseconds. */
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly minCapacity: number | undefined;
  readonly maxCapacity: number | undefined;
}

const MEMBERS = ['ScheduledActionName', 'Schedule', 'Timezone', 'StartTime', 'EndTime', 'ScalableTargetAction'];

function parseTime(value: unknown, path: string): number | undefined {
  const seconds = value === undefined ? undefined : parseTimestamp(value, path);
  return seconds === undefined ? undefined : seconds * 1000;
}

/** @throws BayplanError naming the member; CAPACITY_MISSING when it changes neither minimum nor maximum. */
export function parseScheduledAction(input: unknown, path: string): ScheduledAction {
  const given = fields(input, path);
  onlyMembers(given, path, [...RESOURCE_MEMBERS, ...MEMBERS]);
  const resource = parseResource(input, path);
  const at = `${path}.ScalableTargetAction`;
  const action = given.ScalableTargetAction === undefined ? {} : fields(given.ScalableTargetAction, at);
  onlyMembers(action, at, ['MinCapacity', 'MaxCapacity']);
  const minCapacity = optionalWhole(action.MinCapacity, `${at}.MinCapacity`, 0, MAX_AMOUNT);
  const maxCapacity = optionalWhole(action.MaxCapacity, `${at}.MaxCapacity`, 0, MAX_AMOUNT);
  if (minCapacity === undefined && maxCapacity === undefined)
    refuse('CAPACITY_MISSING', `${at} must have MinCapacity or MaxCapacity.`, { path: at }, 'ValidationException');
  if (minCapacity !== undefined && maxCapacity !== undefined && minCapacity > maxCapacity)
    refuse(
      'OUT_OF_RANGE',
      `${at}.MinCapacity ${minCapacity} is above MaxCapacity ${maxCapacity}.`,
      { path: `${at}.MinCapacity`, value: minCapacity, limit: maxCapacity },
      'ValidationException',
    );
  return {
    ...resource,
    scheduledActionName: nonEmptyText(given.ScheduledActionName, `${path}.ScheduledActionName`),
    schedule: text(given.Schedule, `${path}.Schedule`),
    timezone: optionalText(given.Timezone, `${path}.Timezone`) ?? 'UTC',
    startMs: parseTime(given.StartTime, `${path}.StartTime`),
    endMs: parseTime(given.EndTime, `${path}.EndTime`),
    minCapacity,
    maxCapacity,
  };
}
