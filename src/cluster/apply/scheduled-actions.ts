/** Scheduled actions of Application Auto Scaling: put, deleted, run when their time comes. Called by api and apply. */

import { nonEmptyText, refuse } from '../../model/read.ts';
import { parseScheduledAction, type ScheduledAction } from '../../model/scheduled-action.ts';
import { readSchedule } from '../../schedule/located.ts';
import { nextFireTime } from '../../schedule/next-fire-times.ts';
import { parseSchedule } from '../../schedule/parse.ts';
import { timeZone } from '../../schedule/time-zone.ts';
import type { ApiCall } from '../commands.ts';
import type { ScalableTargetState, ScheduledActionState } from '../scaling-state.ts';
import type { ClusterState } from '../state.ts';
import { tellActivity } from './scale-service.ts';
import { scaledService, setBounds, targetOf } from './scaling.ts';

const MOST_ACTIONS = 200;

/** When it runs next after a time since the start; undefined when never. Whole minutes are the schedules' precision. */
function nextRunMs(
  state: ClusterState,
  { settings, createdAtMs }: ScheduledActionState,
  afterMs: number,
): number | undefined {
  const { schedule, timezone, startMs, endMs } = settings;
  const epoch = state.startEpochMs;
  const next = nextFireTime(
    parseSchedule(schedule),
    epoch + afterMs,
    timeZone(timezone),
    { startMs, endMs },
    epoch + createdAtMs,
  );
  return next === undefined ? undefined : next - epoch;
}

function setNext(
  state: ClusterState,
  target: ScalableTargetState,
  action: ScheduledActionState,
  afterMs: number,
): void {
  const atMs = nextRunMs(state, action, afterMs);
  if (atMs !== undefined) state.timers.set(atMs, { type: 'RunScheduledAction', target, action });
}

/** @throws ValidationException for a schedule that cannot be read, with path and column, and for one that never fires. */
export function checkSchedule({ schedule, timezone, startMs, endMs }: ScheduledAction, path: string): void {
  const paths = { schedule: `${path}.Schedule`, timezone: `${path}.Timezone` };
  readSchedule(schedule, parseSchedule, paths, { timezone, startMs, endMs });
}

export function putScheduledAction(state: ClusterState, { input, path = '' }: ApiCall): ScheduledActionState {
  const settings = parseScheduledAction(input, path);
  checkSchedule(settings, path);
  const target = targetOf(state, input, path);
  const { scheduledActionName: name } = settings;
  if (!target.scheduledActions.has(name) && target.scheduledActions.size >= MOST_ACTIONS)
    refuse(
      'ACTION_COUNT',
      `A scalable target has at most ${MOST_ACTIONS} scheduled actions.`,
      { path: `${path}.ScheduledActionName`, value: name, limit: MOST_ACTIONS },
      'LimitExceededException',
    );
  const { region, account } = state.context;
  const action: ScheduledActionState = {
    settings,
    arn: `arn:aws:autoscaling:${region}:${account}:scheduledAction:resource/ecs/${target.resourceId}:scheduledActionName/${name}`,
    createdAtMs: state.nowMs,
  };
  target.scheduledActions.set(name, action);
  // A schedule that names this very minute still runs.
  setNext(state, target, action, state.nowMs - 1);
  return action;
}

export function deleteScheduledAction(state: ClusterState, { input, path = '' }: ApiCall): void {
  const target = targetOf(state, input, path);
  const name = nonEmptyText(input.ScheduledActionName, `${path}.ScheduledActionName`);
  if (target.scheduledActions.delete(name)) return;
  refuse(
    'ACTION_NOT_FOUND',
    `${path}.ScheduledActionName: no scheduled action ${name} of ${target.resourceId}.`,
    { path: `${path}.ScheduledActionName`, value: name },
    'ObjectNotFoundException',
  );
}

/** A replaced or deleted action has stayed in the timers: it does nothing. */
export function runScheduledAction(
  state: ClusterState,
  { target, action }: { target: ScalableTargetState; action: ScheduledActionState },
): void {
  const name = action.settings.scheduledActionName;
  if (state.scalableTargets.get(target.resourceId) !== target || target.scheduledActions.get(name) !== action) return;
  if (!target.suspended.scheduledScaling) change(state, target, action);
  setNext(state, target, action, state.nowMs);
}

/** New bounds first, then the capacity that has to move inside (Application Auto Scaling guide, scheduled scaling). */
function change(state: ClusterState, target: ScalableTargetState, { settings }: ScheduledActionState): void {
  const minCapacity = settings.minCapacity ?? Math.min(target.minCapacity, settings.maxCapacity ?? target.minCapacity);
  const maxCapacity = settings.maxCapacity ?? Math.max(target.maxCapacity, minCapacity);
  const before = scaledService(state, target)?.desiredCount;
  setBounds(state, target, { minCapacity, maxCapacity });
  const cause = `scheduled action name ${settings.scheduledActionName} was triggered`;
  const done = { resourceId: target.resourceId, statusCode: 'Successful' as const, notScaledReasons: [], inputs: {} };
  tellActivity(state, target, {
    ...done,
    description: `Setting min capacity to ${minCapacity} and max capacity to ${maxCapacity}`,
    cause,
    statusMessage: `Successfully set min capacity to ${minCapacity} and max capacity to ${maxCapacity}`,
  });
  const after = scaledService(state, target)?.desiredCount;
  if (after === undefined || after === before) return;
  tellActivity(state, target, {
    ...done,
    description: `Setting desired count to ${after}.`,
    cause:
      (before ?? 0) < after
        ? `minimum capacity was set to ${minCapacity}`
        : `maximum capacity was set to ${maxCapacity}`,
    statusMessage: `Successfully set desired count to ${after}. Change successfully fulfilled by ecs.`,
  });
}
