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
  const [fault, call] = [strings.indexOf('Fault'), strings.indexOf('Call')];
  const found: EventMark[] = [];
  events.type.forEach((type, event) => {
    const of = events.group[event] as number;
    if ((type !== fault && type !== call) || (group >= 0 && of >= 0 && of !== group)) return;
    const kind = type === fault ? 'fault' : events.bad[event] === 1 ? 'refused' : 'call';
    found.push({ atMs: events.atMs[event] as number, kind });
  });
  return found;
}
