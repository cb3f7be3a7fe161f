/** When each alarm of a run was in ALARM, from its events. Called by condense. Pure. */
import type { RecordedEvent } from '../simulate/result.ts';
import type { ReportAlarm } from './data.ts';

/** `AlarmLow` is how target tracking and managed scaling name the one for scale-in; others tell of their comparison. */
function isLow(name: string, reason: string): boolean {
  return /AlarmLow/.test(name) || /were less than|was less than/.test(reason);
}

export function alarmsOf(events: readonly RecordedEvent[]): ReportAlarm[] {
  const found = new Map<string, { name: string; isLow: boolean; spans: [number, number | null][] }>();
  for (const { atMs, alarm } of events) {
    if (alarm === undefined) continue;
    const { alarmName: name, stateValue, reason } = alarm;
    const known = found.get(name) ?? { name, isLow: isLow(name, ''), spans: [] };
    found.set(name, known);
    const last = known.spans.at(-1);
    if (stateValue === 'ALARM') {
      known.isLow ||= isLow(name, reason);
      known.spans.push([atMs, null]);
    } else if (last?.[1] === null) last[1] = atMs;
  }
  return [...found.values()];
}
