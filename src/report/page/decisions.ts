/** Scaling decisions to be marked in a lane and told on hover. Called by lanes. Pure. */
import { ACTIVITY_EVENT, GROUP_ACTIVITY_EVENT, MANAGED_EVENT, type ReportData } from '../data.ts';

export interface Decision {
  readonly event: number;
  readonly atMs: number;
  /** What it did to the capacity. */
  readonly direction: 'out' | 'in' | 'none';
  readonly text: string;
  /** Name and value of each input. */
  readonly inputs: readonly (readonly [name: string, value: string])[];
}

/** Of tasks: those of the service. Of instances: all groups', those of one moment and direction as one. */
export function decisionsOf(
  data: ReportData,
  { cluster, service }: { readonly cluster: string; readonly service: string },
  of: 'tasks' | 'instances',
): Decision[] {
  const { events, strings, groups } = data;
  const names = of === 'tasks' ? [ACTIVITY_EVENT] : [GROUP_ACTIVITY_EVENT, MANAGED_EVENT];
  const wanted = names.map((name) => strings.indexOf(name)).filter((at) => at >= 0);
  const group = groups.findIndex((one) => one.isService && one.name === service && one.cluster === cluster);
  const found: Decision[] = [];
  events.type.forEach((type, event) => {
    if (!wanted.includes(type) || (of === 'tasks' && events.group[event] !== group)) return;
    const text = strings[events.text[event] as number] ?? '';
    // That EC2 runs it was decided before.
    if (/ is running$/.test(text)) return;
    const made: Decision = {
      event,
      atMs: events.atMs[event] as number,
      direction: of === 'tasks' ? directionOf(data, event, text) : /Launching|is pending/.test(text) ? 'out' : 'in',
      text,
      inputs: inputsOf(strings[events.detail[event] as number] ?? ''),
    };
    const last = found.at(-1);
    if (of === 'instances' && last?.atMs === made.atMs && last.direction === made.direction)
      found[found.length - 1] = together(last, made);
    else found.push(made);
  });
  return found;
}

/** `asg: Launching a new EC2 instance: i-1` and another one. */
function together(before: Decision, { text }: Decision): Decision {
  const name = text.slice(text.lastIndexOf(': ') + 2);
  return { ...before, text: `${before.text}, ${name}` };
}

function inputsOf(detail: string): Decision['inputs'] {
  if (detail === '') return [];
  return detail.split('\n').map((line) => {
    const at = line.indexOf(': ');
    return [line.slice(0, at), line.slice(at + 2)];
  });
}

/** By the desired count before and the one that was set. */
function directionOf({ series, events, groups }: ReportData, event: number, text: string): Decision['direction'] {
  const wanted = /^Setting desired count to (\d+)/.exec(text)?.[1];
  if (wanted === undefined) return 'none';
  const own = groups[events.group[event] as number];
  const desired = series.find(({ name, dimensions }) => {
    return name === 'desiredCount' && dimensions.ServiceName === own?.name && dimensions.ClusterName === own?.cluster;
  });
  const before = desired?.points.findLast(([at]) => at < (events.atMs[event] as number))?.[1] ?? 0;
  return Number(wanted) > before ? 'out' : Number(wanted) < before ? 'in' : 'none';
}
