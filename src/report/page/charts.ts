/** Charts over time with one shared cursor: hover shows values in all, click moves the page to that moment. */
import uPlot from 'uplot';
import type { ReportData } from '../data.ts';
import type { Cursor } from './cursor.ts';
import { element } from './dom.ts';
import { clock, plural } from './format.ts';
import { drawBands, drawMarkers } from './marks.ts';
import { type Marks, marksOf } from './marks-of.ts';
import { alignSteps, type ChartPlan, planCharts, valueAt } from './steps.ts';
import { groupColour, readTheme, type Theme, watchTheme } from './theme.ts';
import { TIME_STEPS } from './time-axis.ts';

const HEIGHT = 168;
/** More are drawn when asked for. */
const MOST_AT_FIRST = 12;

export interface Charts {
  readonly root: HTMLElement;
  resize(): void;
}

interface Chart {
  readonly root: HTMLElement;
  resize(): void;
  move(): void;
  recolour(): void;
}

export function makeCharts(data: ReportData, cursor: Cursor): Charts {
  const plans = planCharts(data);
  const columns = plans.length === 4 ? 2 : Math.min(3, Math.max(1, plans.length));
  const charts: Chart[] = [];
  const root = element('div', { class: 'charts', style: `--columns: ${columns}` });
  const colours = { theme: readTheme() };
  const add = (some: readonly ChartPlan[]): void => {
    for (const plan of some) {
      const chart = makeChart(plan, marksOf(data, plan), cursor, colours);
      charts.push(chart);
      root.append(chart.root);
    }
  };
  const resize = (): void => {
    for (const chart of charts) chart.resize();
  };
  add(plans.slice(0, MOST_AT_FIRST));
  const rest = plans.slice(MOST_AT_FIRST);
  if (rest.length > 0) {
    const more = element('button', { type: 'button', class: 'more' }, `Show ${plural(rest.length, 'more chart')}`);
    more.addEventListener('click', () => {
      more.remove();
      add(rest);
      resize();
    });
    root.append(more);
  }
  if (plans.length === 0)
    root.append(element('p', { class: 'empty' }, 'No service and no cluster left a series to draw.'));
  cursor.listen(() => {
    for (const chart of charts) chart.move();
  });
  watchTheme(() => {
    colours.theme = readTheme();
    for (const chart of charts) chart.recolour();
  });
  return { root, resize };
}

interface Line {
  readonly stroke: () => string;
  readonly width: number;
  readonly dash?: number[];
  readonly fill?: () => string;
}

function lineOf(plan: ChartPlan, k: number, colours: { theme: Theme }): Line {
  const own = groupColour(plan.group < 0 ? k : plan.group);
  switch (plan.series[k]?.name) {
    case 'desiredCount':
      return { stroke: () => colours.theme.text, width: 1.5, dash: [5, 4] };
    case 'healthyCount':
      return { stroke: () => colours.theme.good, width: 1.5 };
    case 'pendingCount':
      return { stroke: () => colours.theme.warn, width: 1.5 };
    case 'runningCount':
      return { stroke: () => own, width: 3, fill: () => `${own}26` };
    default:
      return { stroke: () => own, width: 2 };
  }
}

