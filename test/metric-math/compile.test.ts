/** Metric math: values, missing datapoints, and what cannot be read. */
import { describe, expect, it } from 'vitest';
import { BayplanError } from '../../src/errors.ts';
import { compileMath } from '../../src/metric-math/compile.ts';
import type { MetricQuery } from '../../src/model/metric.ts';

const metric = (id: string): MetricQuery => ({
  id,
  stat: { key: { namespace: 'N', metricName: id, dimensions: {} }, statistic: 'Average' },
  returnsData: false,
});
const expression = (text: string, id = 'e1', returnsData = true): MetricQuery => ({
  id,
  expression: text,
  returnsData,
});

const evaluate = (text: string, m1 = 6, m2 = 4): number =>
  compileMath([metric('m1'), metric('m2'), expression(text)])([m1, m2]);

describe('an expression', () => {
  it.each([
    ['m1 / m2', 1.5],
    ['m1 + m2 * 2', 14],
    ['(m1 + m2) * 2', 20],
    ['m1 - m2 - 1', 1],
    ['-m1 + 10', 4],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['1.5e2 / 3', 50],
    ['IF(m1 > m2, m1, m2)', 6],
    ['IF(m1 < m2, 1, 2)', 2],
    ['IF(m1 >= 6 && m2 != 4 || 0 == 0, 1, 2)', 1],
    ['MAX(m1, m2, 9)', 9],
    ['MIN(METRICS())', 4],
    ['AVG(METRICS())', 5],
    ['SUM(METRICS())', 10],
    ['CEIL(m1 / m2)', 2],
    ['FLOOR(m1 / m2)', 1],
    ['ABS(m2 - m1)', 2],
    ['FILL(m1, 0)', 6],
  ])('%s is %d', (text, value) => {
    expect(evaluate(text)).toBe(value);
  });

  it('is worked out once, however often others name it', () => {
    const doubled = Array.from({ length: 60 }, (_, k) =>
      expression(k === 0 ? 'm1 + m1' : `e${k} + e${k}`, `e${k + 1}`, k === 59),
    );
    expect(compileMath([metric('m1'), ...doubled])([1])).toBe(2 ** 60);
  });

  it('may name other expressions', () => {
    const queries = [metric('m1'), expression('m1 * 2', 'half', false), expression('half + 1')];
    expect(compileMath(queries)([3])).toBe(7);
  });
});

describe('missing data', () => {
  it.each([
    ['m1 / 0', Number.NaN],
    ['m1 / (m2 - 4)', Number.NaN],
    ['0 / 0', Number.NaN],
  ])('is division by zero: %s', (text, value) => {
    expect(evaluate(text)).toBe(value);
  });

  it('makes sums missing, and is left out of aggregates', () => {
    expect(evaluate('m1 + m2', Number.NaN)).toBeNaN();
    expect(evaluate('SUM(METRICS())', Number.NaN)).toBe(4);
    expect(evaluate('MAX(m1)', Number.NaN)).toBeNaN();
    expect(evaluate('IF(m1 > 0, 1, 2)', Number.NaN)).toBeNaN();
  });

  it('is what CloudWatch cannot hold: beyond 2^360, endless', () => {
    expect(evaluate('m1 * 1e108')).toBeNaN();
    expect(evaluate('m1 * 1e107')).toBe(6 * 1e107);
    expect(evaluate('-m1 ^ 999')).toBeNaN();
  });

  it('is filled with a value, another expression, or the last one', () => {
    expect(evaluate('FILL(m1, 7)', Number.NaN)).toBe(7);
    expect(evaluate('FILL(m1, m2)', Number.NaN)).toBe(4);
    const repeat = compileMath([metric('m1'), expression('FILL(m1, REPEAT)')]);
    expect([Number.NaN, 3, Number.NaN, 5].map((value) => repeat([value]))).toEqual([Number.NaN, 3, 3, 5]);
  });
});

describe('what cannot be read is refused with its column', () => {
  it.each([
    ['m1 /', 5],
    ['m1 m2', 4],
    ['(m1', 4],
    ['m1 $ 2', 4],
    ['m3 + 1', 1],
    ['RATE(m1)', 1],
    ['constructor(m1)', 1],
    ['toString()', 1],
    ['IF(m1)', 1],
    ['MAX(m1 m2)', 8],
    ['', 1],
  ])('%s', (text, column) => {
    try {
      evaluate(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(BayplanError);
      expect(error).toMatchObject({ name: 'ValidationException', code: 'METRIC_MATH', facts: { column } });
    }
  });

  it('too deep a nest, and expressions that go round', () => {
    expect(() => evaluate('('.repeat(500))).toThrow('nested too deeply');
    const round = [expression('b + 1', 'a'), expression('a + 1', 'b', false)];
    expect(() => compileMath(round)).toThrow('a -> b -> a go round');
  });
});
