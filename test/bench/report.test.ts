/** The table and the README's part say the facts of a report, and whether the scan was ever much faster. */
import { describe, expect, it } from 'vitest';
import { withTable } from '../../bench/readme.ts';
import { adversarialSummary, printTable, rate, ratioText } from '../../bench/report.ts';
import { report, row } from './rows.ts';

const scan = (medianNs: number) => [{ ...row().baselines[0], name: 'scan' as const, medianNs }] as never;
const awkward = (workload: string, medianNs: number) =>
  row({ workload, family: 'adversarial', instances: 10_000, baselines: scan(medianNs) });

describe('figures', () => {
  it('are short', () => {
    expect([235, 3_200, 32_000, 10_500_000].map(rate)).toEqual(['4.26 M', '313 k', '31 k', '95']);
    expect([undefined, 0.42, 5.44, 54.3, 4_321.4].map(ratioText)).toEqual(['-', '0.4x', '5.4x', '54x', '4,321x']);
  });
});

describe('the table', () => {
  it('says seed, machine, Node, what a decision is and which figures are medians', () => {
    const text = printTable(report([row()]));
    expect(text).toContain('seed 7, 2 x <CPU> & more, Node v20.0.0');
    expect(text).toContain('medians over slices');
    expect(text).toContain('A decision is one place');
  });

  it('names the baselines that chose otherwise', () => {
    const baselines = row().baselines.map((one) => ({ ...one, agrees: one.name !== 'typed' }));
    expect(printTable(report([row({ baselines, agrees: false })]))).toContain('NO: typed');
    expect(printTable(report([row({ batchAgrees: false, agrees: false })]))).toContain('NO: batch');
  });

  it('says that the scan was left out where it was', () => {
    expect(printTable(report([row({ baselines: [] })]))).toContain('build/scan.wasm is not there');
    expect(printTable(report([row()]))).not.toContain('build/scan.wasm');
  });
});

describe('the adversarial rows', () => {
  it('are summed up by the worst', () => {
    expect(adversarialSummary([awkward('full', 400), awkward('huge', 160)])).toContain('worst 1.25 (huge at 10,000)');
    expect(adversarialSummary([awkward('full', 400)])).toContain('kept');
  });

  it('name what exceeds the limit', () => {
    expect(adversarialSummary([awkward('racks', 100)])).toContain('exceeded by racks at 10,000 2.00');
  });

  it('say nothing without a scan', () => {
    expect(adversarialSummary([row(), row({ family: 'adversarial', baselines: [] })])).toBeUndefined();
  });
});

describe("the README's part", () => {
  const readme = 'before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nafter\n';
  const written = withTable(readme, report([row(), row({ instances: 10_000 }), awkward('full', 400)]));

  it('stands between its marks, and nothing else changes', () => {
    expect(written).toMatch(/^before\n<!-- bench: begin -->\nMeasured on /);
    expect(written).toMatch(/<!-- bench: end -->\nafter\n$/);
    expect(written).not.toContain('old');
    expect(withTable(written, report([row({ instances: 10_000 })]))).toContain('| 10,000 |');
  });

  it('has one line a row, at 10,000 instances where there are several', () => {
    const lines = written.split('\n').filter((line) => line.startsWith('| `'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('| 10,000 | 5.00 M | 200 | 10.00 M | 2.0x | 10x | 20x | - | 900 / 700 |');
  });

  it('must be there', () => {
    expect(() => withTable('nothing', report([row()]))).toThrow(/README/);
  });
});
