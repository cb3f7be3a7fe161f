/** The event bus: what happened in the run, and PutEvents. Events wait for the next round, in which rules look at them. */
import { type Fields, fields, list, optionalList, optionalText, refuse, text } from '../../model/read.ts';
import type { ApiCall } from '../commands.ts';
import { isoTime } from '../describe/iso-time.ts';
import type { EventJson } from '../rule-state.ts';
import type { ClusterState } from '../state.ts';

/** EventBridge API, PutEvents. */
const MOST_ENTRIES = 10;
const invalid = 'ValidationException';

/** What nobody listens to is not kept. */
export function publish(state: ClusterState, json: EventJson, busName = 'default'): void {
  if (state.rules.size > 0) state.busEvents.push({ busName, json });
}

function detailOf(value: unknown, path: string): unknown {
  if (typeof value !== 'string') return fields(value, path);
  try {
    return fields(JSON.parse(value), path);
  } catch {
    return refuse('EVENT_DETAIL', `${path} must be a JSON object.`, { path, value }, 'ValidationException');
  }
}

export function eventId(kind: number, number: number): string {
  return `00000000-0000-4000-8${kind.toString(16).padStart(3, '0')}-${number.toString(16).padStart(12, '0')}`;
}

function entryOf(state: ClusterState, given: Fields, path: string): { busName: string; json: EventJson } {
  const { account, region } = state.context;
  const busName = optionalText(given.EventBusName, `${path}.EventBusName`) ?? 'default';
  const source = text(given.Source, `${path}.Source`);
  const detailType = text(given.DetailType, `${path}.DetailType`);
  const detail = detailOf(given.Detail, `${path}.Detail`);
  const resources = optionalList(given.Resources, `${path}.Resources`).map((one, k) =>
    text(one, `${path}.Resources[${k}]`),
  );
  const time = isoTime(state, state.nowMs);
  const id = eventId(1, ++state.counters.events);
  return {
    busName,
    json: { version: '0', id, 'detail-type': detailType, source, account, time, region, resources, detail },
  };
}

/**
 * Also of AWS's own sources, which EventBridge would refuse: so an event of a service that is not simulated comes in.
 * @throws ValidationException
 */
export function putEvents(state: ClusterState, { input, path = '' }: ApiCall): void {
  const entries = list(input.Entries, `${path}.Entries`);
  if (entries.length === 0 || entries.length > MOST_ENTRIES)
    refuse(
      'ENTRY_COUNT',
      `${path}.Entries must hold 1 to ${MOST_ENTRIES} entries.`,
      { path: `${path}.Entries`, value: entries.length, limit: MOST_ENTRIES },
      invalid,
    );
  const events = entries.map((entry, k) =>
    entryOf(state, fields(entry, `${path}.Entries[${k}]`), `${path}.Entries[${k}]`),
  );
  for (const { json, busName } of events) publish(state, json, busName);
}
