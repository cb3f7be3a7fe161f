/** Instances that cannot take the task, by the first gate they fail: the part of a report that says why. */
import type { Explanation, Gate, GateTrace } from '../../explain.ts';
import { gateDetail } from './gate-detail.ts';
import type { Style } from './style.ts';
import { counted, number, some, table } from './text.ts';

type Instances = Explanation['instances'];

export function firstFailed(gates: readonly GateTrace[]): GateTrace | undefined {
  return gates.find(({ passed }) => !passed);
}

interface ReasonRow {
  readonly gate: Gate;
  readonly instances: number;
  /** Same words for several instances are said once, most frequent first. */
  readonly details: readonly string[];
}

const MOST_DETAILS = 3;

function rangeDetail(traces: readonly GateTrace[], unit: string): string {
  const amounts = traces.map(({ have }) => Number(have));
  const least = amounts.reduce((a, b) => Math.min(a, b));
  const most = amounts.reduce((a, b) => Math.max(a, b));
  const left = least === most ? number(least) : `${number(least)} to ${number(most)}`;
  return `needs ${number(Number(traces[0]?.need))} ${unit}, has ${left}`;
}

function detailsOf(gate: Gate, traces: readonly GateTrace[]): string[] {
  if (gate === 'RESOURCE:CPU') return [rangeDetail(traces, 'CPU units')];
  if (gate === 'RESOURCE:MEMORY') return [rangeDetail(traces, 'MiB')];
  const counts = new Map<string, number>();
  for (const trace of traces) counts.set(gateDetail(trace), (counts.get(gateDetail(trace)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([detail]) => detail);
}

function reasonRows(instances: Instances): ReasonRow[] {
  const byGate = new Map<Gate, GateTrace[]>();
  for (const { gates } of instances) {
    const failed = firstFailed(gates);
    if (failed === undefined) continue;
    const traces = byGate.get(failed.gate);
    if (traces === undefined) byGate.set(failed.gate, [failed]);
    else traces.push(failed);
  }
  const rows = [...byGate].map(([gate, traces]) => ({
    gate,
    instances: traces.length,
    details: detailsOf(gate, traces),
  }));
  return rows.sort((a, b) => b.instances - a.instances);
}

/** A table of reasons; empty when every instance could take the task. */
export function renderReasons(instances: Instances, style: Style): string {
  const rows = reasonRows(instances);
  if (rows.length === 0) return '';
  return table(
    [
      { title: 'REASON', cell: ({ gate }) => gate, paint: style.yellow },
      { title: 'INSTANCES', right: true, cell: (row) => number(row.instances) },
      { title: 'DETAIL', cell: ({ details }) => some(details, MOST_DETAILS).replaceAll(', needs', '; needs') },
    ],
    rows,
    style,
  );
}

/** The smallest changes, one a line. */
export function renderFixes({ fixes }: Explanation): string {
  if (fixes.length === 0) return '';
  const title =
    fixes.length === 1
      ? 'This would make it fit:'
      : `Any of these ${counted(fixes.length, 'change')} would make it fit:`;
  return `${title}\n${fixes.map(({ change }) => `  ${change}\n`).join('')}`;
}
