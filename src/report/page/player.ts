/** The bar at the bottom: slider, previous and next event, play, speed, and the keyboard for the whole page. */
import type { ReportData } from '../data.ts';
import type { Cursor } from './cursor.ts';
import type { Descriptions } from './describe.ts';
import { element, freshContext, icon, select } from './dom.ts';
import { clock, moment } from './format.ts';
import { readTheme, watchTheme } from './theme.ts';

/** At speed 1 a whole simulation takes this long to play. */
const WHOLE_PLAY_MS = 40_000;
const STRIP_HEIGHT = 22;
const LEAP = 10;
/** Half the slider's thumb: time 0 lies that far from its end. */
const THUMB = 8;

const ICONS = {
  first: 'M3 3h2v10H3zM13 3v10L6 8z',
  previous: 'M11 3v10L4 8z',
  play: 'M4 2.5v11l9.5-5.5z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  next: 'M5 3v10l7-5z',
};

export function makePlayer(
  data: ReportData,
  cursor: Cursor,
  descriptions: Descriptions,
): { root: HTMLElement; resize(): void } {
  const slider = element('input', {
    type: 'range',
    min: '0',
    max: String(cursor.endMs),
    step: '1',
    'aria-label': 'Time',
  });
  const now = element('output', { class: 'now' });
  const said = element('p', { class: 'said' });
  const strip = element('canvas', { class: 'strip', 'aria-hidden': 'true' });
  const speed = select('Speed', [
    ['0.25', '¼×'],
    ['0.5', '½×'],
    ['1', '1×'],
    ['2', '2×'],
    ['4', '4×'],
  ]);
  speed.value = '1';
  const play = button('Play', ICONS.play);
  const animation = makeAnimation(
    cursor,
    () => Number(speed.value),
    (isPlaying) => {
      play.replaceChildren(icon(isPlaying ? ICONS.pause : ICONS.play));
      play.setAttribute('aria-label', isPlaying ? 'Pause' : 'Play');
    },
  );
  const previous = button('Previous event', ICONS.previous);
  const next = button('Next event', ICONS.next);
  play.addEventListener('click', animation.toggle);
  previous.addEventListener('click', () => animation.stopFor(() => cursor.step(-1)));
  next.addEventListener('click', () => animation.stopFor(() => cursor.step(1)));
  slider.addEventListener('input', () => animation.stopFor(() => cursor.toTime(Number(slider.value))));
  document.addEventListener('keydown', (event) => onKey(event, cursor, animation));
  const tell = (): void => {
    slider.value = String(cursor.timeMs);
    slider.setAttribute(
      'aria-valuetext',
      `${clock(cursor.timeMs)}, event ${cursor.event + 1} of ${cursor.timeline.length}`,
    );
    now.textContent = clock(cursor.timeMs);
    now.title = moment(data.start, cursor.timeMs);
    said.textContent = cursor.event < 0 ? 'Before the first event' : descriptions.sentence(cursor.event);
    previous.disabled = cursor.event < 0;
    next.disabled = cursor.event >= cursor.timeline.length - 1;
  };
  cursor.listen(tell);
  const drawStrip = (): void => paintStrip(strip, data, cursor.endMs, track.clientWidth - 2 * THUMB);
  const track = element('div', { class: 'track' }, strip, slider);
  watchTheme(drawStrip);
  const isEmpty = cursor.timeline.length === 0;
  for (const control of [play, slider]) control.disabled = isEmpty;
  const end = element('span', { class: 'end' }, `/ ${clock(cursor.endMs)}`);
  const root = element(
    'div',
    { class: 'player', role: 'group', 'aria-label': 'Player' },
    element('div', { class: 'buttons' }, previous, play, next),
    element('div', { class: 'clock' }, now, end),
    track,
    speed,
    said,
  );
  return { root, resize: drawStrip };
}

function button(label: string, path: string): HTMLButtonElement {
  return element('button', { type: 'button', 'aria-label': label, title: label }, icon(path));
}

interface Animation {
  readonly toggle: () => void;
  /** Pauses, then does what the reader asked for. */
  stopFor(action: () => void): void;
}

function makeAnimation(cursor: Cursor, speed: () => number, told: (isPlaying: boolean) => void): Animation {
  let isPlaying = false;
  let last = 0;
  const set = (wanted: boolean): void => {
    if (wanted !== isPlaying) told(wanted);
    isPlaying = wanted;
  };
  const frame = (at: number): void => {
    if (!isPlaying) return;
    const passed = last === 0 ? 0 : at - last;
    last = at;
    cursor.toTime(cursor.timeMs + (passed * speed() * cursor.endMs) / WHOLE_PLAY_MS);
    if (cursor.timeMs >= cursor.endMs) set(false);
    else requestAnimationFrame(frame);
  };
  return {
    toggle() {
      if (cursor.timeline.length === 0) return;
      if (!isPlaying && cursor.timeMs >= cursor.endMs) cursor.toTime(0);
      set(!isPlaying);
      last = 0;
      if (isPlaying) requestAnimationFrame(frame);
    },
    stopFor(action) {
      set(false);
      action();
    },
  };
}

/** Arrows step through events wherever the focus is, unless something is being typed or chosen. */
function onKey(event: KeyboardEvent, cursor: Cursor, animation: Animation): void {
  const target = event.target as HTMLElement;
  const isRange = target instanceof HTMLInputElement && target.type === 'range';
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if ((target instanceof HTMLInputElement && !isRange) || target instanceof HTMLSelectElement) return;
  const steps: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => cursor.step(event.shiftKey ? -LEAP : -1),
    ArrowRight: () => cursor.step(event.shiftKey ? LEAP : 1),
    Home: () => cursor.toTime(0),
    End: () => cursor.toTime(cursor.endMs),
  };
  const step = steps[event.key];
  if (step) animation.stopFor(step);
  else if (event.key === ' ' && !(target instanceof HTMLButtonElement)) animation.toggle();
  else return;
  event.preventDefault();
}

/** How much happened when: bars of events, red where something went wrong. */
function paintStrip(canvas: HTMLCanvasElement, { events }: ReportData, endMs: number, width: number): void {
  if (width <= 0) return;
  const theme = readTheme();
  const context = freshContext(canvas, width, STRIP_HEIGHT);
  const bins = new Int32Array(Math.max(1, Math.floor(width / 3)));
  const bad = new Uint8Array(bins.length);
  events.atMs.forEach((at, event) => {
    const bin = Math.min(bins.length - 1, Math.floor((at / Math.max(1, endMs)) * bins.length));
    bins[bin] = (bins[bin] as number) + 1;
    if (events.bad[event] === 1) bad[bin] = 1;
  });
  const most = Math.log1p(bins.reduce((a, b) => Math.max(a, b), 1));
  bins.forEach((amount, bin) => {
    if (amount === 0) return;
    const height = Math.max(2, (Math.log1p(amount) / most) * STRIP_HEIGHT);
    context.fillStyle = bad[bin] === 1 ? theme.bad : theme.muted;
    context.globalAlpha = bad[bin] === 1 ? 0.9 : 0.45;
    context.fillRect((bin / bins.length) * width, STRIP_HEIGHT - height, 2, height);
  });
  context.globalAlpha = 1;
}
