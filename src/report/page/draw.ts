/** Draws one picture of the bay plan on a canvas. Called by bay-plan.ts for every moment shown; reads, never decides. */
import type { ReportData } from '../data.ts';
import type { Quay } from './berths.ts';
import { percent, plural } from './format.ts';
import { berthBox, type PlanLayout, type QuayLayout } from './layout.ts';
import type { Bay, Container, Picture, Scene } from './picture.ts';
import { inkOn, revisionColour, type Theme } from './theme.ts';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

export interface Drawing {
  readonly context: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly layout: PlanLayout;
  readonly picture: Picture;
  readonly theme: Theme;
  /** By index of the definition's text. */
  readonly revisions: ReadonlyMap<number, number>;
  readonly selectedTask: number;
  readonly selectedInstance: number;
}

export function drawPlan(drawing: Drawing): void {
  const { scene, layout, picture, context, theme } = drawing;
  layout.quays.forEach((quay, k) => {
    drawQuay(drawing, quay, scene.berths.quays[k] as Quay, picture.quayTasks[k] as number);
  });
  for (const bay of picture.bays) drawBay(drawing, bay);
  context.fillStyle = theme.line;
  for (const box of picture.ballast) context.fillRect(box.x + 1, box.y, box.width - 2, box.height);
  const patterns = { hatch: hatch(context), dots: dots(context) };
  for (const container of picture.containers) drawContainer(drawing, container, patterns);
}

export function quayName(quay: Quay, clusters: number): string {
  const where = clusters > 1 ? `${quay.cluster} / ` : '';
  if (quay.kind === 'waiting') return `${where}waiting for a place`;
  const zone = quay.zone || 'no zone';
  return `${where}${zone}${quay.kind === 'fargate' ? ' on Fargate' : ''}`;
}

function drawQuay({ context, theme, scene }: Drawing, box: QuayLayout, quay: Quay, tasks: number): void {
  context.fillStyle = theme.hull;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 10);
  context.fill();
  context.textBaseline = 'middle';
  context.font = `600 12px ${FONT}`;
  context.fillStyle = theme.text;
  context.textAlign = 'left';
  const clusters = new Set(scene.berths.quays.map(({ cluster }) => cluster)).size;
  const name = quayName(quay, clusters);
  const room = box.width - 24;
  const side = plural(tasks, 'task');
  context.fillText(name, box.x + 12, box.y + 14, room);
  const used = context.measureText(name).width;
  context.font = `12px ${FONT}`;
  if (used + context.measureText(side).width + 10 < room) {
    context.textAlign = 'right';
    context.fillStyle = theme.muted;
    context.fillText(side, box.x + box.width - 12, box.y + 14);
  }
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  for (let berth = 0; berth < quay.size; berth++) {
    const { x, y, width, height } = berthBox(box, berth);
    context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  }
  context.setLineDash([]);
}

function drawBay({ context, theme, scene, layout, selectedInstance }: Drawing, bay: Bay): void {
  const { conditions, data } = scene;
  const isConnected = conditions.isConnected(bay.row);
  context.fillStyle = theme.bay;
  context.fillRect(bay.x, bay.y, bay.width, bay.height);
  const isSelected = selectedInstance === bay.instance;
  context.strokeStyle = isSelected
    ? theme.text
    : !isConnected
      ? theme.bad
      : conditions.isActive(bay.row)
        ? theme.muted
        : theme.warn;
  context.lineWidth = isSelected ? 3 : conditions.isActive(bay.row) && isConnected ? 1 : 2;
  if (!conditions.isActive(bay.row)) context.setLineDash([5, 3]);
  const out = context.lineWidth / 2;
  context.strokeRect(bay.x - out, bay.y - out, bay.width + 2 * out, bay.height + 2 * out);
  context.setLineDash([]);
  if (!layout.hasNames) return;
  const one = data.instances[bay.instance];
  const name = (one?.ec2InstanceId || one?.arn || '').slice(-5);
  const middle = bay.y + bay.height + 10;
  context.font = `11px ${FONT}`;
  context.fillStyle = theme.muted;
  context.textAlign = 'left';
  context.fillText(name, bay.x, middle, bay.width);
  context.textAlign = 'right';
  const reserved = percent(bay.reserved);
  if (context.measureText(name).width + context.measureText(reserved).width + 6 < bay.width)
    context.fillText(reserved, bay.x + bay.width, middle);
}

