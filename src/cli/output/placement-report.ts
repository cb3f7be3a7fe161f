/** The table of `place`: a one-line summary, tasks by zone, tasks by instance, and why the rest did not fit. */
import type { Explanation } from '../../explain.ts';
import type { Io } from '../io.ts';
import { type InstanceRow, instanceColumns, leftColumns } from './instances.ts';
import { renderFixes, renderReasons } from './reasons.ts';
import { type Style, styleFor } from './style.ts';
import { bar, counted, number, table } from './text.ts';

export interface Placement {
  /** `family:revision`. */
  readonly name: string;
  readonly count: number;
  readonly placed: number;
  /** Tasks placed, by ARN. */
  readonly byInstance: ReadonlyMap<string, number>;
  /** After placing. */
  readonly instances: readonly InstanceRow[];
  /** Why one more task does not fit; absent when all were placed. */
  readonly explanation: Explanation | undefined;
}

const BAR_WIDTH = 24;
/** More rows would bury the rest; `--output json` has them all. */
const MOST_ROWS = 20;
const NO_ZONE = '(no zone)';

function summary({ name, count, placed, byInstance, instances }: Placement, { bold, green, red }: Style): string {
  const where = `on ${number(byInstance.size)} of ${counted(instances.length, 'instance')}`;
  if (placed === count) return bold(green(`Placed ${counted(placed, 'task')} of ${name} ${where}.`));
  if (placed === 0) {
    const which = count === 1 ? `1 task of ${name}` : `any of ${counted(count, 'task')} of ${name}`;
    return bold(red(`Could not place ${which} on ${counted(instances.length, 'instance')}.`));
  }
  const missing = count - placed;
  return bold(
    `Placed ${number(placed)} of ${counted(count, 'task')} of ${name} ${where}; ${red(`${number(missing)} did not fit`)}.`,
  );
}

interface ZoneRow {
  readonly zone: string;
  tasks: number;
  used: number;
  instances: number;
  cpuLeft: number;
  memoryLeft: number;
}

function zoneRows({ instances, byInstance }: Placement): ZoneRow[] {
  const zones = new Map<string, ZoneRow>();
  for (const instance of instances) {
    const zone = instance.zone || NO_ZONE;
    const row = zones.get(zone) ?? { zone, tasks: 0, used: 0, instances: 0, cpuLeft: 0, memoryLeft: 0 };
    const tasks = byInstance.get(instance.arn) ?? 0;
    row.tasks += tasks;
    row.used += tasks > 0 ? 1 : 0;
    row.instances += 1;
    row.cpuLeft += instance.cpuLeft;
    row.memoryLeft += instance.memoryLeft;
    zones.set(zone, row);
  }
  return [...zones.values()].sort((a, b) => (a.zone < b.zone ? -1 : 1));
}

function renderZones(placement: Placement, style: Style): string {
  const rows = zoneRows(placement);
  const most = rows.reduce((max, { tasks }) => Math.max(max, tasks), 1);
  return table(
    [
      { title: 'ZONE', cell: ({ zone }) => zone },
      { title: 'TASKS', right: true, cell: ({ tasks }) => number(tasks), paint: style.bold },
      { title: '', cell: ({ tasks }) => bar(tasks, most, BAR_WIDTH), paint: style.green },
      { title: 'INSTANCES', right: true, cell: ({ used, instances }) => `${number(used)} of ${number(instances)}` },
      { title: 'CPU LEFT', right: true, cell: ({ cpuLeft }) => number(cpuLeft) },
      { title: 'MIB LEFT', right: true, cell: ({ memoryLeft }) => number(memoryLeft) },
    ],
    rows,
    style,
  );
}

function renderInstances({ instances, byInstance }: Placement, style: Style): string {
  const tasksOn = ({ arn }: InstanceRow): number => byInstance.get(arn) ?? 0;
  const used = instances.filter((instance) => tasksOn(instance) > 0).sort((a, b) => tasksOn(b) - tasksOn(a));
  if (used.length === 0) return '';
  const tasks = { title: 'TASKS', right: true, cell: (row: InstanceRow) => number(tasksOn(row)), paint: style.bold };
  const shown = table([...instanceColumns, tasks, ...leftColumns], used.slice(0, MOST_ROWS), style);
  const hidden = used.length - MOST_ROWS;
  return hidden > 0
    ? `${shown}${style.dim(`and ${counted(hidden, 'more instance')}; --output json lists all`)}\n`
    : shown;
}

function renderFailure(explanation: Explanation | undefined, style: Style): string[] {
  if (explanation === undefined) return [];
  const { closest, instances } = explanation;
  return [
    `${style.bold('Why not one more, by the first check that fails:')}\n${renderReasons(instances, style)}`,
    closest === undefined ? '' : `${closest.message}\n`,
    renderFixes(explanation),
  ];
}

export function renderPlacement(placement: Placement, io: Io): string {
  const style = styleFor(io);
  return [
    `${summary(placement, style)}\n`,
    renderZones(placement, style),
    renderInstances(placement, style),
    ...renderFailure(placement.explanation, style),
  ]
    .filter((part) => part !== '')
    .join('\n');
}
