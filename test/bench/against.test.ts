/** An earlier report is read or refused in words, and compared row by row. */
import { describe, expect, it } from 'vitest';
import { compare, parseEarlier } from '../../bench/against.ts';
import { UsageError } from '../../bench/options.ts';
import { report, row } from './rows.ts';

describe('an earlier report', () => {
  it('is read as it was written', () => {
    const rows = parseEarlier(JSON.stringify(report([row()])), 'before.json');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ workload: 'mixed70', instances: 1_000, engine: { medianNs: 200 } });
  });

  it.each([
    ['no JSON', '{', /before\.json: not JSON/],
    ['null', 'null', /no report/],
    ['something else', '{"rows": 3}', /no report/],
    ['rows without times', '{"rows": [{"workload": "A", "instances": 1, "hash": ""}]}', /no report/],
    ['the rows of another format', '{"rows": [{"workload": "A", "timings": []}]}', /no report/],
  ])('is refused when it is %s', (_, text, message) => {
    const read = () => parseEarlier(text, 'before.json');
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });
});

describe('the comparison', () => {
  const now = row({ engine: { medianNs: 50, p99Ns: 60, bestNs: 40 }, hash: 'cafe0002' });

  it('tells how many times faster each row is', () => {
    const [, line] = compare([row()], [now]);
    expect(line?.split(/\s{2,}/)).toEqual(['mixed70', '1,000', '200', '50', '4.0x', '1.0x', 'other']);
  });

  it('shows rows that were not there before without a ratio', () => {
    const [, line] = compare([row({ instances: 10 })], [now]);
    expect(line?.split(/\s{2,}/)).toEqual(['mixed70', '1,000', '-', '-', '-', '-', '-']);
  });
});
