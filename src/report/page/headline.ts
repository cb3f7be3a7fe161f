/** The top of the page: what was simulated, how it ended, the figures to remember; and the table of services. */
import type { ServiceSummary } from '../../simulate/result.ts';
import type { ReportData } from '../data.ts';
import { element } from './dom.ts';
import { count, duration, moment, plural } from './format.ts';
import { groupColour } from './theme.ts';

export interface Verdict {
  readonly tone: 'good' | 'warn' | 'bad' | 'none';
  readonly text: string;
  readonly why: string;
}

/** How it ended, in a word and a sentence. */
export function verdictOf({ summary }: ReportData): Verdict {
  if (summary.services.length === 0)
    return { tone: 'none', text: 'No services', why: 'Nothing was there to become steady.' };
  const unsteady = summary.services.filter(({ steady }) => !steady).map(({ service }) => service);
  const failed = summary.services.reduce((sum, one) => sum + one.failed, 0);
  const facts = [
    summary.refused > 0 ? `${plural(summary.refused, 'call')} refused` : '',
    summary.placementFailures > 0 ? plural(summary.placementFailures, 'placement failure') : '',
    failed > 0 ? `${plural(failed, 'task')} failed` : '',
  ].filter(Boolean);
  if (unsteady.length > 0) {
    const names = unsteady.length > 3 ? plural(unsteady.length, 'service') : unsteady.join(', ');
    const also = facts.length === 0 ? '' : `; ${facts.join(', ')}`;
    return { tone: 'bad', text: 'Not steady', why: `${names} did not reach a steady state${also}.` };
  }
  if (!summary.steady || facts.length > 0)
    return {
      tone: 'warn',
      text: summary.steady ? 'Steady' : 'Steady, with refusals',
      why: `On the way: ${facts.join(', ')}.`,
    };
  const all = summary.services.length === 1 ? 'The service is' : `All ${summary.services.length} services are`;
  return { tone: 'good', text: 'Steady', why: `${all} steady, nothing failed.` };
}

export function makeHeadline(data: ReportData): HTMLElement {
  const { summary } = data;
  const { tone, text, why } = verdictOf(data);
  const begins = moment(data.start, 0);
  const line = [`seed ${data.seed}`, `${duration(summary.endedAtMs)} simulated`, begins === '' ? '' : `from ${begins}`];
  const figures: readonly (readonly [value: string, name: string, isBad?: boolean])[] = [
    [`${summary.services.filter(({ steady }) => steady).length} of ${summary.services.length}`, 'services steady'],
    [count(summary.tasksStarted), 'tasks started'],
    [count(summary.tasksStopped), 'tasks stopped'],
    [count(summary.placementFailures), 'placement failures', summary.placementFailures > 0],
    [count(summary.events), 'events'],
  ];
  const tiles = figures.map(([value, name, isBad]) =>
    element('div', { class: isBad ? 'figure bad' : 'figure' }, element('dd', {}, value), element('dt', {}, name)),
  );
  return element(
    'header',
    { class: 'headline' },
    element(
      'div',
      { class: 'title' },
      element('p', { class: 'over' }, 'Bayplan simulation'),
      element('h1', {}, data.title),
      element('p', { class: 'under' }, line.filter(Boolean).join(' \u00b7 ')),
    ),
    element('div', { class: `verdict ${tone}` }, element('strong', {}, text), element('span', {}, why)),
    element('dl', { class: 'figures' }, ...tiles),
  );
}

const COLUMNS = [
  'Service',
  'Desired',
  'Running',
  'Healthy',
  'State',
  'Started',
  'Failed',
  'Below minimum',
  'Deployments',
];

export function makeServices(data: ReportData): HTMLElement {
  const { services } = data.summary;
  if (services.length === 0)
    return element('p', { class: 'empty' }, 'The scenario has no service, so no task was kept running.');
  const isMany = new Set(services.map(({ cluster }) => cluster)).size > 1;
  const rows = services.map((one, k) => makeRow(one, k, isMany));
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...COLUMNS.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows),
  );
}

function makeRow(one: ServiceSummary, group: number, hasCluster: boolean): HTMLElement {
  const swatch = element('span', { class: 'swatch' });
  swatch.style.background = groupColour(group);
  const name = hasCluster ? `${one.cluster}/${one.service}` : one.service;
  const state = element(
    'span',
    { class: one.steady ? 'state good' : 'state bad' },
    one.steady ? 'steady' : 'not steady',
  );
  const cells: readonly (string | Node)[] = [
    count(one.desiredCount),
    count(one.runningCount),
    count(one.healthyCount),
    state,
    count(one.started),
    count(one.failed),
    one.belowMinimumMs === 0 ? 'never' : duration(one.belowMinimumMs),
    deploymentWords(one),
  ];
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, swatch, name),
    ...cells.map((cell, k) => element('td', { 'data-name': COLUMNS[k + 1] }, cell)),
  );
}

function deploymentWords({ deployments, rolloutState }: ServiceSummary): string {
  const last = deployments.at(-1);
  if (!last) return rolloutState.toLowerCase();
  const took = last.elapsedMs === null ? '' : ` in ${duration(last.elapsedMs)}`;
  const state = last.rolloutState.toLowerCase().replaceAll('_', ' ');
  return deployments.length === 1 ? `${state}${took}` : `${deployments.length}, last ${state}${took}`;
}
