/** Geometry: everything inside, nothing on top of another, as large as there is room for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quay } from '../../../src/report/page/berths.ts';
import { type Box, berthBox, layOut } from '../../../src/report/page/layout.ts';

const quay = (size: number, kind: Quay['kind'] = 'instances', cluster = 'c'): Quay => ({
  cluster,
  zone: 'z',
  kind,
  size,
});

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width - 0.01 &&
  b.x < a.x + a.width - 0.01 &&
  a.y < b.y + b.height - 0.01 &&
  b.y < a.y + a.height - 0.01;

const contains = (a: Box, b: Box): boolean =>
  b.x >= a.x - 0.01 &&
  b.y >= a.y - 0.01 &&
  b.x + b.width <= a.x + a.width + 0.01 &&
  b.y + b.height <= a.y + a.height + 0.01;

const collisions = (boxes: readonly Box[]): Box[] =>
  boxes.filter((a, k) => boxes.slice(k + 1).some((b) => overlap(a, b)));

const quays = fc.array(
  fc.record({
    cluster: fc.constantFrom('a', 'b'),
    zone: fc.constant('z'),
    kind: fc.constantFrom<Quay['kind']>('instances', 'fargate', 'waiting'),
    size: fc.integer({ min: 0, max: 60 }),
  }),
  { maxLength: 7 },
);

describe('the layout', () => {
  it('puts every berth into its quay and every quay into the width, none over another', () => {
    fc.assert(
      fc.property(quays, fc.integer({ min: 240, max: 1600 }), (given, width) => {
        const layout = layOut(given, width, 420);
        const whole = { x: 0, y: 0, width, height: layout.height };
        expect(layout.quays.filter((box) => !contains(whole, box))).toEqual([]);
        expect(collisions(layout.quays)).toEqual([]);
        layout.quays.forEach((box, k) => {
          const berths = Array.from({ length: given[k]?.size ?? 0 }, (_, berth) => berthBox(box, berth));
          expect(berths.filter((berth) => !contains(box, berth))).toEqual([]);
          expect(collisions(berths)).toEqual([]);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('gives few instances large bays with names and many instances small ones', () => {
    const few = layOut([quay(2), quay(2), quay(2)], 930, 420);
    const many = layOut([quay(167), quay(167), quay(166)], 930, 420);
    expect(few.hasNames).toBe(true);
    expect(few.quays[0]?.berthWidth).toBeGreaterThan(100);
    expect(many.hasNames).toBe(false);
    expect(many.height).toBeLessThanOrEqual(420);
    expect(new Set(few.quays.map(({ y }) => y)).size).toBe(1);
  });

  it('exceeds the wanted height only when there is no smaller size', () => {
    expect(layOut([quay(4000)], 300, 420).height).toBeGreaterThan(420);
    expect(layOut([], 300, 420)).toEqual({ quays: [], height: 0, hasNames: true });
  });

  it('starts a new line for another kind and another cluster', () => {
    const { quays: boxes } = layOut([quay(1), quay(1, 'instances', 'd'), quay(1, 'fargate', 'd')], 900, 900);
    expect(new Set(boxes.map(({ y }) => y)).size).toBe(3);
  });
});
