/** What stands behind and above the lines of a chart: deployments as bands, faults, calls and refusals as markers. */
import type uPlot from 'uplot';
import type { DeploymentMark, EventMark, Marks } from './marks-of.ts';
import type { Theme } from './theme.ts';

/** Markers closer than this many pixels are one. */
const LEAST_DISTANCE = 3;
const SIZE = 4;

function colourOf(deployment: DeploymentMark, theme: Theme): string {
  if (deployment.rolloutState === 'FAILED') return theme.bad;
  return deployment.untilMs === null ? theme.warn : theme.accent;
}

export function drawBands(plot: uPlot, { deployments }: Marks, theme: Theme, endMs: number): void {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const one of deployments) {
    const from = plot.valToPos(one.atMs / 1000, 'x', true);
    const until = plot.valToPos((one.untilMs ?? endMs) / 1000, 'x', true);
    ctx.fillStyle = colourOf(one, theme);
    ctx.globalAlpha = 0.12;
    ctx.fillRect(from, bbox.top, Math.max(1, until - from), bbox.height);
    ctx.globalAlpha = 0.7;
    ctx.fillRect(from, bbox.top, Math.max(2, until - from), 3 * devicePixelRatio);
  }
  ctx.restore();
}

/** Those that matter most last, so that no call covers a fault. */
const KINDS: readonly EventMark['kind'][] = ['call', 'refused', 'fault'];

export function drawMarkers(plot: uPlot, { events }: Marks, theme: Theme): void {
  const { ctx } = plot;
  ctx.save();
  for (const kind of KINDS) {
    let last = Number.NEGATIVE_INFINITY;
    for (const one of events) {
      const x = plot.valToPos(one.atMs / 1000, 'x', true);
      if (one.kind !== kind || x - last < LEAST_DISTANCE) continue;
      last = x;
      drawMarker(plot, one, x, theme);
    }
  }
  ctx.restore();
}

function drawMarker({ ctx, bbox }: uPlot, one: EventMark, x: number, theme: Theme): void {
  ctx.lineWidth = devicePixelRatio;
  ctx.fillStyle = one.kind === 'fault' ? theme.bad : one.kind === 'refused' ? theme.warn : theme.muted;
  ctx.strokeStyle = ctx.fillStyle;
  ctx.globalAlpha = one.kind === 'call' ? 0.5 : 0.8;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
  drawSign(ctx, one, x, bbox.top + bbox.height, SIZE * devicePixelRatio);
}

/** A triangle for a fault, a cross for a refusal, a dot for a call, on the time axis. */
function drawSign(ctx: CanvasRenderingContext2D, { kind }: EventMark, x: number, y: number, size: number): void {
  ctx.beginPath();
  if (kind === 'fault') {
    ctx.moveTo(x - size, y);
    ctx.lineTo(x + size, y);
    ctx.lineTo(x, y - 1.8 * size);
    ctx.fill();
  } else if (kind === 'refused') {
    ctx.lineWidth *= 2;
    ctx.moveTo(x - size, y - 2 * size);
    ctx.lineTo(x + size, y);
    ctx.moveTo(x + size, y - 2 * size);
    ctx.lineTo(x - size, y);
    ctx.stroke();
    ctx.lineWidth /= 2;
  } else {
    ctx.arc(x, y - size / 2, size / 2, 0, 2 * Math.PI);
    ctx.fill();
  }
}