function makeChart(plan: ChartPlan, marks: Marks, cursor: Cursor, colours: { theme: Theme }): Chart {
  const lines = plan.series.map((_, k) => lineOf(plan, k, colours));
  const values = plan.series.map(() => element('b', {}));
  const key = element('div', { class: 'key' });
  plan.series.forEach(({ label }, k) => {
    const swatch = element('span', { class: lines[k]?.dash ? 'line dashed' : 'line' });
    swatch.style.setProperty('--colour', lines[k]?.stroke() ?? '');
    key.append(element('span', {}, swatch, label, values[k]));
  });
  const time = element('span', { class: 'at' });
  const area = element('div', { class: 'area', role: 'img' });
  const head = element('header', {}, element('h3', {}, plan.title), time, key);
  const root = element('article', { class: 'chart' }, head, area);
  area.setAttribute('aria-label', `Chart of ${plan.title}: ${plan.series.map(({ label }) => label).join(', ')}`);
  const show = (atMs: number): void => {
    time.textContent = clock(Math.round(atMs));
    plan.series.forEach(({ series }, k) => {
      const value = valueAt(series, atMs);
      const shown = value === null ? '-' : Number.isInteger(value) ? String(value) : value.toFixed(1);
      (values[k] as HTMLElement).textContent = plan.unit === 'Percent' && value !== null ? `${shown}%` : shown;
    });
  };
  const playhead = element('div', { class: 'playhead' });
  let isHovered = false;
  const options = optionsOf(plan, lines, cursor, colours, marks, (atSeconds) => {
    isHovered = atSeconds !== undefined;
    show(atSeconds === undefined ? cursor.timeMs : atSeconds * 1000);
  });
  const columns = alignSteps(
    plan.series.map(({ series }) => series),
    cursor.endMs,
  ) as uPlot.AlignedData;
  const plot = new uPlot(options, columns, area);
  plot.over.append(playhead);
  plot.over.addEventListener('click', (event) => {
    const seconds = plot.posToVal(event.clientX - plot.over.getBoundingClientRect().left, 'x');
    cursor.toTime(Math.round(seconds * 1000));
  });
  const move = (): void => {
    playhead.style.transform = `translateX(${plot.valToPos(cursor.timeMs / 1000, 'x')}px)`;
    if (!isHovered) show(cursor.timeMs);
  };
  return {
    root,
    move,
    resize() {
      plot.setSize({ width: Math.max(200, area.clientWidth), height: HEIGHT });
      move();
    },
    recolour() {
      plot.redraw(false, true);
      key.querySelectorAll('.line').forEach((swatch, k) => {
        (swatch as HTMLElement).style.setProperty('--colour', lines[k]?.stroke() ?? '');
      });
    },
  };
}

/** @param hovered told the time under the pointer in seconds, undefined when it leaves. */
function optionsOf(
  plan: ChartPlan,
  lines: readonly Line[],
  cursor: Cursor,
  colours: { theme: Theme },
  marks: Marks,
  hovered: (atSeconds: number | undefined) => void,
): uPlot.Options {
  const grid = { stroke: () => colours.theme.line, width: 1 };
  const axis = { stroke: () => colours.theme.muted, grid, ticks: { show: false }, font: '11px system-ui, sans-serif' };
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  return {
    width: 400,
    height: HEIGHT,
    padding: [8, 26, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: 'bayplan', setSeries: false },
      drag: { x: false, y: false },
      y: false,
      // They would stand at the nearest change, not under the pointer.
      points: { show: false },
    },
    scales: {
      x: { time: false, range: () => [0, Math.max(1, cursor.endMs / 1000)] },
      y: {
        range: (_, __, most) => [0, plan.unit === 'Percent' ? Math.max(100, most) : Math.max(1, Math.ceil(most * 1.1))],
      },
    },
    axes: [
      {
        ...axis,
        size: 26,
        gap: 4,
        space: 64,
        incrs: TIME_STEPS,
        values: (_, ticks) => ticks.map((tick) => clock(tick * 1000)),
      },
      {
        ...axis,
        size: 38,
        gap: 4,
        space: 30,
        incrs: [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000],
        values: (_, ticks) => ticks.map((tick) => (plan.unit === 'Percent' ? `${tick}%` : String(tick))),
      },
    ],
    series: [
      {},
      ...plan.series.map(({ label }, k) => ({ label, ...lines[k], paths: stepped, points: { show: false } })),
    ],
    hooks: {
      drawClear: [(plot: uPlot) => drawBands(plot, marks, colours.theme, cursor.endMs)],
      draw: [(plot: uPlot) => drawMarkers(plot, marks, colours.theme)],
      setCursor: [
        (plot: uPlot) => {
          const left = plot.cursor.left ?? -1;
          hovered(left < 0 ? undefined : plot.posToVal(left, 'x'));
        },
      ],
    },
  };
}
