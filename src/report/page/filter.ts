/** Which events the log shows. Pure. */
import type { ReportData } from '../data.ts';
import { type Descriptions, kindName } from './describe.ts';

export interface Filter {
  /** Every word must stand in the event's sentence, service, type or ARN; case does not matter. */
  text: string;
  /** Index into `groups`, -1 for all. */
  group: number;
  /** A type of event, empty for all, `!` for those that went wrong. */
  type: string;
}

/** Events in order, as indices. */
export function filterEvents(data: ReportData, descriptions: Descriptions, { text, group, type }: Filter): number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const wantedType = data.strings.indexOf(type);
  const shown: number[] = [];
  for (let event = 0; event < data.events.atMs.length; event++) {
    if (group >= 0 && data.events.group[event] !== group) continue;
    if (type === '!' && data.events.bad[event] !== 1) continue;
    if (type !== '' && type !== '!' && data.events.type[event] !== wantedType) continue;
    if (words.length > 0 && !hasAll(words, searched(data, descriptions, event))) continue;
    shown.push(event);
  }
  return shown;
}

function searched(data: ReportData, descriptions: Descriptions, event: number): string {
  const type = descriptions.type(event);
  const detail = data.strings[data.events.detail[event] as number] ?? '';
  const names = [descriptions.sentence(event), descriptions.service(event), kindName(type), type];
  return [...names, descriptions.identity(event), detail].join(' ').toLowerCase();
}

function hasAll(words: readonly string[], text: string): boolean {
  return words.every((word) => text.includes(word));
}

/** Place in `shown` of the last event at or before one, -1 when all are later. */
export function nearestAtOrBefore(shown: readonly number[], event: number): number {
  let low = 0;
  let high = shown.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((shown[middle] as number) <= event) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
