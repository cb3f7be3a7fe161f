/** The table of `why`: fits or not in one line, ECS's own sentence, reasons, remedies, and the gates of each instance. */
import type { ClauseTrace, Explanation, Gate, GateTrace } from '../../explain.ts';
import type { Io } from '../io.ts';
import { gateDetail } from './gate-detail.ts';
import { firstFailed, renderFixes, renderReasons } from './reasons.ts';
import { type Style, styleFor } from './style.ts';
import { type Column, counted, number, table } from './text.ts';

export interface Told {
  /** `family:revision`. */
  readonly name: string;
  readonly explanation: Explanation;
  /** Tasks placed before the one that is explained. */
  readonly placed: number;
  /** One instance was asked about. */
  readonly isOne: boolean;
}

type Instance = Explanation['instances'][number];

/** More rows would bury the rest; `--output json` has them all. */
const MOST_ROWS = 20;

const SHORT: Readonly<Record<Gate, string>> = {
  STATUS: 'STATUS',
  LAUNCH_TYPE: 'LAUNCH',
  CAPACITY_PROVIDER: 'PROVIDER',
  AGENT: 'AGENT',
  ATTRIBUTE: 'ATTR',
  LOCATION: 'ZONE',
  'RESOURCE:CPU': 'CPU',
  'RESOURCE:MEMORY': 'MEM',
  'RESOURCE:PORTS': 'PORTS',
  'RESOURCE:ENI': 'ENI',
  'RESOURCE:GPU': 'GPU',
  'DistinctInstance placement constraint unsatisfied.': 'DISTINCT',
  'MemberOf placement constraint unsatisfied.': 'MEMBER',
};

function idOf({ containerInstanceArn: arn }: Instance): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function summary({ name, explanation, placed, isOne }: Told, { bold, green, red }: Style): string {
  const { placeable, candidates, instances } = explanation;
  const before = placed === 0 ? '' : `After ${counted(placed, 'task')} placed, `;
  const task = placed === 0 ? name : `one more ${name}`;
  const [first] = instances;
  if (isOne && first !== undefined) {
    return placeable
      ? bold(green(`${before}${task} fits on ${idOf(first)}.`))
      : bold(red(`${before}${task} does not fit on ${idOf(first)}.`));
  }
  if (placeable)
    return bold(green(`${before}${task} fits on ${number(candidates)} of ${counted(instances.length, 'instance')}.`));
  if (instances.length === 0)
    return bold(red(`${before}${task} does not fit: No Container Instances were found in your cluster.`));
  return bold(red(`${before}${task} does not fit on any of ${counted(instances.length, 'instance')}.`));
}

function mark(passed: boolean): string {
  return passed ? '✓' : '✗';
}

function paintMark(style: Style, passed: boolean): (text: string) => string {
  return passed ? style.green : style.red;
}

/** One row an instance, one column a gate. */
function renderMatrix(instances: readonly Instance[], style: Style): string {
  const gates = instances[0]?.gates ?? [];
  const columns = gates.map(({ gate }, k): Column<Instance> => {
    const passed = (instance: Instance): boolean => instance.gates[k]?.passed ?? false;
    return {
      title: SHORT[gate],
      cell: (instance) => mark(passed(instance)),
      paint: (cell, instance) => paintMark(style, passed(instance))(cell),
    };
  });
  const detail: Column<Instance> = {
    title: 'FIRST LACKING',
    cell: (instance) => {
      const failed = firstFailed(instance.gates);
      return failed === undefined ? '' : gateDetail(failed);
    },
  };
  const failing = (instance: Instance): number => instance.gates.filter(({ passed }) => !passed).length;
  const nearestFirst = [...instances].sort((a, b) => failing(a) - failing(b));
  const shown = table([{ title: 'INSTANCE', cell: idOf }, ...columns, detail], nearestFirst.slice(0, MOST_ROWS), style);
  const hidden = instances.length - MOST_ROWS;
  return hidden > 0
    ? `${shown}${style.dim(`and ${counted(hidden, 'more instance')}; --output json lists all`)}\n`
    : shown;
}

function valueText(value: GateTrace['need']): string {
  if (typeof value === 'object') return value.join(', ') || '-';
  return value === undefined ? '-' : typeof value === 'number' ? number(value) : value;
}

/** What an instance has at a gate; for attributes and ports a trace holds only what is lacking. */
function haveText({ gate, passed, have }: GateTrace): string {
  const listsLacking = gate === 'ATTRIBUTE' || gate === 'RESOURCE:PORTS' || gate.startsWith('MemberOf');
  if (!listsLacking || typeof have === 'string') return valueText(have);
  if (passed) return gate === 'RESOURCE:PORTS' ? 'free' : 'all';
  const words = gate === 'ATTRIBUTE' ? 'lacks' : gate === 'RESOURCE:PORTS' ? 'taken:' : 'false:';
  return `${words} ${valueText(have)}`;
}

/** Long lists of capabilities are cut; JSON has them whole. */
function short(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

function renderGates({ gates }: Instance, style: Style): string {
  const paint = (cell: string, { passed }: GateTrace): string => paintMark(style, passed)(cell);
  return table<GateTrace>(
    [
      { title: '', cell: ({ passed }) => mark(passed), paint },
      { title: 'CHECK', cell: ({ gate }) => gate },
      { title: 'NEED', cell: ({ need }) => short(valueText(need)) },
      { title: 'HAVE', cell: (trace) => (trace.passed ? short(haveText(trace)) : haveText(trace)) },
    ],
    gates,
    style,
  );
}

function renderClauses(clauses: readonly ClauseTrace[] | undefined, style: Style): string {
  if (clauses === undefined) return '';
  return table<ClauseTrace>(
    [
      { title: '', cell: ({ passed }) => mark(passed), paint: (cell, { passed }) => paintMark(style, passed)(cell) },
      { title: 'CONSTRAINT', right: true, cell: ({ constraint }) => String(constraint + 1) },
      { title: 'CLAUSE', right: true, cell: ({ clause }) => String(clause) },
      { title: 'EXPRESSION', cell: ({ expression }) => expression },
    ],
    clauses,
    style,
  );
}

export function renderExplanation(told: Told, io: Io): string {
  const style = styleFor(io);
  const { explanation, isOne } = told;
  const { closest, instances } = explanation;
  const [first] = instances;
  const parts = [
    `${summary(told, style)}\n`,
    closest === undefined ? '' : `${closest.message}\n`,
    isOne ? '' : renderReasons(instances, style),
    renderFixes(explanation),
    ...(isOne && first !== undefined
      ? [renderGates(first, style), renderClauses(first.clauses, style)]
      : [renderMatrix(instances, style)]),
  ];
  return parts.filter((part) => part !== '' && part !== '\n').join('\n');
}
