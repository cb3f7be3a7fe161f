/** A plan for people: the verdict first, then the steps with their times, what sticks and what would help. */
import { lastSegment } from '../../base/arn.ts';
import type { OrderStep, PlanResult, Step, Stuck, TaskCounts } from '../../plan/result.ts';
import type { Io } from '../io.ts';
import { type Style, styleFor } from './style.ts';
import { counted, number, table } from './text.ts';
import { lengthText, timeText } from './time-text.ts';

/** Longer lists say how much more there is. */
const MOST_ROWS = 40;

const WORDS: Readonly<Record<Step['action'], string>> = {
  start: 'start',
  stop: 'stop',
  fail: 'end by themselves',
};

const ORDER_WORDS: Readonly<Record<OrderStep['action'], (count: string) => string>> = {
  start: (count) => `start ${count}`,
  healthy: (count) => `${count} healthy`,
  stop: (count) => `stop ${count}`,
  stopped: (count) => `${count} stopped`,
};

function verdict(result: PlanResult, style: Style): string {
  const { service, update, completedAtMs = 0 } = result;
  const what = `${service} to ${lastSegment(update.taskDefinition)}, ${counted(update.desiredCount, 'task')}`;
  switch (result.verdict) {
    case 'finishes':
      return `${style.green('Finishes')}: ${what}, after ${lengthText(completedAtMs)}.\n`;
    case 'may stick':
      return `${style.red('May not finish')}: ${what}: it depends on the order.\n`;
    case 'sticks':
      return `${style.red('Does not finish')}: ${what}.\n`;
    case 'fails':
      return `${style.red('Fails')}: ${what}.\n`;
  }
}

function searched({ explored, states, ends, stuckEnds, verdict: found }: PlanResult): string {
  const isAll = explored === 'all';
  const what = isAll
    ? `Every order was looked at: ${counted(states, 'state')}, ${counted(ends, 'end')}`
    : `Too many orders to look at all: ${counted(ends, 'order')} drawn from the seed`;
  const bad =
    stuckEnds === 0 ? 'none sticks' : stuckEnds === ends ? 'every one sticks' : `${number(stuckEnds)} of them stuck`;
  return `${what}, ${bad}${found === 'fails' ? ' if only the tasks would run' : ''}.\n`;
}

function some<T>(rows: readonly T[], line: (row: T) => string): string {
  const shown = rows.slice(0, MOST_ROWS).map(line).join('');
  return rows.length > MOST_ROWS ? `${shown}  and ${counted(rows.length - MOST_ROWS, 'step')} more\n` : shown;
}

function renderSteps({ steps, verdict: found, completedAtMs }: PlanResult, style: Style): string {
  if (steps.length === 0) return 'No task starts or stops.\n';
  const end = completedAtMs === undefined ? 'sticks' : `finishes, after ${lengthText(completedAtMs)}`;
  const title = found === 'may stick' ? `One order that ${end}:\n` : '';
  const shown = steps.slice(0, MOST_ROWS);
  const rest = steps.length > MOST_ROWS ? `and ${counted(steps.length - MOST_ROWS, 'step')} more\n` : '';
  return (
    title +
    table(
      [
        { title: 'TIME', cell: ({ atMs }) => timeText(atMs) },
        { title: 'TASKS', right: true, cell: ({ count }) => number(count) },
        { title: 'STEP', cell: ({ action }) => WORDS[action] },
      ],
      shown,
      style,
    ) +
    rest
  );
}

function tasksText({ old, starting, healthy, stopping }: TaskCounts): string {
  const parts = [
    `${number(old)} old`,
    `${number(healthy)} new`,
    ...(starting > 0 ? [`${number(starting)} starting`] : []),
    ...(stopping > 0 ? [`${number(stopping)} stopping`] : []),
  ];
  return parts.join(', ');
}

function renderStuck({ reason, fixes, tasks, order }: Stuck, isFailure: boolean, style: Style): string {
  const title = fixes.length === 1 ? 'This would let it finish:' : 'Each of these alone would let it finish:';
  const nothing = isFailure ? '' : 'No change of percentages, instances or ports alone would let it finish.\n';
  const helps = fixes.length === 0 ? nothing : `${title}\n${fixes.map(({ change }) => `  ${change}\n`).join('')}`;
  const way =
    order.length === 0 ? '' : `The order that leads there:\n${some(order, (step) => `  ${orderText(step)}\n`)}`;
  return `${isFailure ? 'Fails' : 'Sticks'} with ${tasksText(tasks)}:\n  ${style.yellow(reason)}\n${way}${helps}`;
}

function orderText({ action, count, containerInstanceArn }: OrderStep): string {
  const where = containerInstanceArn === undefined ? '' : ` on ${lastSegment(containerInstanceArn)}`;
  return `${ORDER_WORDS[action](number(count))}${where}`;
}

export function renderPlan(result: PlanResult, io: Io): string {
  const style = styleFor(io);
  const { stuck, notes } = result;
  const parts = [
    verdict(result, style) + searched(result),
    renderSteps(result, style),
    ...(stuck === undefined ? [] : [renderStuck(stuck, result.verdict === 'fails', style)]),
    ...(notes.length === 0 ? [] : [notes.map((note) => `note: ${note}\n`).join('')]),
  ];
  return parts.join('\n');
}
