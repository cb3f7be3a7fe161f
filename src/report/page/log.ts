/** The event log: filters above, and only the rows in sight below, however many there are. Click goes to that moment. */
import type { ReportData } from '../data.ts';
import type { Cursor } from './cursor.ts';
import { type Descriptions, kindName } from './describe.ts';
import { element, select } from './dom.ts';
import { type Filter, filterEvents, nearestAtOrBefore } from './filter.ts';
import { clock, count, plural } from './format.ts';
import { groupColour } from './theme.ts';

const ROW_HEIGHT = 50;
/** Browsers cut elements that are taller than some millions of pixels. */
const MOST_HEIGHT = 6_000_000;
const SPARE_ROWS = 4;

export interface EventLog {
  readonly root: HTMLElement;
  resize(): void;
}

export function makeLog(
  data: ReportData,
  cursor: Cursor,
  descriptions: Descriptions,
  chosen: (event: number) => void,
): EventLog {
  const filter: Filter = { text: '', group: -1, type: '' };
  let shown = filterEvents(data, descriptions, filter);
  const tally = element('p', { class: 'tally', role: 'status' });
  const rows = element('ol', { class: 'rows' });
  const scroller = element('div', { class: 'scroller', tabindex: '0', 'aria-label': 'Events' }, rows);

  const height = (): number => Math.min(MOST_HEIGHT, shown.length * ROW_HEIGHT);
  /** Rows scrolled past: exact until the height is cut, then in proportion. */
  const firstRow = (): number => {
    const room = Math.max(1, height() - scroller.clientHeight);
    const hidden = Math.max(0, shown.length - scroller.clientHeight / ROW_HEIGHT);
    return height() < MOST_HEIGHT ? scroller.scrollTop / ROW_HEIGHT : (scroller.scrollTop / room) * hidden;
  };
  const paint = (): void => {
    const top = firstRow();
    const first = Math.max(0, Math.floor(top) - SPARE_ROWS);
    const last = Math.min(shown.length, Math.ceil(top + scroller.clientHeight / ROW_HEIGHT) + SPARE_ROWS);
    const current = nearestAtOrBefore(shown, cursor.event);
    const made: HTMLElement[] = [];
    for (let k = first; k < last; k++) {
      const row = makeRow(data, descriptions, shown[k] as number, k === current);
      row.style.transform = `translateY(${scroller.scrollTop + (k - top) * ROW_HEIGHT}px)`;
      made.push(row);
    }
    rows.replaceChildren(...made);
  };
  /** Keeps the current event in sight, a third from the top when it has to scroll. */
  const follow = (): void => {
    const current = nearestAtOrBefore(shown, cursor.event);
    const visible = scroller.clientHeight / ROW_HEIGHT;
    const top = firstRow();
    if (current >= 0 && (current < top || current > top + visible - 1)) {
      const wanted = Math.max(0, current - visible / 3);
      const hidden = Math.max(1, shown.length - visible);
      scroller.scrollTop =
        height() < MOST_HEIGHT ? wanted * ROW_HEIGHT : (wanted / hidden) * (height() - scroller.clientHeight);
    }
    if (current < 0) scroller.scrollTop = 0;
    paint();
  };
  const refill = (): void => {
    shown = filterEvents(data, descriptions, filter);
    rows.style.height = `${height()}px`;
    const all = data.events.atMs.length;
    tally.textContent =
      shown.length === all ? plural(all, 'event') : `${count(shown.length)} of ${plural(all, 'event')}`;
    follow();
  };
  scroller.addEventListener('scroll', paint, { passive: true });
  rows.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('button');
    if (button) chosen(Number(button.dataset.event));
  });
  cursor.listen(follow);
  const controls = makeFilters(data, filter, refill);
  const empty = element('p', { class: 'empty' }, 'Nothing happened in this simulation.');
  const body = data.events.atMs.length === 0 ? [empty] : [controls, tally, scroller];
  return { root: element('div', { class: 'log' }, ...body), resize: refill };
}

function makeFilters(data: ReportData, filter: Filter, changed: () => void): HTMLElement {
  const text = element('input', { type: 'search', placeholder: 'Search events', 'aria-label': 'Search events' });
  const services = select('Service', [
    ['-1', 'All services'],
    ...data.groups.map(({ name }, k): [string, string] => [String(k), name]),
  ]);
  const types = [...new Set(data.events.type)].map((type) => data.strings[type] ?? '');
  const kinds = select('Type of event', [
    ['', 'All types'],
    ['!', 'Problems only'],
    ...types.map((type): [string, string] => [type, kindName(type)]),
  ]);
  text.addEventListener('input', () => {
    filter.text = text.value;
    changed();
  });
  services.addEventListener('change', () => {
    filter.group = Number(services.value);
    changed();
  });
  kinds.addEventListener('change', () => {
    filter.type = kinds.value;
    changed();
  });
  return element('div', { class: 'filters' }, text, services, kinds);
}

function makeRow(data: ReportData, descriptions: Descriptions, event: number, isCurrent: boolean): HTMLElement {
  const group = data.events.group[event] as number;
  const service = descriptions.service(event);
  const isBad = descriptions.isBad(event);
  const sentence = descriptions.sentence(event);
  const swatch = element('span', { class: 'swatch' });
  if (group >= 0) swatch.style.background = groupColour(group);
  const head = element(
    'span',
    { class: 'head' },
    element('time', {}, clock(data.events.atMs[event] as number)),
    element('span', { class: isBad ? 'kind bad' : 'kind' }, kindName(descriptions.type(event))),
    service === '' ? undefined : element('span', { class: 'service' }, swatch, service),
  );
  const button = element(
    'button',
    { type: 'button', 'data-event': String(event), title: sentence, 'aria-current': isCurrent ? 'true' : undefined },
    head,
    element('span', { class: 'sentence' }, sentence),
  );
  return element('li', {}, button);
}
