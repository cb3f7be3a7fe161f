/** The bay plan on the page: the canvas, what is under the pointer, what is selected, and its words for those who cannot see it. */

import type { Cursor } from './cursor.ts';
import { element, freshContext } from './dom.ts';
import { drawPlan } from './draw.ts';
import { clock, count, plural } from './format.ts';
import { layOut, type PlanLayout } from './layout.ts';
import { hit, largestCapacity, type Picture, pictureOf, type Resource, type Scene } from './picture.ts';
import { readTheme, revisionOrder, watchTheme } from './theme.ts';

export interface Selection {
  readonly task: number;
  readonly instance: number;
}

export const NOTHING: Selection = { task: -1, instance: -1 };

export interface BayPlan {
  readonly root: HTMLElement;
  select(selection: Selection): void;
  setResource(resource: Resource): void;
  /** What there is at this moment, in words. */
  readonly tally: HTMLElement;
  /** Draws anew for the width it has. */
  resize(): void;
}

const WANTED_HEIGHT = 420;
const LEAST_WIDTH = 240;

/** @param words what the tooltip says about a task or an instance. */
export function makeBayPlan(
  scene: Scene,
  cursor: Cursor,
  words: (selection: Selection) => string,
  chosen: (selection: Selection) => void,
): BayPlan {
  const canvas = element('canvas', { role: 'img', id: 'plan', tabindex: '0' });
  const tip = element('div', { class: 'tip', role: 'tooltip', hidden: '' });
  const root = element('div', { class: 'plan' }, canvas, tip);
  const tally = element('p', { class: 'moment' });
  const revisions = revisionOrder(scene.data);
  let theme = readTheme();
  let resource: Resource = 'memory';
  let largest = largestCapacity(scene.data, resource);
  let layout: PlanLayout = layOut([], LEAST_WIDTH, WANTED_HEIGHT);
  let width = 0;
  let picture = pictureOf(scene, layout, resource, largest);
  let selection = NOTHING;
  let isAsked = false;

  const draw = (): void => {
    isAsked = false;
    picture = pictureOf(scene, layout, resource, largest);
    const context = freshContext(canvas, width, layout.height);
    const chosenOnes = { selectedTask: selection.task, selectedInstance: selection.instance };
    drawPlan({ context, scene, layout, picture, theme, revisions, ...chosenOnes });
    tally.textContent = countsOf(picture);
    canvas.setAttribute('aria-label', `Bay plan at ${clock(cursor.timeMs)}: ${inWords(scene, picture)}`);
  };
  const ask = (): void => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(draw);
  };
  const resize = (): void => {
    width = Math.max(LEAST_WIDTH, Math.floor(root.clientWidth));
    layout = layOut(scene.berths.quays, width, WANTED_HEIGHT);
    draw();
  };
  const under = (event: MouseEvent): Selection => {
    const box = canvas.getBoundingClientRect();
    return hit(picture, event.clientX - box.left, event.clientY - box.top);
  };
  canvas.addEventListener('click', (event) => chosen(under(event)));
  canvas.addEventListener('mousemove', (event) => showTip(tip, root, event, words(under(event))));
  canvas.addEventListener('mouseleave', () => {
    tip.hidden = true;
  });
  cursor.listen(ask);
  watchTheme(() => {
    theme = readTheme();
    ask();
  });
  return {
    root,
    tally,
    resize,
    select(wanted) {
      selection = wanted;
      ask();
    },
    setResource(wanted) {
      resource = wanted;
      largest = largestCapacity(scene.data, resource);
      ask();
    },
  };
}

function showTip(tip: HTMLElement, root: HTMLElement, event: MouseEvent, text: string): void {
  tip.hidden = text === '';
  if (text === '') return;
  tip.textContent = text;
  const box = root.getBoundingClientRect();
  const left = Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4);
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${event.clientY - box.top + root.scrollTop + 16}px`;
}

/** `16 running, 1 starting`: only what there is. */
function countsOf({ running, starting, stopping, unhealthy }: Picture): string {
  const parts = Object.entries({ running, starting, stopping, unhealthy }).filter(([, amount]) => amount > 0);
  return parts.length === 0 ? 'no tasks' : parts.map(([name, amount]) => `${count(amount)} ${name}`).join(', ');
}

function inWords({ data }: Scene, picture: Picture): string {
  const bays = data.instances.length === 0 ? '' : `${plural(picture.bays.length, 'container instance')}; `;
  return `${bays}tasks: ${countsOf(picture)}`;
}
