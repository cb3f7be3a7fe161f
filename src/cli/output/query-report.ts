/** The table of `query`: how many instances match, and which. */
import type { Io } from '../io.ts';
import { type InstanceRow, instanceColumns, leftColumns } from './instances.ts';
import { styleFor } from './style.ts';
import { counted, number, table } from './text.ts';

function stateText({ status, agentConnected }: InstanceRow): string {
  return agentConnected ? status : `${status}, agent lost`;
}

export function renderQuery(instances: readonly InstanceRow[], matching: ReadonlySet<string>, io: Io): string {
  const style = styleFor(io);
  const rows = instances.filter(({ arn }) => matching.has(arn));
  const verb = rows.length === 1 ? 'matches' : 'match';
  const summary = style.bold(`${number(rows.length)} of ${counted(instances.length, 'instance')} ${verb}.`);
  if (rows.length === 0) return `${summary}\n`;
  const columns = [
    ...instanceColumns,
    { title: 'STATUS', cell: stateText },
    { title: 'TASKS', right: true, cell: ({ runningTasks }: InstanceRow) => number(runningTasks) },
    ...leftColumns,
  ];
  return `${summary}\n\n${table(columns, rows, style)}`;
}
