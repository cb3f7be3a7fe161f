/** The walk over the fields of a cron expression: how far it looks, counted in months, never in time. */
import { describe, expect, it } from 'vitest';
import { type Cron, nextLocal } from '../../src/schedule/cron.ts';
import { parseSchedule } from '../../src/schedule/parse.ts';

/** The expression, and how many months were looked at to answer. */
function counted(expression: string): { cron: Cron; looks: () => number } {
  const schedule = parseSchedule(expression);
  if (schedule.kind !== 'cron') throw new Error(`${expression} is no cron expression`);
  let looks = 0;
  const { daysOf } = schedule.cron;
  const cron = {
    ...schedule.cron,
    daysOf: (year: number, month: number) => {
      looks++;
      return daysOf(year, month);
    },
  };
  return { cron, looks: () => looks };
}

function next(expression: string, from: string): { at: string | undefined; months: number } {
  const { cron, looks } = counted(expression);
  const found = nextLocal(cron, Date.parse(from));
  return { at: found === undefined ? undefined : new Date(found).toISOString().slice(0, 16), months: looks() };
}

describe('the next time', () => {
  it.each([
    ['cron(* * * * ? *)', '2026-01-05T00:00Z', '2026-01-05T00:00', 1],
    ['cron(0 9 ? * MON *)', '2026-01-05T09:01Z', '2026-01-12T09:00', 1],
    ['cron(59 23 31 12 ? *)', '2026-12-31T23:59Z', '2026-12-31T23:59', 1],
    ['cron(0 0 1 1 ? *)', '2026-01-01T00:01Z', '2027-01-01T00:00', 2],
    // A whole century is passed over in as many looks as it has years that the expression names.
    ['cron(0 0 1 1 ? 2199)', '2026-01-01T00:00Z', '2199-01-01T00:00', 1],
    ['cron(0 0 29 2 ? *)', '2096-03-01T00:00Z', '2104-02-29T00:00', 8],
  ])('%s from %s is %s, after %d months', (expression, from, at, months) => {
    expect(next(expression, from)).toEqual({ at, months });
  });

  it.each([
    ['cron(0 0 30 2 ? *)', 230],
    ['cron(0 0 31 2,4,6,9,11 ? *)', 230 * 5],
    ['cron(0 0 ? 2 1#5 2025)', 1],
  ])('%s is given up after %d months', (expression, months) => {
    expect(next(expression, '1970-01-01T00:00Z')).toEqual({ at: undefined, months });
  });

  it('keeps the rest of the day, the hour and the minute in order', () => {
    expect(next('cron(15,45 6,18 * * ? *)', '2026-01-05T06:16Z').at).toBe('2026-01-05T06:45');
    expect(next('cron(15,45 6,18 * * ? *)', '2026-01-05T06:46Z').at).toBe('2026-01-05T18:15');
    expect(next('cron(15,45 6,18 * * ? *)', '2026-01-05T07:00Z').at).toBe('2026-01-05T18:15');
    expect(next('cron(15,45 6,18 * * ? *)', '2026-01-05T18:46Z').at).toBe('2026-01-06T06:15');
    expect(next('cron(15,45 6,18 5 * ? *)', '2026-01-05T18:46Z').at).toBe('2026-02-05T06:15');
  });
});
