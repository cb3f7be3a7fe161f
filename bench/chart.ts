/**
 * The chart: placements a second over cluster size, log-log, as one SVG with direct labels, legible on light and dark
 * pages. A pure function of a report, so it can be tested and drawn again.
 */
import type { ContenderName } from './contender.ts';
import { type Report, rate, ratioText } from './report.ts';
import type { Row } from './row.ts';

/** The row that is drawn: the most mixed of the streams. */
export const CHART_ROW = 'mixed70';

type Point = readonly [instances: number, perSecond: number];

export interface Line {
  readonly label: string;
  readonly style: string;
  readonly points: readonly Point[];
}

const WIDTH = 880;
const HEIGHT = 520;
const PLOT = { left: 84, right: 630, top: 108, bottom: 420 };
/** Between the baselines of two labels. */
const LABEL_GAP = 19;

const NAMES: readonly [ContenderName, string][] = [
  ['scan', 'SIMD scan, same core'],
  ['typed', 'JS loop, typed arrays'],
  ['objects', 'JS loop, objects'],
  ['reference', 'plain reference'],
];

export function linesOf(rows: readonly Row[]): Line[] {
  const line = (label: string, style: string, nsOf: (row: Row) => number | undefined): Line => {
    const points = rows.flatMap((row): Point[] => {
      const ns = nsOf(row);
      return ns === undefined ? [] : [[row.instances, 1e9 / ns]];
    });
    return { label, style, points: [...points].sort(([a], [b]) => a - b) };
  };
  return [
    line('Bayplan, 1,000 a call', 'batch', ({ batch }) => batch.medianNs),
    line('Bayplan, one a call', 'engine', ({ engine }) => engine.medianNs),
    ...NAMES.map(([name, label]) =>
      line(label, name, ({ baselines }) => baselines.find((one) => one.name === name)?.medianNs),
    ),
  ].filter(({ points }) => points.length > 0);
}

/** Powers of ten from the one at or below the least to the one at or above the most. */
export function decades(values: readonly number[]): number[] {
  const first = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, k) => 10 ** (first + k));
}

/** Label baselines as near to what is wished as their gap allows, in the given order from the top. */
export function spreadLabels(wished: readonly number[], gap: number, bottom: number): number[] {
  const placed: number[] = [];
  for (const y of wished) placed.push(Math.max(y, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + gap));
  for (let k = placed.length - 1, limit = bottom; k >= 0; k--, limit -= gap) {
    placed[k] = Math.min(placed[k] as number, limit);
    limit = placed[k] as number;
  }
  return placed;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const STYLE = `
    svg { font-family: ui-sans-serif, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; }
    .page { fill: #ffffff; } .title { fill: #14202b; font-size: 23px; font-weight: 650; }
    .about, .note { fill: #566573; font-size: 13px; } .note { font-size: 11px; } .tick { fill: #566573; font-size: 12px; }
    .grid { stroke: #dfe5ea; stroke-width: 1; } .gap { stroke: #9aa7b2; stroke-width: 1; stroke-dasharray: 2 4; }
    .factor { fill: #0b6bcb; font-size: 15px; font-weight: 650; }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; } .leader { stroke-width: 1; opacity: .5; }
    .dot { stroke: none; } .label { font-size: 13px; }
    .batch { stroke: #0b6bcb; color: #0b6bcb; } .engine { stroke: #0b6bcb; color: #0b6bcb; }
    .line.engine { stroke-width: 4; } .line.batch { stroke-dasharray: 7 5; } .label.engine { font-weight: 650; }
    .scan { stroke: #b4540a; color: #b4540a; } .typed { stroke: #7b3fa0; color: #7b3fa0; }
    .objects { stroke: #2f7d4f; color: #2f7d4f; } .reference { stroke: #6b7680; color: #6b7680; }
    .dot, .label { fill: currentColor; } text.label { stroke: none; }
    @media (prefers-color-scheme: dark) {
      .page { fill: #0f161d; } .title { fill: #f0f4f8; } .about, .note, .tick { fill: #9fb0bf; }
      .grid { stroke: #24313c; } .gap { stroke: #607080; } .factor { fill: #5fb2ff; }
      .batch, .engine { stroke: #5fb2ff; color: #5fb2ff; } .scan { stroke: #ffa657; color: #ffa657; }
      .typed { stroke: #cf9cf5; color: #cf9cf5; } .objects { stroke: #7fd6a3; color: #7fd6a3; }
      .reference { stroke: #a3adb7; color: #a3adb7; }
    }`;

/** Position of a value between two powers of ten. */
function scale(ticks: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log10(ticks[0] as number), Math.log10(ticks.at(-1) as number)];
  return (value) => Math.round((from + ((Math.log10(value) - low) / (high - low)) * (to - from)) * 10) / 10;
}

