/** One lane of the scaling card: its lines, alarm bands and decisions over the common time axis. Called by scaling. */
import uPlot from 'uplot';
import type { Cursor } from './cursor.ts';
import type { Decision } from './decisions.ts';
import { element } from './dom.ts';
import { clock, figure, usd } from './format.ts';
import { drawAlarmBands, drawDecisions } from './lane-marks.ts';
import type { Lane, LaneLine, LineStyle } from './lanes.ts';
import { alignSteps, valueAt } from './steps.ts';
import type { Theme } from './theme.ts';
import { TIME_STEPS } from './time-axis.ts';

const HEIGHT = 92;
const AXIS = 26;

export interface LanePlot {
  readonly root: HTMLElement;
  readonly lane: Lane;
  resize(): void;
  /** The cursor of the page has moved. */
  move(): void;
  recolour(): void;
  destroy(): void;
}

export interface Hovered {
  /** Under the pointer. */
  readonly seconds: number;
  readonly secondsPerPixel: number;
  readonly lane: HTMLElement;
}

export interface LaneContext {
  readonly cursor: Cursor;
  readonly colours: { theme: Theme };
  /** Of the service or cluster. */
  readonly colour: string;
  /** Undefined when the pointer leaves. */
  hovered(at: Hovered | undefined): void;
}

interface Look {
  readonly stroke: () => string;
  readonly width: number;
  readonly dash?: number[];
  readonly fill?: () => string;
}

function lookOf({ style, colour: own }: LaneLine, { colour: common, colours }: LaneContext): Look {
  const colour = own ?? common;
  const looks: Readonly<Record<LineStyle, Look>> = {
    area: { stroke: () => colour, width: 2, fill: () => `${colour}2e` },
    main: { stroke: () => colour, width: 2 },
    dashed: { stroke: () => colours.theme.text, width: 1.5, dash: [6, 4] },
    dotted: { stroke: () => colours.theme.muted, width: 1, dash: [2, 3] },
    second: { stroke: () => colours.theme.warn, width: 1.5 },
    third: { stroke: () => colours.theme.good, width: 1.5 },
  };
  return looks[style];
}

function valueText(value: number | null, unit: Lane['unit']): string {
  if (value === null) return '-';
  if (unit === 'USD') return usd(value);
  return unit === 'Percent' ? `${figure(value)}%` : figure(value);
}

/** Dollars on the axis: as short as they can be. */
function tickText(tick: number, unit: Lane['unit']): string {
  if (unit === 'USD') return `$${Number(tick.toPrecision(3))}`;
  if (unit === 'Percent') return `${tick}%`;
  return tick >= 10_000 ? `${tick / 1000}k` : String(Number(tick.toPrecision(6)));
}

function makeKey(
  lane: Lane,
  looks: readonly Look[],
): { root: HTMLElement; show: (atMs: number) => void; recolour: () => void } {
  const entries = lane.lines.map((line, k) => {
    const swatch = element('span', { class: looks[k]?.dash ? 'line dashed' : 'line' });
    const value = element('b', {});
    return { line, swatch, value, root: element('li', {}, swatch, line.label, value) };
  });
  const recolour = (): void => {
    entries.forEach(({ swatch }, k) => {
      swatch.style.setProperty('--colour', looks[k]?.stroke() ?? '');
    });
  };
  recolour();
  return {
    root: element('ul', { class: 'key' }, ...entries.map(({ root }) => root)),
    show(atMs) {
      for (const { line, value } of entries) value.textContent = valueText(valueAt(line, atMs), lane.unit);
    },
    recolour,
  };
}

/** Room above the highest value for the signs of decisions. */
function most(lines: readonly LaneLine[], hasSigns: boolean): number {
  const highest = lines.reduce(
    (sum, { points }) => points.reduce((one, [, value]) => Math.max(one, value ?? 0), sum),
    0,
  );
  return (highest === 0 ? 1 : highest) * (hasSigns ? 1.35 : 1.12);
}

