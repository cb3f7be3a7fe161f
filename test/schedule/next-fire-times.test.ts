/** When schedules fire: examples with dates, time zones, windows, and expressions that never do. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BayplanError, type FireOptions, nextFireTimes } from '../../src/scaling/index.ts';
import { FIRINGS, type Firing, REFUSED } from './vectors.ts';

const RECORDED = new URL('../../../shared/vectors/schedule-expressions.json', import.meta.url);

/** ISO times without milliseconds. */
function fires(expression: string, after: string | number, count: number, options: FireOptions = {}): string[] {
  return nextFireTimes(expression, after, count, options).map((ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`);
}

function refusalOf(expression: string, options: FireOptions = {}): BayplanError | undefined {
  try {
    nextFireTimes(expression, 0, 1, options);
    return undefined;
  } catch (error) {
    if (error instanceof BayplanError) return error;
    throw error;
  }
}

describe('an expression fires', () => {
  it.each(FIRINGS)('$expression after $after', ({ expression, after, next }) => {
    expect(fires(expression, after, next.length)).toEqual(next);
  });

  it('strictly after the given time, also given in milliseconds', () => {
    expect(fires('cron(0 10 * * ? *)', '2026-01-05T10:00:00Z', 1)).toEqual(['2026-01-06T10:00:00Z']);
    expect(fires('cron(0 10 * * ? *)', Date.UTC(2026, 0, 5, 10) - 1, 1)).toEqual(['2026-01-05T10:00:00Z']);
    expect(fires('cron(0 10 * * ? *)', '2026-01-05T11:59:59.999+02:00', 1)).toEqual(['2026-01-05T10:00:00Z']);
  });

  it('every minute of every hour of a leap day', () => {
    const times = nextFireTimes('cron(* * 29 2 ? *)', '2026-01-01', 1440);
    expect(times[0]).toBe(Date.UTC(2028, 1, 29));
    expect(times[1439]).toBe(Date.UTC(2028, 1, 29, 23, 59));
  });
});

describe('at', () => {
  it('fires once, on its minute: seconds are not honoured', () => {
    expect(fires('at(2026-03-01T09:30:45)', 0, 5)).toEqual(['2026-03-01T09:30:00Z']);
    expect(fires('at(2026-03-01T09:30:00)', '2026-03-01T09:30:00Z', 5)).toEqual([]);
  });

  it('means the wall clock of the zone', () => {
    expect(fires('at(2026-07-01T09:00:00)', 0, 5, { timezone: 'America/New_York' })).toEqual(['2026-07-01T13:00:00Z']);
    expect(fires('at(2026-01-01T09:00:00)', 0, 5, { timezone: 'Asia/Kolkata' })).toEqual(['2026-01-01T03:30:00Z']);
  });

  it('does not fire at a time that daylight saving skips', () => {
    expect(fires('at(2026-03-29T02:30:00)', 0, 5, { timezone: 'Europe/Berlin' })).toEqual([]);
  });
});

describe('rate', () => {
  it('counts from the given time', () => {
    expect(fires('rate(5 minutes)', '2026-01-05T00:01:00Z', 2)).toEqual([
      '2026-01-05T00:06:00Z',
      '2026-01-05T00:11:00Z',
    ]);
    expect(fires('rate(1 day)', '2026-01-05T00:01:00Z', 1)).toEqual(['2026-01-06T00:01:00Z']);
  });

  it('counts from its start when it has one, and fires there', () => {
    const options = { startTime: '2026-01-05T00:00:30Z' };
    expect(fires('rate(1 hour)', '2026-01-01', 2, options)).toEqual(['2026-01-05T00:00:30Z', '2026-01-05T01:00:30Z']);
    expect(fires('rate(1 hour)', '2026-01-05T07:15:00Z', 1, options)).toEqual(['2026-01-05T08:00:30Z']);
  });

  it('ends with its end', () => {
    const options = { startTime: '2026-01-05T00:00:00Z', endTime: '2026-01-05T02:00:00Z' };
    expect(fires('rate(1 hour)', '2026-01-01', 9, options)).toHaveLength(3);
    expect(fires('rate(1 hour)', '2026-01-05T02:00:00Z', 9, options)).toEqual([]);
  });
});

describe('daylight saving', () => {
  const berlin = { timezone: 'Europe/Berlin' };

  it('skips a local time that does not exist', () => {
    expect(fires('cron(30 2 * * ? *)', '2026-03-27T12:00:00Z', 3, berlin)).toEqual([
      '2026-03-28T01:30:00Z',
      '2026-03-30T00:30:00Z',
      '2026-03-31T00:30:00Z',
    ]);
  });

  it('runs a repeated local time once, the first time', () => {
    expect(fires('cron(30 2 * * ? *)', '2026-10-24T12:00:00Z', 2, berlin)).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-26T01:30:00Z',
    ]);
    expect(fires('cron(0/30 1-3 25 10 ? 2026)', 0, 9, berlin)).toEqual([
      '2026-10-24T23:00:00Z',
      '2026-10-24T23:30:00Z',
      '2026-10-25T00:00:00Z',
      '2026-10-25T00:30:00Z',
      '2026-10-25T02:00:00Z',
      '2026-10-25T02:30:00Z',
    ]);
  });

  it('does so also when asked during the repetition', () => {
    expect(fires('cron(30 2 * * ? *)', '2026-10-25T01:05:00Z', 1, berlin)).toEqual(['2026-10-26T01:30:00Z']);
  });

  it('follows zones of half an hour, changes at midnight and lost days', () => {
    expect(fires('cron(45 1 5 4 ? 2026)', 0, 2, { timezone: 'Australia/Lord_Howe' })).toEqual(['2026-04-04T14:45:00Z']);
    expect(fires('cron(0 0 4 11 ? 2018)', 0, 2, { timezone: 'America/Sao_Paulo' })).toEqual([]);
    expect(fires('cron(0 12 29-31 12 ? 2011)', 0, 3, { timezone: 'Pacific/Apia' })).toEqual([
      '2011-12-29T22:00:00Z',
      '2011-12-30T22:00:00Z',
    ]);
  });
});

describe('a recurrence', () => {
  it('has Sunday as 0 and 7, and a step that ends on Saturday', () => {
    const sunday = ['2026-01-11T00:00:00Z', '2026-01-18T00:00:00Z'];
    expect(fires('0 0 * * 0', '2026-01-05', 2)).toEqual(sunday);
    expect(fires('0 0 * * 7', '2026-01-05', 2)).toEqual(sunday);
    expect(fires('0 0 * * 3/2', '2026-01-05', 3)).toEqual([
      '2026-01-07T00:00:00Z',
      '2026-01-09T00:00:00Z',
      '2026-01-14T00:00:00Z',
    ]);
  });
});

describe('what never fires', () => {
  it.each(['cron(0 0 30 2 ? *)', 'cron(0 0 31 4,6,9,11 ? *)', 'cron(0 0 1 1 ? 1970-2025)', '0 0 31 2 *'])(
    '%s comes back empty',
    (expression) => {
      expect(fires(expression, '2026-01-01', 3)).toEqual([]);
    },
  );

  it('a time that its zone skips in every year comes back empty', () => {
    expect(fires('cron(30 2 ? 3 1L *)', '2026-01-01', 3, { timezone: 'Europe/Berlin' })).toEqual([]);
  });

  it('ends with the year 2199', () => {
    expect(fires('cron(0 0 1 1 ? *)', '2197-06-01', 9)).toEqual(['2198-01-01T00:00:00Z', '2199-01-01T00:00:00Z']);
  });

  it('nothing is asked for', () => {
    expect(fires('rate(1 minute)', 0, 0)).toEqual([]);
  });
});

describe('a window', () => {
  it('holds its two ends', () => {
    const options = { startTime: '2026-01-05T10:00:00Z', endTime: '2026-01-07T10:00:00Z' };
    expect(fires('cron(0 10 * * ? *)', 0, 9, options)).toEqual([
      '2026-01-05T10:00:00Z',
      '2026-01-06T10:00:00Z',
      '2026-01-07T10:00:00Z',
    ]);
  });

  it('that ends before it starts is empty', () => {
    expect(fires('rate(1 minute)', 0, 9, { startTime: '2026-01-02', endTime: '2026-01-01' })).toEqual([]);
  });
});

describe('a refusal', () => {
  it.each(REFUSED)('of $expression names column $column', ({ expression, code, column }) => {
    const error = refusalOf(expression);
    expect([error?.code, error?.facts.column]).toEqual([code, column]);
    expect(error?.facts.expression).toBe(expression);
    expect(error?.message).toContain(`column ${column}`);
    expect(error?.facts.expected?.length).toBeGreaterThan(0);
  });

  it('of a day field that is * is lifted by laxCron, of two that are set is not', () => {
    expect(fires('cron(30 6 * * 2 *)', '2024-01-01T07:00:00Z', 1, { laxCron: true })).toEqual(['2024-01-08T06:30:00Z']);
    expect(fires('cron(0 10 * * * *)', '2024-01-01T00:00:00Z', 1, { laxCron: true })).toEqual(['2024-01-01T10:00:00Z']);
    expect(fires('cron(0 10 5 * * *)', '2024-01-01T00:00:00Z', 1, { laxCron: true })).toEqual(['2024-01-05T10:00:00Z']);
    expect(refusalOf('cron(0 10 1 * MON *)', { laxCron: true })?.code).toBe('SCHEDULE_DAYS');
  });

  it('names a zone and a time that do not exist', () => {
    expect(refusalOf('rate(1 minute)', { timezone: 'Mars/Olympus' })?.code).toBe('TIME_ZONE');
    expect(refusalOf('rate(1 minute)', { timezone: '+01:00' })?.code).toBe('TIME_ZONE');
    expect(refusalOf('rate(1 minute)', { startTime: 'soon' })?.facts.path).toBe('startTime');
    expect(refusalOf('rate(1 minute)', { endTime: '2026-02-30' })?.facts.path).toBe('endTime');
  });
});

const hasRecorded = existsSync(RECORDED);
if (!hasRecorded) console.log('skipped: schedule vectors: ../shared/vectors is not beside this clone');

interface Verdict {
  readonly expr: string;
  readonly valid: boolean;
}

describe.skipIf(!hasRecorded)('the vectors', () => {
  const { cases, rate, invalid } = hasRecorded
    ? (JSON.parse(readFileSync(RECORDED, 'utf8')) as { cases: Firing[]; rate: Verdict[]; invalid: Verdict[] })
    : { cases: [], rate: [], invalid: [] };

  it.each(cases)('$expression', ({ expression, after, next }) => {
    expect(fires(expression, after, next.length)).toEqual(next);
  });

  it.each([...rate, ...invalid])('$expr', ({ expr, valid }) => {
    expect(refusalOf(expr) === undefined).toBe(valid);
  });
});

describe('what is no question is refused, naming it', () => {
  const ask = nextFireTimes as (...given: unknown[]) => number[];
  it.each([
    ['expression', [null, 0, 1]],
    ['expression', [5, 0, 1]],
    ['count', ['rate(1 hour)', 0, Number.NaN]],
    ['count', ['rate(1 hour)', 0, -1]],
    ['count', ['rate(1 hour)', 0, 1.5]],
    ['count', ['rate(1 hour)', 0, '3']],
    ['count', ['rate(1 hour)', 0, Number.POSITIVE_INFINITY]],
    ['count', ['rate(1 hour)', 0]],
    ['options', ['rate(1 hour)', 0, 1, 5]],
    ['options.timeZone', ['cron(0 8 * * ? *)', 0, 1, { timeZone: 'Europe/Berlin' }]],
  ])('%s of %j', (path, given) => {
    let refusal: unknown;
    try {
      ask(...given);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(BayplanError);
    expect((refusal as BayplanError).facts.path).toBe(path);
  });
});
