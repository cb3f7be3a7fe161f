/** Colours: those of the page from its style sheet, those of services from a fixed list, shades for revisions. */
import type { ReportData } from '../data.ts';

const HUES = [
  '#3d85c6',
  '#e2883a',
  '#2a9d8f',
  '#8e72cf',
  '#c4a12b',
  '#cf6a9e',
  '#6f9f45',
  '#5f7d9c',
  '#a8744f',
  '#38a3c2',
];

export interface Theme {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly card: string;
  readonly hull: string;
  readonly bay: string;
  readonly accent: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
}

/** As the style sheet has them now; read again when the scheme changes. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: read('text'),
    muted: read('muted'),
    line: read('line'),
    card: read('card'),
    hull: read('hull'),
    bay: read('bay'),
    accent: read('accent'),
    good: read('good'),
    warn: read('warn'),
    bad: read('bad'),
  };
}

/** Calls `changed` whenever the reader switches between light and dark. */
export function watchTheme(changed: () => void): void {
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
}

export function groupColour(group: number): string {
  return HUES[group % HUES.length] as string;
}

/** Towards white (above 0) or black (below 0), by that share. */
export function mix(colour: string, share: number): string {
  const channel = (at: number): string => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16);
    const mixed = share >= 0 ? value + (255 - value) * share : value * (1 + share);
    return Math.round(mixed).toString(16).padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/** How many revisions of its group are lower: the shade. By index of the definition's text. */
export function revisionOrder(data: ReportData): Map<number, number> {
  const groups = new Map<number, number>(data.tasks.map(({ group, definition }) => [definition, group]));
  const revision = (definition: number): number => Number(data.strings[definition]?.split(':').at(-1)) || 0;
  const order = new Map<number, number>();
  const seen = new Map<number, number>();
  for (const [definition, group] of [...groups].sort(([a], [b]) => revision(a) - revision(b) || a - b)) {
    order.set(definition, seen.get(group) ?? 0);
    seen.set(group, (seen.get(group) ?? 0) + 1);
  }
  return order;
}

const SHADES = [0, 0.34, -0.28];

export function revisionColour(group: number, revision: number): string {
  return mix(groupColour(group), SHADES[revision % SHADES.length] as number);
}

/** Black or white, whichever can be read on a colour. */
export function inkOn(colour: string): string {
  const channel = (at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  return channel(1) * 0.299 + channel(3) * 0.587 + channel(5) * 0.114 > 150 ? '#10202e' : '#ffffff';
}