/** @param show told the time whose values the key has. */
function optionsOf(
  lane: Lane,
  looks: readonly Look[],
  isLast: boolean,
  context: LaneContext,
  show: (atMs: number) => void,
): uPlot.Options {
  const { cursor, colours } = context;
  const endSeconds = Math.max(1, cursor.endMs / 1000);
  const grid = { stroke: () => colours.theme.line, width: 1 };
  const axis = { stroke: () => colours.theme.muted, grid, ticks: { show: false }, font: '11px system-ui, sans-serif' };
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const hover = (plot: uPlot): void => {
    const left = plot.cursor.left ?? -1;
    const secondsPerPixel = endSeconds / Math.max(1, plot.over.clientWidth);
    show(left < 0 ? cursor.timeMs : plot.posToVal(left, 'x') * 1000);
    // Charts move their pointers together: one tells.
    if (plot.over.matches(':hover') || left < 0)
      context.hovered(
        left < 0
          ? undefined
          : { seconds: plot.posToVal(left, 'x'), secondsPerPixel, lane: plot.root.closest('.lane') as HTMLElement },
      );
  };
  return {
    width: 400,
    height: HEIGHT + (isLast ? AXIS : 0),
    padding: [6, 26, isLast ? 0 : 4, 0],
    legend: { show: false },
    cursor: {
      sync: { key: 'bayplan', setSeries: false },
      drag: { x: false, y: false },
      y: false,
      points: { show: false },
    },
    scales: {
      x: { time: false, range: () => [0, endSeconds] },
      y: { range: () => [0, most(lane.lines, lane.decisions.length > 0)] },
    },
    axes: [
      {
        ...axis,
        size: isLast ? AXIS : 0,
        gap: 4,
        space: 64,
        incrs: TIME_STEPS,
        values: (_, ticks) => ticks.map((tick) => (isLast ? clock(tick * 1000) : '')),
      },
      { ...axis, size: 48, gap: 4, space: 28, values: (_, ticks) => ticks.map((tick) => tickText(tick, lane.unit)) },
    ],
    series: [
      {},
      ...lane.lines.map(({ label }, k) => ({ label, ...looks[k], paths: stepped, points: { show: false } })),
    ],
    hooks: {
      drawClear: [(plot: uPlot) => drawAlarmBands(plot, lane.bands, colours.theme, cursor.endMs)],
      draw: [(plot: uPlot) => drawDecisions(plot, lane.decisions, colours.theme)],
      setCursor: [hover],
    },
  };
}

export function makeLanePlot(lane: Lane, isLast: boolean, context: LaneContext): LanePlot {
  const { cursor } = context;
  const looks = lane.lines.map((line) => lookOf(line, context));
  const key = makeKey(lane, looks);
  const area = element('div', { class: 'area', role: 'img', 'aria-label': describe(lane) });
  const root = element(
    'div',
    { class: 'lane' },
    element('div', { class: 'about' }, element('h3', {}, lane.title), key.root),
    area,
  );
  const playhead = element('div', { class: 'playhead' });
  const plot = new uPlot(
    optionsOf(lane, looks, isLast, context, key.show),
    alignSteps(lane.lines, cursor.endMs) as uPlot.AlignedData,
    area,
  );
  plot.over.append(playhead);
  plot.over.addEventListener('click', (event) => {
    const seconds = plot.posToVal(event.clientX - plot.over.getBoundingClientRect().left, 'x');
    cursor.toTime(Math.round(seconds * 1000));
  });
  const move = (): void => {
    playhead.style.transform = `translateX(${plot.valToPos(cursor.timeMs / 1000, 'x')}px)`;
    key.show(cursor.timeMs);
  };
  return {
    root,
    lane,
    move,
    resize() {
      plot.setSize({ width: Math.max(160, area.clientWidth), height: HEIGHT + (isLast ? AXIS : 0) });
      move();
    },
    recolour() {
      key.recolour();
      plot.redraw(false, true);
    },
    destroy: () => plot.destroy(),
  };
}

/** For those who cannot see it. */
function describe({ title, lines, decisions }: Lane): string {
  const names = lines.map(({ label }) => label).join(', ');
  return `${title} over time: ${names}${decisions.length === 0 ? '' : `; ${decisions.length} decisions`}`;
}

/** Those of the nearest moment that is within so many milliseconds of a time. */
export function decisionsNear(decisions: readonly Decision[], atMs: number, withinMs: number): Decision[] {
  const away = ({ atMs: own }: Decision): number => Math.abs(own - atMs);
  const least = decisions.reduce((one, decision) => Math.min(one, away(decision)), withinMs);
  const nearest = decisions.find((one) => away(one) <= least);
  return nearest === undefined ? [] : decisions.filter((one) => one.atMs === nearest.atMs);
}
