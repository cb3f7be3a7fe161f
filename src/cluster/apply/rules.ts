/** Rules of EventBridge: put, changed, deleted, and the times of their schedules. Called by event-calls and apply. */
import { checkInput } from '../../event-pattern/input.ts';
import { parseEventPattern } from '../../event-pattern/parse.ts';
import {
  checkTargetCount,
  type EventTarget,
  parseEventRule,
  parseEventTargets,
  ruleName,
} from '../../model/event-rule.ts';
import { type Fields, list, refuse, text } from '../../model/read.ts';
import { readSchedule } from '../../schedule/located.ts';
import { nextFireTime } from '../../schedule/next-fire-times.ts';
import { parseSchedule, type Schedule } from '../../schedule/parse.ts';
import { timeZone } from '../../schedule/time-zone.ts';
import type { ApiCall } from '../commands.ts';
import { isoTime } from '../describe/iso-time.ts';
import type { RuleState } from '../rule-state.ts';
import type { ClusterState } from '../state.ts';
import { eventId } from './bus.ts';
import { runRule } from './run-rule.ts';

/** Of one bus (EventBridge quotas). */
const MOST_RULES = 300;

function scheduleOf(expression: string, path: string): Schedule {
  const schedule = readSchedule(expression, parseSchedule, { schedule: path });
  if (schedule.kind !== 'at') return schedule;
  return refuse(
    'RULE_SCHEDULE',
    `${path}: Parameter ScheduleExpression is not valid. A rule has rate(...) or cron(...).`,
    { path, value: expression, expected: ['rate(', 'cron('] },
    'ValidationException',
  );
}

/** A rule as PutRule would make it. @throws BayplanError for what PutRule refuses. */
export function readRule(input: Fields, path: string): Pick<RuleState, 'settings' | 'pattern' | 'schedule'> {
  const settings = parseEventRule(input, path);
  const { eventPattern, scheduleExpression } = settings;
  return {
    settings,
    pattern: eventPattern === undefined ? undefined : parseEventPattern(eventPattern, `${path}.EventPattern`),
    schedule:
      scheduleExpression === undefined ? undefined : scheduleOf(scheduleExpression, `${path}.ScheduleExpression`),
  };
}

/** @throws BayplanError for what PutTargets refuses. */
export function readTargets(input: unknown, path: string): EventTarget[] {
  const targets = parseEventTargets(input, path);
  targets.forEach((target, k) => {
    checkInput(target.input, `${path}[${k}]`);
  });
  return targets;
}

function ruleOf(state: ClusterState, value: unknown, path: string): RuleState {
  const name = ruleName(value, path);
  const rule = state.rules.get(name);
  if (rule !== undefined) return rule;
  return refuse(
    'RULE_NOT_FOUND',
    `${path}: Rule ${name} does not exist.`,
    { path, value: name, expected: [...state.rules.keys()] },
    'ResourceNotFoundException',
  );
}

/** Makes a rule, or replaces it: its targets stay (EventBridge API, PutRule). */
export function putRule(state: ClusterState, { input, path = '' }: ApiCall): void {
  const made = readRule(input, path);
  const { name, busName, isEnabled } = made.settings;
  const before = state.rules.get(name);
  if (before === undefined && state.rules.size >= MOST_RULES)
    refuse(
      'RULE_COUNT',
      `An event bus has at most ${MOST_RULES} rules.`,
      { path: `${path}.Name`, value: name, limit: MOST_RULES },
      'LimitExceededException',
    );
  const { region, account } = state.context;
  const rule: RuleState = {
    ...made,
    arn: `arn:aws:events:${region}:${account}:rule/${busName === 'default' ? '' : `${busName}/`}${name}`,
    createdAtMs: state.nowMs,
    isEnabled,
    targets: before?.targets ?? new Map(),
    runs: { atMs: -1, count: 0 },
  };
  state.rules.set(name, rule);
  // A cron that names this very minute still fires; a rate does not begin with a firing.
  setNext(state, rule, made.schedule?.kind === 'cron' ? state.nowMs - 1 : state.nowMs);
}

export function deleteRule(state: ClusterState, { input, path = '' }: ApiCall): void {
  const rule = ruleOf(state, input.Name, `${path}.Name`);
  if (rule.targets.size > 0)
    refuse(
      'RULE_IN_USE',
      `${path}.Name: Rule can't be deleted since it has targets.`,
      { path: `${path}.Name`, value: input.Name, expected: [] },
      'ValidationException',
    );
  state.rules.delete(rule.settings.name);
}

export function switchRule(state: ClusterState, { input, path = '' }: ApiCall, isEnabled: boolean): void {
  ruleOf(state, input.Name, `${path}.Name`).isEnabled = isEnabled;
}

export function putTargets(state: ClusterState, { input, path = '' }: ApiCall): void {
  const rule = ruleOf(state, input.Rule, `${path}.Rule`);
  const targets = readTargets(input.Targets, `${path}.Targets`);
  const added = targets.filter(({ id }) => !rule.targets.has(id)).length;
  checkTargetCount(rule.targets.size + added, `${path}.Targets`);
  for (const target of targets) rule.targets.set(target.id, target);
}

export function removeTargets(state: ClusterState, { input, path = '' }: ApiCall): void {
  const rule = ruleOf(state, input.Rule, `${path}.Rule`);
  const ids = list(input.Ids, `${path}.Ids`).map((one, k) => text(one, `${path}.Ids[${k}]`));
  for (const id of ids) rule.targets.delete(id);
}

/** Schedules of rules mean UTC; a rate counts from when its rule was made (EventBridge user guide). */
function setNext(state: ClusterState, rule: RuleState, afterMs: number): void {
  if (rule.schedule === undefined || !state.firesSchedules) return;
  const { startEpochMs: epoch } = state;
  const next = nextFireTime(rule.schedule, epoch + afterMs, timeZone('UTC'), {}, epoch + rule.createdAtMs);
  if (next !== undefined) state.timers.set(next - epoch, { type: 'FireRule', rule });
}

/** A replaced or deleted rule has stayed in the timers: it does nothing. */
export function fireRule(state: ClusterState, { rule }: { readonly rule: RuleState }): void {
  if (state.rules.get(rule.settings.name) !== rule) return;
  const { account, region } = state.context;
  const event = {
    version: '0',
    id: eventId(2, ++state.counters.events),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: isoTime(state, state.nowMs),
    region,
    resources: [rule.arn],
    detail: {},
  };
  if (rule.isEnabled) runRule(state, { rule, event });
  setNext(state, rule, state.nowMs);
}
