/** Firing times against a walk over every minute, in several zones; and what holds for every expression. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BayplanError } from '../../src/errors.ts';
import { nextFireTimes } from '../../src/schedule/next-fire-times.ts';
import { type Drawn, EVENTBRIDGE_CRON, UNIX_CRON } from './expressions.ts';
import { minuteByMinute } from './oracle.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Africa/Casablanca',
];

/** Windows of three days; many of them around a change of the clock. */
const CHANGES = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01', '2026-02-15'];
const FROM = fc.oneof(
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -2880, max: 1440 }))
    .map(([day, minutes]) => Date.parse(day) + minutes * MINUTE),
  fc.integer({ min: 0, max: 1200 * 1440 }).map((minutes) => Date.UTC(2025, 0, 1) + minutes * MINUTE),
);

function within(text: string, timezone: string, fromMs: number, toMs: number): number[] {
  return nextFireTimes(text, fromMs - 1, 5000, { timezone, endTime: toMs - 1 });
}

function agree({ text, fires }: Drawn, timezone: string, fromMs: number): void {
  const toMs = fromMs + 3 * DAY;
  expect(within(text, timezone, fromMs, toMs)).toEqual(minuteByMinute(fires, timezone, fromMs, toMs));
}

describe('firing times', () => {
  it('of cron are those of a walk over every minute', () => {
    fc.assert(fc.property(EVENTBRIDGE_CRON, fc.constantFrom(...ZONES), FROM, agree), { numRuns: 150 });
  });

  it('of a recurrence too', () => {
    fc.assert(fc.property(UNIX_CRON, fc.constantFrom(...ZONES), FROM, agree), { numRuns: 100 });
  });

  it('around every change of the clock too', () => {
    const often = fc.constantFrom('*', '0/7', '30').map((minutes) => ({
      text: `cron(${minutes} 0-4,23 * * ? *)`,
      fires: ({ minute, hour }: { minute: number; hour: number }) =>
        (minutes === '*' || (minutes === '30' ? minute === 30 : minute % 7 === 0)) && (hour <= 4 || hour === 23),
    }));
    const near = fc.constantFrom(...CHANGES).map((day) => Date.parse(day) - DAY);
    fc.assert(fc.property(often, fc.constantFrom(...ZONES), near, agree), { numRuns: 100 });
  });

  it('asked one by one are those asked at once', () => {
    fc.assert(
      fc.property(EVENTBRIDGE_CRON, fc.constantFrom(...ZONES), FROM, ({ text }, timezone, fromMs) => {
        const once = nextFireTimes(text, fromMs, 6, { timezone });
        const single = once.map((_, k) => nextFireTimes(text, once[k - 1] ?? fromMs, 1, { timezone })[0]);
        expect(single).toEqual(once);
      }),
    );
  });
});

describe('any text', () => {
  const CHARACTERS = [...'cronateL W#?/-,*()0123456789 MONFEB', 'cron(', 'rate(', 'at(', '* * ', ' ? *)'];

  it('is read or refused with a column in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 40 }), (text) => {
        try {
          nextFireTimes(text, 0, 1);
        } catch (error) {
          if (!(error instanceof BayplanError)) throw error;
          expect(error.facts.column).toBeGreaterThanOrEqual(1);
          expect(error.facts.column).toBeLessThanOrEqual(text.length + 1);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
