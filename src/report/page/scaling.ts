/**
 * Load, metrics, tasks, instances, reservation and cost above each other on one time axis; each decision with its inputs
 * under the pointer. Called by main.
 */
import type { ReportData } from '../data.ts';
import type { Cursor } from './cursor.ts';
import type { Decision } from './decisions.ts';
import { element, select } from './dom.ts';
import { clock } from './format.ts';
import { colourOf } from './lane-marks.ts';
import { decisionsNear, type Hovered, type LaneContext, type LanePlot, makeLanePlot } from './lane-plot.ts';
import { type Lane, planLanes, type Subject, subjectsOf } from './lanes.ts';
import { groupColour, readTheme, type Theme, watchTheme } from './theme.ts';

/** A pointer this near means the decision, a finger too. */
const NEAR_PIXELS = 9;
const MOST_TOLD = 4;

export interface Scaling {
  readonly root: HTMLElement;
  /** Which service; undefined when there is one only. */
  readonly choice: HTMLElement | undefined;
  readonly isEmpty: boolean;
  resize(): void;
}

/** The first one that something was decided for. */
function firstOf(data: ReportData, subjects: readonly Subject[]): number {
  const found = subjects.findIndex((one) =>
    planLanes(data, one).some((lane) => lane.title === 'Tasks' && lane.decisions.length > 0),
  );
  return Math.max(0, found);
}

function nameOf({ cluster, service }: Subject, subjects: readonly Subject[]): string {
  const hasClusters = new Set(subjects.map((one) => one.cluster)).size > 1;
  if (service === '') return cluster;
  return hasClusters ? `${cluster}/${service}` : service;
}

export function makeScaling(data: ReportData, cursor: Cursor): Scaling {
  const subjects = subjectsOf(data);
  const colours = { theme: readTheme() };
  const stack = element('div', { class: 'stack' });
  const tip = makeTip(colours);
  const root = element('div', { class: 'lanes' }, stack, tip.root);
  let plots: LanePlot[] = [];
  const show = (index: number): void => {
    for (const plot of plots) plot.destroy();
    const subject = subjects[index];
    const lanes = subject === undefined ? [] : planLanes(data, subject);
    const context: LaneContext = {
      cursor,
      colours,
      colour: groupColour(index),
      hovered: (at) => tip.show(lanes, at),
    };
    plots = lanes.map((lane, k) => makeLanePlot(lane, k === lanes.length - 1, context));
    stack.replaceChildren(...plots.map((plot) => plot.root));
    for (const plot of plots) plot.resize();
  };
  const first = firstOf(data, subjects);
  show(first);
  const choice = select(
    'Service over time',
    subjects.map((one, k): [string, string] => [String(k), nameOf(one, subjects)]),
  );
  choice.value = String(first);
  choice.addEventListener('change', () => show(Number(choice.value)));
  root.addEventListener('pointerleave', () => tip.hide());
  cursor.listen(() => {
    for (const plot of plots) plot.move();
  });
  watchTheme(() => {
    colours.theme = readTheme();
    for (const plot of plots) plot.recolour();
  });
  return {
    root,
    choice: subjects.length > 1 ? choice : undefined,
    isEmpty: plots.length === 0,
    resize() {
      for (const plot of plots) plot.resize();
    },
  };
}

interface Tip {
  readonly root: HTMLElement;
  show(lanes: readonly Lane[], at: Hovered | undefined): void;
  hide(): void;
}

function makeTip(colours: { theme: Theme }): Tip {
  const root = element('div', { class: 'decision', role: 'status' });
  root.hidden = true;
  let shown = '';
  const hide = (): void => {
    root.hidden = true;
    shown = '';
  };
  return {
    root,
    hide,
    show(lanes, at) {
      if (at === undefined) return hide();
      const all = lanes.flatMap(({ decisions }) => decisions);
      const near = decisionsNear(all, at.seconds * 1000, NEAR_PIXELS * at.secondsPerPixel * 1000);
      if (near.length === 0) return hide();
      const key = near.map(({ event }) => event).join(' ');
      if (key !== shown) root.replaceChildren(...tellAll(near, colours.theme));
      shown = key;
      root.hidden = false;
      place(root, at.lane, (near[0] as Decision).atMs / 1000 / at.secondsPerPixel);
    },
  };
}

/** Below the lane that is pointed at, or above it where there is no room; beside the decision. */
function place(tip: HTMLElement, lane: HTMLElement, pixels: number): void {
  const box = tip.parentElement as HTMLElement;
  const over = lane.querySelector('.u-over') as HTMLElement;
  const left = over.getBoundingClientRect().left - box.getBoundingClientRect().left + pixels;
  const isRight = left + tip.offsetWidth + 16 <= box.clientWidth;
  const wanted = isRight ? left + 12 : left - tip.offsetWidth - 12;
  const below = lane.offsetTop + lane.offsetHeight + 4;
  const isBelow = below + tip.offsetHeight <= box.clientHeight;
  tip.style.left = `${Math.max(0, Math.min(box.clientWidth - tip.offsetWidth, wanted))}px`;
  tip.style.top = `${isBelow ? below : Math.max(0, lane.offsetTop - tip.offsetHeight - 4)}px`;
}

function tellAll(decisions: readonly Decision[], theme: Theme): HTMLElement[] {
  const told = decisions.slice(0, MOST_TOLD).map((one) => tell(one, theme));
  const left = decisions.length - told.length;
  return left === 0 ? told : [...told, element('p', { class: 'left' }, `and ${left} more here`)];
}

function tell({ atMs, direction, text, inputs }: Decision, theme: Theme): HTMLElement {
  const sign = element('i', { class: `sign ${direction}` });
  sign.style.color = colourOf(direction, theme);
  const rows = inputs.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]);
  return element(
    'div',
    { class: 'told' },
    element('p', {}, sign, element('span', { class: 'when' }, clock(atMs)), text),
    ...(rows.length === 0 ? [] : [element('dl', {}, ...rows)]),
  );
}

/** What the signs of the card mean. */
export function scalingKey(): HTMLElement {
  const entry = (className: string, name: string): HTMLElement =>
    element('span', {}, element('i', { class: className }), name);
  return element(
    'div',
    { class: 'marks' },
    entry('sign out', 'scaled out'),
    entry('sign in', 'scaled in'),
    entry('sign none', 'not scaled'),
    entry('alarm', 'alarm'),
    entry('alarm low', 'low alarm'),
  );
}
