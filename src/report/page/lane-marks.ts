/** What stands behind and above the lines of a lane: times in ALARM, and decisions. Called by lane-plot. */
import type uPlot from 'uplot';
import type { Decision } from './decisions.ts';
import type { Band } from './lanes.ts';
import type { Theme } from './theme.ts';

const SIZE = 5;
/** Signs closer than this many pixels hide each other. */
const LEAST_DISTANCE = 2;

export function drawAlarmBands(plot: uPlot, bands: readonly Band[], theme: Theme, endMs: number): void {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const { fromMs, untilMs, isLow } of bands) {
    const from = plot.valToPos(fromMs / 1000, 'x', true);
    const until = plot.valToPos((untilMs ?? endMs) / 1000, 'x', true);
    ctx.fillStyle = isLow ? theme.accent : theme.bad;
    ctx.globalAlpha = 0.16;
    ctx.fillRect(from, bbox.top, Math.max(1, until - from), bbox.height);
    ctx.globalAlpha = 0.8;
    ctx.fillRect(from, bbox.top, Math.max(2, until - from), 2 * devicePixelRatio);
  }
  ctx.restore();
}

export function colourOf(direction: Decision['direction'], theme: Theme): string {
  return direction === 'out' ? theme.good : direction === 'in' ? theme.accent : theme.muted;
}

/** A stem over the whole lane with a triangle at its top: up for out, down for in; a ring where nothing was scaled. */
export function drawDecisions(plot: uPlot, decisions: readonly Decision[], theme: Theme): void {
  const { ctx, bbox } = plot;
  const size = SIZE * devicePixelRatio;
  const top = bbox.top + 2 * devicePixelRatio;
  let last = Number.NEGATIVE_INFINITY;
  ctx.save();
  // The last line may have been a dashed one.
  ctx.setLineDash([]);
  for (const { atMs, direction } of decisions) {
    const x = plot.valToPos(atMs / 1000, 'x', true);
    if (x - last < LEAST_DISTANCE) continue;
    last = x;
    ctx.fillStyle = colourOf(direction, theme);
    ctx.strokeStyle = ctx.fillStyle;
    ctx.lineWidth = devicePixelRatio;
    ctx.globalAlpha = direction === 'none' ? 0.35 : 0.55;
    ctx.beginPath();
    ctx.moveTo(x, top + 2 * size);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.globalAlpha = 1;
    drawSign(ctx, direction, x, top, size);
  }
  ctx.restore();
}

function drawSign(
  ctx: CanvasRenderingContext2D,
  direction: Decision['direction'],
  x: number,
  top: number,
  size: number,
): void {
  ctx.beginPath();
  if (direction === 'none') {
    ctx.arc(x, top + size, 0.6 * size, 0, 2 * Math.PI);
    ctx.stroke();
    return;
  }
  const [point, base] = direction === 'out' ? [top, top + 1.8 * size] : [top + 1.8 * size, top];
  ctx.moveTo(x, point);
  ctx.lineTo(x - size, base);
  ctx.lineTo(x + size, base);
  ctx.fill();
}
