/**
 * Geometry of the bay plan: quays beside and below each other, berths in each, as large as a height allows. Pure; depends
 * on the berths of the whole simulation and the width, never on the moment shown.
 */
import type { Quay } from './berths.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface QuayLayout extends Box {
  readonly columns: number;
  /** The first berth's corner, and the steps to the next. */
  readonly firstX: number;
  readonly firstY: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly berthWidth: number;
  readonly berthHeight: number;
}

export interface PlanLayout {
  readonly quays: readonly QuayLayout[];
  readonly height: number;
  /** Whether a bay has room for its name below. */
  readonly hasNames: boolean;
}

/** Width and full height of a bay, largest first. */
const SIZES: readonly (readonly [width: number, height: number])[] = Array.from({ length: 34 }, (_, k) => {
  const width = 124 * 0.925 ** k;
  return [width, Math.max(26, width * 2.42)];
});
/** Bays become wider by up to this much to fill their line. */
const MOST_STRETCH = 1.6;
const PADDING = 12;
const HEADER = 26;
const GAP = 12;
const NAME = 18;
const LEAST_NAMED_WIDTH = 40;

/** The largest size that fits into `wantedHeight`, or the smallest there is. */
export function layOut(quays: readonly Quay[], width: number, wantedHeight: number): PlanLayout {
  let layout: PlanLayout = { quays: [], height: 0, hasNames: false };
  for (const size of SIZES) {
    layout = layOutAt(quays, width, size);
    if (layout.height <= wantedHeight) break;
  }
  return layout;
}

/** The box of one berth. */
export function berthBox(quay: QuayLayout, berth: number): Box {
  return {
    x: quay.firstX + (berth % quay.columns) * quay.stepX,
    y: quay.firstY + Math.floor(berth / quay.columns) * quay.stepY,
    width: quay.berthWidth,
    height: quay.berthHeight,
  };
}

interface Unit {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  readonly below: number;
}

function unitOf(kind: Quay['kind'], [width, height]: readonly [number, number]): Unit {
  const gap = Math.max(2, Math.round(width * 0.12));
  if (kind === 'instances') return { width, height, gap, below: width >= LEAST_NAMED_WIDTH ? NAME : 0 };
  const side = Math.max(8, Math.round(width * 0.72));
  return { width: side, height: Math.max(7, Math.round(side * 0.56)), gap: Math.max(2, Math.round(gap / 2)), below: 0 };
}

function layOutAt(quays: readonly Quay[], width: number, size: readonly [number, number]): PlanLayout {
  const placed: QuayLayout[] = [];
  let y = 0;
  for (const shelf of shelves(quays, width, size)) {
    const natural = shelf.reduce((sum, quay) => sum + naturalWidth(quay, size), GAP * (shelf.length - 1));
    const extra = Math.max(0, width - natural) / shelf.length;
    let x = 0;
    let tallest = 0;
    for (const quay of shelf) {
      const box = placeQuay(quay, size, x, y, Math.min(width, naturalWidth(quay, size) + extra));
      placed.push(box);
      x += box.width + GAP;
      tallest = Math.max(tallest, box.height);
    }
    y += tallest + GAP;
  }
  return { quays: placed, height: Math.max(0, y - GAP), hasNames: size[0] >= LEAST_NAMED_WIDTH };
}

/** Quays of one kind share a line as long as they fit whole. */
function shelves(quays: readonly Quay[], width: number, size: readonly [number, number]): Quay[][] {
  const found: Quay[][] = [];
  let room = 0;
  let last: Quay | undefined;
  for (const quay of quays) {
    const needed = naturalWidth(quay, size) + GAP;
    const isSame = last?.kind === quay.kind && last.cluster === quay.cluster;
    if (isSame && needed <= room) found.at(-1)?.push(quay);
    else {
      found.push([quay]);
      room = width + GAP;
    }
    room -= needed;
    last = quay;
  }
  return found;
}

function naturalWidth({ kind, size: count }: Quay, size: readonly [number, number]): number {
  const unit = unitOf(kind, size);
  return Math.max(1, count) * (unit.width + unit.gap) - unit.gap + 2 * PADDING;
}

function placeQuay(quay: Quay, size: readonly [number, number], x: number, y: number, width: number): QuayLayout {
  const unit = unitOf(quay.kind, size);
  const count = Math.max(1, quay.size);
  const fitting = Math.max(1, Math.floor((width - 2 * PADDING + unit.gap) / (unit.width + unit.gap)));
  const lines = Math.ceil(count / fitting);
  const columns = quay.kind === 'instances' ? Math.ceil(count / lines) : Math.min(count, fitting);
  const room = (width - 2 * PADDING + unit.gap) / columns - unit.gap;
  const berthWidth = quay.kind === 'instances' ? Math.min(unit.width * MOST_STRETCH, room) : unit.width;
  const used = columns * (berthWidth + unit.gap) - unit.gap;
  const stepY = unit.height + unit.below + unit.gap;
  return {
    x,
    y,
    width,
    height: HEADER + lines * stepY - unit.gap + PADDING,
    columns,
    firstX: x + (quay.kind === 'instances' ? (width - used) / 2 : PADDING),
    firstY: y + HEADER,
    stepX: berthWidth + unit.gap,
    stepY,
    berthWidth,
    berthHeight: unit.height,
  };
}
