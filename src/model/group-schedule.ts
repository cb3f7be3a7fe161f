/** PutScheduledUpdateGroupAction's input. Its recurrence is read by the cluster, where schedules are known. */
import { onlyMembers } from './known-members.ts';
import { fields, nonEmptyText, optionalText, optionalWhole, refuse } from './read.ts';
import { parseTimestamp } from './time.ts';

export interface GroupSchedule {
  readonly group: string;
  readonly name: string;
  /** Five fields of Unix cron; undefined: once, at the start time. */
  readonly recurrence: string | undefined;
  readonly timezone: string;
  /** Epoch milliseconds. */
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly minSize: number | undefined;
  readonly maxSize: number | undefined;
  readonly desiredCapacity: number | undefined;
}

const MEMBERS = [
  ...['AutoScalingGroupName', 'ScheduledActionName', 'Time', 'StartTime', 'EndTime', 'Recurrence', 'TimeZone'],
  ...['MinSize', 'MaxSize', 'DesiredCapacity'],
];

function parseTime(value: unknown, path: string): number | undefined {
  const seconds = value === undefined ? undefined : parseTimestamp(value, path);
  return seconds === undefined ? undefined : seconds * 1000;
}

/** @throws ValidationException for one that changes nothing, and for one that never runs. */
export function parseGroupSchedule(input: unknown, path: string): GroupSchedule {
  const given = fields(input, path);
  onlyMembers(given, path, MEMBERS);
  const size = (name: string): number | undefined => optionalWhole(given[name], `${path}.${name}`);
  const [minSize, maxSize, desiredCapacity] = [size('MinSize'), size('MaxSize'), size('DesiredCapacity')];
  if (minSize === undefined && maxSize === undefined && desiredCapacity === undefined)
    refuse(
      'CAPACITY_MISSING',
      `${path} must have at least one of MinSize, MaxSize and DesiredCapacity.`,
      { path },
      'ValidationException',
    );
  if (minSize !== undefined && maxSize !== undefined && minSize > maxSize)
    refuse(
      'CAPACITY_RANGE',
      `${path}.MinSize ${minSize} must not be above MaxSize ${maxSize}.`,
      { path: `${path}.MinSize`, value: minSize, limit: maxSize },
      'ValidationException',
    );
  const recurrence = optionalText(given.Recurrence, `${path}.Recurrence`);
  const startMs = parseTime(given.StartTime ?? given.Time, `${path}.StartTime`);
  if (recurrence === undefined && startMs === undefined)
    refuse('TIME_MISSING', `${path} must have a Recurrence or a StartTime.`, { path }, 'ValidationException');
  return {
    group: nonEmptyText(given.AutoScalingGroupName, `${path}.AutoScalingGroupName`),
    name: nonEmptyText(given.ScheduledActionName, `${path}.ScheduledActionName`),
    recurrence,
    timezone: optionalText(given.TimeZone, `${path}.TimeZone`) ?? 'UTC',
    startMs,
    endMs: parseTime(given.EndTime, `${path}.EndTime`),
    minSize,
    maxSize,
    desiredCapacity,
  };
}
