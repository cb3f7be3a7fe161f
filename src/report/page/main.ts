/** The report page: reads the data it stands with, puts the parts together and wires them to one cursor. Runs once when the page loads. */
import 'uplot/dist/uPlot.min.css';
import './base.css';
import './plan.css';
import './log.css';
import './charts.css';
import './services.css';
import './player.css';
import './scaling.css';
import './compare.css';
import './narrow.css';
import type { Comparison } from '../comparison-data.ts';
import type { ReportData } from '../data.ts';
import { type BayPlan, makeBayPlan, NOTHING, type Selection } from './bay-plan.ts';
import { assignBerths } from './berths.ts';
import { makeCharts } from './charts.ts';
import { makeComparison } from './compare.ts';
import { Conditions } from './condition.ts';
import { Cursor } from './cursor.ts';
import { Descriptions } from './describe.ts';
import { element, select } from './dom.ts';
import { factList, instanceFacts, taskFacts, wordsFor } from './facts.ts';
import { clock } from './format.ts';
import { makeHeadline, makeServices } from './headline.ts';
import { makeLegend } from './legend.ts';
import { makeLog } from './log.ts';
import type { Scene } from './picture.ts';
import { makePlayer } from './player.ts';
import { makeScaling, scalingKey } from './scaling.ts';
import { Timeline } from './timeline.ts';

function start(): void {
  const data = JSON.parse(document.getElementById('data')?.textContent ?? '') as ReportData | Comparison;
  if ('variants' in data) showComparison(data);
  else showRun(data);
}

function showComparison(comparison: Comparison): void {
  const { root, resize, start: begin } = makeComparison(comparison);
  document.getElementById('report')?.replaceChildren(root);
  new ResizeObserver(resize).observe(root);
  resize();
  begin();
}

function showRun(data: ReportData): void {
  const timeline = new Timeline(data);
  const conditions = new Conditions(data);
  const scene: Scene = { data, timeline, conditions, berths: assignBerths(data, timeline, conditions) };
  const cursor = new Cursor(timeline, data.summary.endedAtMs);
  const descriptions = new Descriptions(data, timeline);
  const inspector = makeInspector(scene, cursor, descriptions);
  const { plan } = inspector;
  const log = makeLog(data, cursor, descriptions, (event) => {
    cursor.toEvent(event);
    inspector.choose({ task: timeline.taskOf(event), instance: timeline.instanceOf(event) }, event);
  });
  const charts = makeCharts(data, cursor);
  const scaling = makeScaling(data, cursor);
  const player = makePlayer(data, cursor, descriptions);
  const main = element(
    'main',
    {},
    makeHeadline(data),
    element(
      'div',
      { class: 'stage' },
      section('Bay plan', 'plan-card', [plan.tally, resourceSwitch(plan, scene)], ...planParts(scene, inspector)),
      section('Events', 'log-card', [], log.root),
    ),
    ...(scaling.isEmpty
      ? []
      : [section('Scaling and cost', 'scaling-card', [scalingKey(), scaling.choice], scaling.root)]),
    section('Over time', 'charts-card', data.series.length === 0 ? [] : [chartKey()], charts.root),
    section('Services', 'services-card', [], makeServices(data)),
  );
  document.getElementById('report')?.replaceChildren(main, player.root);
  const parts = [plan, scaling, charts, player, log];
  const resize = (): void => {
    for (const part of parts) part.resize();
  };
  new ResizeObserver(resize).observe(main);
  resize();
  // It opens at the end: how it all turned out.
  cursor.toTime(cursor.endMs);
}

function section(title: string, className: string, side: readonly (Node | undefined)[], ...body: Node[]): HTMLElement {
  const heading = element('header', { class: 'heading' }, element('h2', {}, title), ...side);
  return element('section', { class: `card ${className}`, 'aria-label': title }, heading, ...body);
}

interface Inspector {
  readonly root: HTMLElement;
  readonly plan: BayPlan;
  choose(selection: Selection, event?: number): void;
}

/** The facts below the drawing, kept up to date with the moment. */
function makeInspector(scene: Scene, cursor: Cursor, descriptions: Descriptions): Inspector {
  const root = element('div', { class: 'facts' });
  let chosen = NOTHING;
  let event = -1;
  const hint = 'Select a task, an instance or an event to see its facts.';
  const tell = (): void => {
    const { task, instance } = chosen;
    const facts = task >= 0 ? taskFacts(scene, descriptions, task) : instanceFacts(scene, descriptions, instance);
    const parts: Node[] = [];
    if (event >= 0 && event === cursor.event) parts.push(...eventParts(scene, descriptions, event));
    if (facts.length > 0) parts.push(factList(facts));
    root.replaceChildren(...(parts.length > 0 ? parts : [element('p', { class: 'hint' }, hint)]));
  };
  const choose = (selection: Selection, about = -1): void => {
    chosen = selection;
    event = about;
    plan.select(selection);
    tell();
  };
  const plan = makeBayPlan(scene, cursor, (selection) => wordsFor(scene, descriptions, selection), choose);
  cursor.listen(tell);
  return { root, plan, choose };
}

function eventParts({ data, timeline }: Scene, descriptions: Descriptions, event: number): Node[] {
  const said = element(
    'p',
    { class: 'said' },
    element('b', {}, clock(timeline.atMs[event] as number)),
    descriptions.sentence(event),
  );
  const detail = data.strings[data.events.detail[event] as number];
  return detail === undefined ? [said] : [said, element('pre', { tabindex: '0' }, detail)];
}

function resourceSwitch(plan: BayPlan, { data }: Scene): HTMLElement | undefined {
  if (data.instances.length === 0) return undefined;
  const choice = select('Height of a bay', [
    ['memory', 'by memory'],
    ['cpu', 'by cpu'],
  ]);
  choice.addEventListener('change', () => plan.setResource(choice.value === 'cpu' ? 'cpu' : 'memory'));
  return choice;
}

/** The drawing with what it means and what is selected; or why there is nothing to draw. */
function planParts({ data, berths }: Scene, { plan, root }: Inspector): Node[] {
  if (berths.quays.length > 0) return [plan.root, makeLegend(data), root];
  const isIdle = data.tasks.length === 0;
  const why = isIdle ? 'No container instance is registered and no task was started.' : 'No task had a place to lie.';
  return [element('p', { class: 'empty' }, why)];
}

function chartKey(): HTMLElement {
  const entry = (className: string, name: string): HTMLElement =>
    element('span', {}, element('i', { class: className }), name);
  return element(
    'div',
    { class: 'marks' },
    entry('band', 'deployment'),
    entry('fault', 'fault'),
    entry('refused', 'refused call'),
    entry('call', 'call'),
  );
}

start();
