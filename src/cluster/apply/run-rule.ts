/**
 * A rule runs: each of its targets gets the event, at once; AWS promises no time. Called by apply. What becomes of a target
 * that fails is delivery's.
 */
import { lastSegment } from '../../base/arn.ts';
import { BayplanError } from '../../errors.ts';
import { targetText } from '../../event-pattern/input.ts';
import { fields, refuse } from '../../model/read.ts';
import type { EventJson, Invocation, RuleState } from '../rule-state.ts';
import type { ClusterState } from '../state.ts';
import { runTask } from './calls.ts';
import { fail, sendToQueue } from './delivery.ts';
import { tellRefusal } from './refusal.ts';

/** A rule whose targets make events that it matches would run for ever within one millisecond. */
const MOST_RUNS = 1000;
/** RunTask's startedBy (ECS API). */
const MOST_STARTED_BY = 36;
const NO_INSTANCES = 'No Container Instances were found in your cluster.';

/** @returns whether it may run once more in this millisecond. */
function countRun(state: ClusterState, rule: RuleState): boolean {
  const { runs } = rule;
  rule.runs = { atMs: state.nowMs, count: runs.atMs === state.nowMs ? runs.count + 1 : 1 };
  return rule.runs.count <= MOST_RUNS;
}

export function runRule(state: ClusterState, { rule, event }: { rule: RuleState; event: EventJson }): void {
  if (!countRun(state, rule)) {
    if (rule.runs.count === MOST_RUNS + 1) tellRefusal(state, 'PutEvents', undefined, endless(rule));
    return;
  }
  if (state.sink.isOpen) state.sink.emit({ type: 'RuleMatched', rule, event });
  for (const target of rule.targets.values()) {
    const invocation = { rule, target, event };
    const cluster = target.kind === 'RunTask' ? lastSegment(target.arn) : state.context.cluster;
    if (cluster === state.context.cluster) invokeTarget(state, { invocation });
    else state.parcels.push({ cluster, command: { type: 'InvokeTarget', invocation } });
  }
}

function endless({ settings }: RuleState): BayplanError {
  const message = `Rule ${settings.name} ran more than ${MOST_RUNS} times in one millisecond: its targets make events that it matches.`;
  return new BayplanError('LimitExceededException', 'ENDLESS_RULE', message, {
    value: settings.name,
    limit: MOST_RUNS,
  });
}

export function invokeTarget(state: ClusterState, { invocation }: { invocation: Invocation }): void {
  const { rule, target, event } = invocation;
  const names = { ruleName: rule.settings.name, ruleArn: rule.arn };
  const input = targetText(target.input, event, names);
  const where = `rules[${rule.settings.name}].Targets[${target.id}]`;
  const run = (): void => {
    if (target.kind === 'RunTask') startTasks(state, invocation, input, where);
    else if (target.kind === 'Queue') sendToQueue(state, target.arn, where);
    else notify(state, invocation, input ?? JSON.stringify(event));
  };
  try {
    run();
  } catch (error) {
    fail(state, invocation, error, target.kind === 'RunTask' ? 'RunTask' : 'SendMessage', where);
  }
}

function notify(state: ClusterState, { rule, target }: Invocation, message: string): void {
  if (state.sink.isOpen) state.sink.emit({ type: 'Notification', topicArn: target.arn, rule, message });
}

/** The target's input has the overrides (EventBridge user guide, targets). */
function startTasks(state: ClusterState, { rule, target }: Invocation, text: string | undefined, where: string): void {
  const overrides = text === undefined ? {} : { overrides: overridesOf(text, where) };
  const startedBy = `events-rule/${rule.settings.name}`.slice(0, MOST_STARTED_BY);
  const input = { ...target.runTask, ...overrides, startedBy };
  const { tasks, failures } = runTask(state, { type: 'Call', call: 'RunTask', input, path: where });
  const lacking = Number(target.runTask.count) - tasks.length;
  if (lacking === 0) return;
  const message = `${lacking} of RunTask's tasks failed: ${failures[0]?.reason ?? NO_INSTANCES}`;
  throw new BayplanError('BayplanException', 'FAILED_INVOCATION', message, { path: where, value: failures });
}

/** A template may have made anything. */
function overridesOf(text: string, path: string): unknown {
  try {
    return fields(JSON.parse(text), path);
  } catch {
    return refuse('TARGET_INPUT', `${path}: the overrides are no JSON object.`, { path, value: text });
  }
}
