/** The chart is well-formed, says where it comes from, and puts its labels apart. */
import { describe, expect, it } from 'vitest';
import { decades, drawChart, linesOf, spreadLabels } from '../../bench/chart.ts';
import { report, row } from './rows.ts';

/** Elements that are not closed in order, quotes or brackets left open: enough for what the chart is made of. */
function faults(svg: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  for (const [whole, closing, name, selfClosing] of svg.matchAll(
    /<(\/?)([a-z]+)(?:\s+[a-zA-Z0-9:-]+="[^"<>]*")*\s*(\/?)>/g,
  )) {
    if (closing === '/') {
      if (open.pop() !== name) found.push(whole);
    } else if (selfClosing !== '/') open.push(name as string);
  }
  const text = svg.replaceAll(/<\/?[a-z][^<>]*>/g, '').replaceAll(/&(amp|lt|gt);/g, '');
  return [...found, ...open, ...(/[<>&]/.test(text) ? ['stray character'] : [])];
}

const sizes = [1_000, 10_000, 100_000, 1_000_000];
const rows = sizes.map((instances, k) =>
  row({ instances, engine: { medianNs: 200 + 100 * k, p99Ns: 900, bestNs: 150 } }),
);
const svg = drawChart(report(rows));

describe('the chart', () => {
  it('is well-formed', () => {
    expect(faults(svg)).toEqual([]);
    expect(faults('<svg><g></svg>')).not.toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('says machine, Node, seed and command, escaped', () => {
    expect(svg).toContain('2 x &lt;CPU&gt; &amp; more · Node v20.0.0 · seed 7');
    expect(svg).toContain('npm run bench');
  });

  it('labels every line that was measured, and no other', () => {
    for (const label of ['one a call', '1,000 a call', 'SIMD scan', 'typed arrays', 'JS loop, objects']) {
      expect(svg).toContain(label);
    }
    expect(svg).not.toContain('plain reference');
  });

  it('draws the same for the same report, and has colours for dark pages', () => {
    expect(drawChart(report(rows))).toBe(svg);
    expect(svg).toContain('prefers-color-scheme: dark');
  });

  it('can draw a single size', () => {
    expect(faults(drawChart(report([row()])))).toEqual([]);
  });

  it('refuses a report without its row', () => {
    expect(() => drawChart(report([row({ workload: 'A' })]))).toThrow(/mixed70/);
  });
});

describe('its parts', () => {
  it('sorts the points of a line by size', () => {
    const lines = linesOf([row({ instances: 10_000 }), row({ instances: 100 })]);
    expect(lines.find(({ style }) => style === 'typed')?.points).toEqual([
      [100, 500_000],
      [10_000, 500_000],
    ]);
  });

  it('has axes from power to power of ten', () => {
    expect(decades([1_000, 1_000_000])).toEqual([1_000, 10_000, 100_000, 1_000_000]);
    expect(decades([99, 101])).toEqual([10, 100, 1_000]);
    expect(decades([1_000])).toEqual([1_000, 10_000]);
  });

  it('keeps labels apart and above the axis', () => {
    expect(spreadLabels([10, 12, 50], 20, 100)).toEqual([10, 30, 50]);
    expect(spreadLabels([80, 90, 95], 20, 100)).toEqual([60, 80, 100]);
  });
});
