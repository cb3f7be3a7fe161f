/** Scheduled actions of Auto Scaling groups: put, deleted, run when their time comes. Called by api and apply. */
import { type GroupSchedule, parseGroupSchedule } from '../../model/group-schedule.ts';
import { refuse } from '../../model/read.ts';
import { readSchedule, readZone } from '../../schedule/located.ts';
import { nextFireTime } from '../../schedule/next-fire-times.ts';
import { parseRecurrence } from '../../schedule/parse.ts';
import { timeZone } from '../../schedule/time-zone.ts';
import type { GroupScheduleState, GroupState } from '../capacity-state.ts';
import type { ApiCall } from '../commands.ts';
import type { ClusterState } from '../state.ts';
import { groupOf, setSizes } from './groups.ts';

/** @throws ValidationException for a recurrence that cannot be read, with path and column, and for one that never fires. */
export function checkGroupSchedule({ recurrence, timezone, startMs, endMs }: GroupSchedule, path: string): void {
  const paths = { schedule: `${path}.Recurrence`, timezone: `${path}.TimeZone` };
  if (recurrence === undefined) readZone(timezone, paths.timezone);
  else readSchedule(recurrence, parseRecurrence, paths, { timezone, startMs, endMs });
}

function setNext(state: ClusterState, group: GroupState, action: GroupScheduleState, afterMs: number): void {
  const { recurrence, timezone, startMs, endMs } = action.settings;
  const afterEpochMs = state.startEpochMs + afterMs;
  const next =
    recurrence === undefined
      ? startMs !== undefined && startMs > afterEpochMs
        ? startMs
        : undefined
      : nextFireTime(parseRecurrence(recurrence), afterEpochMs, timeZone(timezone), { startMs, endMs });
  if (next !== undefined) state.timers.set(next - state.startEpochMs, { type: 'RunGroupSchedule', group, action });
}

export function putGroupSchedule(state: ClusterState, { input, path = '' }: ApiCall): void {
  const settings = parseGroupSchedule(input, path);
  checkGroupSchedule(settings, path);
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const action: GroupScheduleState = { settings };
  group.schedules.set(settings.name, action);
  // A schedule that names this very minute still runs.
  setNext(state, group, action, state.nowMs - 1);
}

export function deleteGroupSchedule(state: ClusterState, { input, path = '' }: ApiCall): void {
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  if (group.schedules.delete(String(input.ScheduledActionName))) return;
  refuse(
    'ACTION_NOT_FOUND',
    `${path}.ScheduledActionName: Scheduled action name not found: ${String(input.ScheduledActionName)}`,
    { path: `${path}.ScheduledActionName`, value: input.ScheduledActionName },
    'ValidationException',
  );
}

/** A replaced or deleted action has stayed in the timers: it does nothing. Past ones are not run on resume. */
export function runGroupSchedule(
  state: ClusterState,
  { group, action }: { group: GroupState; action: GroupScheduleState },
): void {
  const { settings } = action;
  if (group.schedules.get(settings.name) !== action) return;
  setNext(state, group, action, state.nowMs);
  if (group.suspended.has('ScheduledActions')) return;
  const maxSize = settings.maxSize ?? Math.max(group.maxSize, settings.minSize ?? 0);
  const minSize = Math.min(settings.minSize ?? group.minSize, maxSize);
  const wanted = settings.desiredCapacity ?? group.desiredCapacity;
  const desiredCapacity = Math.min(maxSize, Math.max(minSize, wanted));
  setSizes(state, group, { minSize, maxSize, desiredCapacity }, 'a scheduled action update');
}
