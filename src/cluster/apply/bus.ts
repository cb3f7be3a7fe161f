/** The event bus: what happened in the run, and PutEvents. Events wait for the next round, in which rules look at them. */
import { parseJsonText } from '../../event-pattern/number-text.ts';
import { onlyMembers } from '../../model/known-members.ts';
import { type Fields, fields, list, optionalFlag, optionalList, optionalText, refuse, text } from '../../model/read.ts';
import type { ApiCall } from '../commands.ts';
import { isoTime } from '../describe/iso-time.ts';
import type { EventJson } from '../rule-state.ts';
import type { ClusterState } from '../state.ts';
import { orRefuse } from './refusal.ts';

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
    return fields(parseJsonText(value), path);
  } catch {
    return refuse('EVENT_DETAIL', `${path} must be a JSON object.`, { path, value }, 'ValidationException');
  }
}

export function eventId(kind: number, number: number): string {
  return `00000000-0000-4000-8${kind.toString(16).padStart(3, '0')}-${number.toString(16).padStart(12, '0')}`;
}

const ENTRY = ['Source', 'DetailType', 'Detail', 'Resources', 'EventBusName'];

function entryOf(state: ClusterState, given: Fields, path: string): { busName: string; json: EventJson } {
  onlyMembers(given, path, ENTRY, ['Time', 'TraceHeader']);
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

/** Only AWS's services send from such sources (EventBridge API, PutEvents). */
const RESERVED = /^aws\./;

function checkSource(source: string, path: string): void {
  if (!RESERVED.test(source)) return;
  refuse(
    'SOURCE',
    `${path}: Not authorized for the source ${source}.`,
    { path, value: source },
    'NotAuthorizedForSourceException',
  );
}

/**
 * Ours: with `asService` the events come from an AWS service that is not simulated. An entry that is not authorized is told
 * and the others are taken, as EventBridge does it.
 * @throws ValidationException
 */
export function putEvents(state: ClusterState, { input, path = '' }: ApiCall): void {
  onlyMembers(input, path, ['Entries', 'asService'], ['EndpointId']);
  const entries = list(input.Entries, `${path}.Entries`);
  if (entries.length === 0 || entries.length > MOST_ENTRIES)
    refuse(
      'ENTRY_COUNT',
      `${path}.Entries must hold 1 to ${MOST_ENTRIES} entries.`,
      { path: `${path}.Entries`, value: entries.length, limit: MOST_ENTRIES },
      invalid,
    );
  const isService = optionalFlag(input.asService, `${path}.asService`) ?? false;
  const events = entries.map((entry, k) =>
    entryOf(state, fields(entry, `${path}.Entries[${k}]`), `${path}.Entries[${k}]`),
  );
  events.forEach(({ json, busName }, k) => {
    const at = `${path}.Entries[${k}].Source`;
    orRefuse(state, 'PutEvents', at, () => {
      if (!isService) checkSource(String(json.source), at);
      publish(state, json, busName);
    });
  });
}
