/** Which deployments and events a chart marks. Pure. */
import type { ReportData } from '../data.ts';
import type { ChartPlan } from './steps.ts';

export interface DeploymentMark {
  readonly id: string;
  readonly atMs: number;
  /** Null while it goes on. */
  readonly untilMs: number | null;
  readonly rolloutState: string;
}

export interface EventMark {
  readonly atMs: number;
  readonly kind: 'fault' | 'refused' | 'call';
}

export interface Marks {
  readonly deployments: readonly DeploymentMark[];
  readonly events: readonly EventMark[];
}

const KINDS: Readonly<Record<string, EventMark['kind']>> = { Fault: 'fault', Refusal: 'refused' };

/** Deployments of the chart's service; faults and calls that concern it or no service at all. */
export function marksOf(data: ReportData, { group }: ChartPlan): Marks {
  const own = data.groups[group];
  const summary = data.summary.services.find(
    ({ cluster, service }) => own !== undefined && service === own.name && cluster === own.cluster,
  );
  const deployments = (summary?.deployments ?? []).map(({ id, atMs, elapsedMs, rolloutState }) => ({
    id,
    atMs,
    untilMs: elapsedMs === null ? null : atMs + elapsedMs,
    rolloutState,
  }));
  return { deployments, events: eventMarks(data, group) };
}

function eventMarks({ events, strings }: ReportData, group: number): EventMark[] {
  const marked = ['Fault', 'Call', 'Refusal'].map((name) => strings.indexOf(name));
  const found: EventMark[] = [];
  events.type.forEach((type, event) => {
    const of = events.group[event] as number;
    if (!marked.includes(type) || (group >= 0 && of >= 0 && of !== group)) return;
    const kind = KINDS[strings[type] ?? ''] ?? 'call';
    // A refusal follows what was refused: one sign for both.
    if (kind === 'refused' && marked.includes(events.type[event - 1] as number)) found.pop();
    found.push({ atMs: events.atMs[event] as number, kind });
  });
  return found;
}
