/** The page of a comparison: scores of variants, conditions, and their series over each other. Called by main. */
import type { ComparedVariant, Comparison, Finding, Requirement, UsedYardstick } from '../comparison-data.ts';
import type { ReportData } from '../data.ts';
import { comparisonLanes, scoresOf } from './comparison-lanes.ts';
import { Cursor } from './cursor.ts';
import { element } from './dom.ts';
import { duration, figure, plural, usd } from './format.ts';
import { type LaneContext, makeLanePlot } from './lane-plot.ts';
import { groupColour, readTheme, watchTheme } from './theme.ts';
import { Timeline } from './timeline.ts';

const MOST_NAMED = 3;
const MICRO_CENTS_PER_USD = 100_000_000;

/** A cursor needs a run: one in which nothing happens. */
function cursorOf(endMs: number): Cursor {
  const nothing = {
    events: { atMs: [], type: [], group: [], text: [], detail: [], row: [], bad: [] },
    ...{ tasks: [], instances: [], strings: [] },
    taskRows: { task: [] },
    instanceRows: { instance: [] },
    targetRows: { task: [] },
  } as unknown as ReportData;
  return new Cursor(new Timeline(nothing), endMs);
}

function titleOf(variants: readonly ComparedVariant[]): string {
  const named = variants.slice(0, MOST_NAMED).map(({ name }) => name);
  const left = variants.length - named.length;
  return `${named.join(' vs ')}${left === 0 ? '' : ` and ${left} more`}`;
}

function makeHead({ variants, requirements }: Comparison): HTMLElement {
  const failed = requirements.filter(({ holds }) => !holds).length;
  const verdict =
    requirements.length === 0
      ? []
      : [
          element(
            'div',
            { class: `verdict ${failed === 0 ? 'good' : 'bad'}` },
            element('strong', {}, failed === 0 ? 'All conditions hold' : `${plural(failed, 'condition')} failed`),
            element('span', {}, `${requirements.length - failed} of ${requirements.length} hold for every variant.`),
          ),
        ];
  return element(
    'header',
    { class: 'headline' },
    element(
      'div',
      { class: 'title' },
      element('p', { class: 'over' }, 'Bayplan comparison'),
      element('h1', {}, titleOf(variants)),
      element('p', { class: 'under' }, `${plural(variants.length, 'variant')}; changes are against the first`),
    ),
    ...verdict,
  );
}

function card(title: string, className: string, ...body: Node[]): HTMLElement {
  const heading = element('header', { class: 'heading' }, element('h2', {}, title));
  return element('section', { class: `card ${className}`, 'aria-label': title }, heading, ...body);
}

function makeScores(comparison: Comparison): HTMLElement {
  const columns = scoresOf(comparison);
  const rows = comparison.variants.map((variant, k) => {
    const swatch = element('span', { class: 'swatch' });
    swatch.style.background = groupColour(k);
    const cells = columns.map(({ name, scores }) => {
      const score = scores[k];
      const bar = element('i', { class: 'bar' });
      bar.style.width = `${(score?.share ?? 0) * 100}%`;
      bar.style.background = groupColour(k);
      return element(
        'td',
        { 'data-name': name, class: score?.isBest ? 'score best' : 'score' },
        element('span', {}, element('b', {}, score?.text ?? ''), element('small', {}, score?.change ?? '')),
        element('span', { class: 'track' }, bar),
      );
    });
    const { steady } = variant.summary;
    const state = element('span', { class: steady ? 'state good' : 'state bad' }, steady ? 'steady' : 'not steady');
    return element(
      'tr',
      {},
      element('th', { scope: 'row', title: variant.set.join('\n') }, swatch, variant.name),
      ...cells,
      element('td', { 'data-name': 'State' }, state),
    );
  });
  const names = ['Variant', ...columns.map(({ name }) => name), 'State'];
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...names.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows),
  );
}

/** What the time under target is measured by, the same for all. */
function yardstickText(yardsticks: readonly UsedYardstick[]): string {
  const metrics = yardsticks.slice(0, MOST_NAMED).map(({ service, metric, targets }) => {
    const values = targets.map(({ targetValue }) => (targetValue === null ? 'none' : figure(targetValue)));
    return `, or ${metric} of ${service} above ${values.join(', then ')}`;
  });
  const left = yardsticks.length - metrics.length;
  const rest = left === 0 ? '' : `, or ${plural(left, 'more metric')} above its target`;
  return `Under target, in every variant: fewer tasks running than desired${metrics.join('')}${rest}.`;
}

/** Costs and counts of unlike lengths are not alike. */
function lengthsText(variants: readonly ComparedVariant[]): string {
  const told = variants.map(({ name, summary }) => `${name} ${duration(summary.endedAtMs)}`);
  const isOne = new Set(variants.map(({ summary }) => summary.endedAtMs)).size < 2;
  return isOne ? '' : ` The variants do not simulate the same time: ${told.join(', ')}.`;
}

function valueText(name: string, value: number): string {
  if (name.endsWith('Ms')) return duration(value);
  if (/(^|\.)cost$/.test(name)) return usd(value);
  return /icroCents$/.test(name) ? usd(value / MICRO_CENTS_PER_USD) : figure(value);
}

function findingText({ variant, values }: Finding): string {
  const told = Object.entries(values).map(([name, value]) => `${name} is ${valueText(name, value)}`);
  return `${variant}: ${told.join(', ')}`;
}

function makeRequirement({ condition, holds, findings }: Requirement): HTMLElement {
  const failed = findings.filter((one) => !one.holds).map((one) => element('p', {}, findingText(one)));
  const state = element('span', { class: holds ? 'state good' : 'state bad' }, holds ? 'holds' : 'fails');
  return element('li', {}, state, element('code', {}, condition), ...failed);
}

/** Everything of a comparison, and what has to be told when the width changes. */
export function makeComparison(comparison: Comparison): { root: HTMLElement; resize: () => void; start: () => void } {
  const { variants, requirements } = comparison;
  const endMs = variants.reduce((most, { summary }) => Math.max(most, summary.endedAtMs), 1);
  const cursor = cursorOf(endMs);
  const colours = { theme: readTheme() };
  const context: LaneContext = { cursor, colours, colour: groupColour(0), hovered: () => {} };
  const lanes = comparisonLanes(comparison);
  const plots = lanes.map((lane, k) => makeLanePlot(lane, k === lanes.length - 1, context));
  cursor.listen(() => {
    for (const plot of plots) plot.move();
  });
  watchTheme(() => {
    colours.theme = readTheme();
    for (const plot of plots) plot.recolour();
  });
  const drawn = element(
    'div',
    { class: 'lanes' },
    element('div', { class: 'stack' }, ...plots.map(({ root }) => root)),
  );
  const conditions = element('ol', { class: 'conditions' }, ...requirements.map(makeRequirement));
  const root = element(
    'main',
    { class: 'compare' },
    makeHead(comparison),
    card(
      'Scores',
      'services-card',
      makeScores(comparison),
      element('p', { class: 'note' }, yardstickText(comparison.yardsticks) + lengthsText(comparison.variants)),
    ),
    ...(requirements.length === 0 ? [] : [card('Conditions', 'conditions-card', conditions)]),
    ...(plots.length === 0 ? [] : [card('Over time', 'scaling-card', drawn)]),
  );
  return {
    root,
    resize() {
      for (const plot of plots) plot.resize();
    },
    start: () => cursor.toTime(endMs),
  };
}