interface Axes {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

function axesOf(lines: readonly Line[]): Axes {
  const columns = decades(lines.flatMap(({ points }) => points.map(([instances]) => instances)));
  const rows = decades(lines.flatMap(({ points }) => points.map(([, perSecond]) => perSecond)));
  const { left, right, top, bottom } = PLOT;
  return { x: scale(columns, left, right), y: scale(rows, bottom, top), columns, rows };
}

function grid({ x, y, columns, rows }: Axes): string[] {
  const short = (value: number): string => (value >= 1e6 ? `${value / 1e6} M` : value.toLocaleString('en'));
  return [
    ...rows.map(
      (value) => `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(value)}" y2="${y(value)}"/>`,
    ),
    ...rows.map(
      (value) =>
        `<text class="tick" text-anchor="end" x="${PLOT.left - 10}" y="${y(value) + 4}">${short(value)}</text>`,
    ),
    ...columns.map(
      (value) =>
        `<text class="tick" text-anchor="middle" x="${x(value)}" y="${PLOT.bottom + 22}">${short(value)}</text>`,
    ),
    `<text class="about" text-anchor="middle" x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 44}">instances in the cluster</text>`,
  ];
}

function drawn({ x, y }: Axes, { style, points }: Line): string[] {
  const path = points.map(([instances, perSecond], k) => `${k === 0 ? 'M' : 'L'}${x(instances)} ${y(perSecond)}`);
  const radius = style === 'engine' ? 5 : 3.5;
  return [
    `<path class="line ${style}" d="${path.join(' ')}"/>`,
    ...points.map(([instances, perSecond]) => {
      return `<circle class="dot ${style}" cx="${x(instances)}" cy="${y(perSecond)}" r="${radius}"/>`;
    }),
  ];
}

/** At the end of each line, with its last rate; a leader where a label had to step aside. */
function labels({ x, y }: Axes, lines: readonly Line[]): string[] {
  const ends = lines
    .map(({ label, style, points }) => ({ label, style, end: points.at(-1) as Point }))
    .sort((a, b) => b.end[1] - a.end[1]);
  const placed = spreadLabels(
    ends.map(({ end }) => y(end[1])),
    LABEL_GAP,
    PLOT.bottom,
  );
  return ends.flatMap(({ label, style, end: [instances, perSecond] }, k) => {
    const at = placed[k] as number;
    const from = x(instances) + 7;
    return [
      `<line class="leader ${style}" x1="${from}" y1="${y(perSecond)}" x2="${PLOT.right + 12}" y2="${at}"/>`,
      `<text class="label ${style}" x="${PLOT.right + 16}" y="${at + 4}">${escaped(label)} · ${rate(1e9 / perSecond)}/s</text>`,
    ];
  });
}

/** How far the engine is ahead of the JavaScript loop, measured where the cluster is largest. */
function lead(lines: readonly Line[]): { instances: number; ahead: number; from: number; to: number } | undefined {
  const of = (style: string): Line | undefined => lines.find((line) => line.style === style);
  const [slow, fast] = [of('typed')?.points.at(-1), of('engine')?.points.at(-1)];
  if (slow === undefined || fast === undefined || slow[0] !== fast[0]) return undefined;
  return { instances: slow[0], ahead: fast[1] / slow[1], from: slow[1], to: fast[1] };
}

function gap({ x, y }: Axes, lines: readonly Line[]): string[] {
  const found = lead(lines);
  if (found === undefined) return [];
  const at = x(found.instances);
  const middle = (y(found.from) + y(found.to)) / 2;
  return [
    `<line class="gap" x1="${at}" x2="${at}" y1="${y(found.to) + 8}" y2="${y(found.from) - 8}"/>`,
    `<text class="factor" text-anchor="end" x="${at - 10}" y="${middle}">${ratioText(found.ahead)}</text>`,
  ];
}

const PLAIN_TITLE = 'Placements per second by cluster size';
/** How much less than the cluster the time must grow to be the headline. */
const REMARKABLE = 10;

function titleOf(lines: readonly Line[]): string {
  const engine = lines.find(({ style }) => style === 'engine')?.points ?? [];
  const [first, last] = [engine[0], engine.at(-1)];
  if (first === undefined || last === undefined || first[0] === last[0]) return PLAIN_TITLE;
  const [larger, slower] = [last[0] / first[0], first[1] / last[1]];
  if (slower * REMARKABLE > larger) return PLAIN_TITLE;
  return `${larger.toLocaleString('en', { maximumFractionDigits: 0 })} times the cluster, ${slower.toFixed(1)} times the time`;
}

/** @throws when the report has no measurement of the row that is drawn. */
export function drawChart({ rows, ...head }: Report): string {
  const shown = rows.filter(({ workload }) => workload === CHART_ROW);
  if (shown.length === 0) throw new Error(`The chart shows the row ${CHART_ROW}, which was not run.`);
  const lines = linesOf(shown);
  const axes = axesOf(lines);
  const about = 'One place and its releases in a cluster 70 % full: 200 services, four strategies, half with memberOf';
  const made = `${head.machine} · Node ${head.node} · seed ${head.seed} · medians, one thread · ${head.command}`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title about">`,
    `<title id="title">Bayplan: ${escaped(titleOf(lines))}</title>`,
    `<desc id="about">${escaped(`${about}. ${made}`)}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="page" width="${WIDTH}" height="${HEIGHT}" rx="10"/>`,
    `<text class="title" x="28" y="46">${escaped(titleOf(lines))}</text>`,
    `<text class="about" x="28" y="72">${escaped(about)}</text>`,
    ...grid(axes),
    ...gap(axes, lines),
    ...lines.toReversed().flatMap((line) => drawn(axes, line)),
    ...labels(axes, lines),
    `<text class="note" x="28" y="${HEIGHT - 20}">${escaped(made)}</text>`,
    '</svg>',
  ].join('\n')}\n`;
}