interface Patterns {
  readonly hatch: CanvasPattern | null;
  readonly dots: CanvasPattern | null;
}

function drawContainer(drawing: Drawing, container: Container, patterns: Patterns): void {
  const { context, scene, theme, revisions, selectedTask } = drawing;
  const one = scene.data.tasks[container.task] as ReportData['tasks'][number];
  const revision = revisions.get(one.definition) ?? 0;
  const colour = revisionColour(one.group, revision);
  const phase = scene.conditions.phase(container.row);
  if ((scene.data.taskRows.instance[container.row] as number) < 0) {
    context.fillStyle = theme.hull;
    context.fillRect(container.x - 1, container.y - 1, container.width + 2, container.height + 2);
  }
  const gap = container.height > 6 ? 1 : 0.5;
  const [x, y] = [container.x + gap, container.y + gap];
  const [width, height] = [container.width - 2 * gap, Math.max(1, container.height - 2 * gap)];
  const radius = Math.min(3, height / 3);
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.globalAlpha = phase === 'stopping' ? 0.32 : phase === 'starting' ? 0.45 : 1;
  context.fillStyle = colour;
  context.fill();
  if (revision % 2 === 1 && patterns.dots && height > 8) fillWith(context, patterns.dots);
  context.globalAlpha = 1;
  if (phase === 'starting' && patterns.hatch) fillWith(context, patterns.hatch);
  if (phase !== 'running') {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.stroke();
  }
  if (container.isUnhealthy) {
    context.strokeStyle = theme.bad;
    context.lineWidth = Math.min(3, Math.max(1.5, height / 6));
    context.stroke();
  }
  if (selectedTask === container.task) {
    context.strokeStyle = theme.text;
    context.lineWidth = 3;
    context.stroke();
  }
  const ink = phase === 'running' ? inkOn(colour) : undefined;
  if (height >= 13 && width >= 26) labelContainer(drawing, container, one, ink);
}

function fillWith(context: CanvasRenderingContext2D, pattern: CanvasPattern): void {
  context.fillStyle = pattern;
  context.fill();
}

function labelContainer(
  { context, scene, theme }: Drawing,
  { x, y, width, height, isUnhealthy }: Container,
  one: ReportData['tasks'][number],
  ink: string | undefined,
): void {
  const definition = scene.data.strings[one.definition] ?? '';
  const revision = definition.slice(definition.lastIndexOf(':'));
  context.font = `${height >= 18 ? 11 : 10}px ${FONT}`;
  const isSolid = ink !== undefined;
  context.fillStyle = ink ?? theme.text;
  context.textAlign = 'left';
  const middle = y + height / 2 + 0.5;
  const room = width - 10 - (isUnhealthy ? 12 : 0);
  const fits = context.measureText(definition).width <= room;
  const shown = fits ? definition : revision;
  if (!isSolid) {
    context.strokeStyle = theme.bay;
    context.lineWidth = 3;
    context.strokeText(shown, x + 5, middle, room);
  }
  context.fillText(shown, x + 5, middle, room);
  if (!isUnhealthy) return;
  context.font = `700 12px ${FONT}`;
  context.textAlign = 'right';
  context.fillStyle = theme.bad;
  context.beginPath();
  context.arc(x + width - 9, middle, 6, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#ffffff';
  context.textAlign = 'center';
  context.fillText('!', x + width - 9, middle + 0.5);
}

function tile(size: number, draw: (context: CanvasRenderingContext2D) => void): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  draw(canvas.getContext('2d') as CanvasRenderingContext2D);
  return canvas;
}

/** Diagonals for tasks that are starting. */
export function hatch(context: CanvasRenderingContext2D): CanvasPattern | null {
  const image = tile(8, (small) => {
    small.strokeStyle = 'rgba(255,255,255,0.75)';
    small.lineWidth = 2;
    for (const shift of [-8, 0, 8]) {
      small.beginPath();
      small.moveTo(shift - 1, 9);
      small.lineTo(shift + 9, -1);
      small.stroke();
    }
  });
  return context.createPattern(image, 'repeat');
}

/** Dots for every second revision. */
export function dots(context: CanvasRenderingContext2D): CanvasPattern | null {
  const image = tile(6, (small) => {
    small.fillStyle = 'rgba(0,0,0,0.22)';
    small.fillRect(1, 1, 2, 2);
    small.fillRect(4, 4, 2, 2);
  });
  return context.createPattern(image, 'repeat');
}
