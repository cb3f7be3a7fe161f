/** Stretches of one offset: where the clock changes, and what it has shown before. */
import { describe, expect, it } from 'vitest';
import { BayplanError } from '../../src/errors.ts';
import { timeZone } from '../../src/schedule/time-zone.ts';
import { shownAt } from './oracle.ts';

const HOUR = 3_600_000;

function at(name: string, time: string) {
  const { toMs, offsetMs, firstLocalMs } = timeZone(name).stretchAt(Date.parse(time));
  const local = Number.isFinite(firstLocalMs) ? new Date(firstLocalMs).toISOString().slice(0, 16) : undefined;
  return { toMs, offset: offsetMs / HOUR, local };
}

describe('a time zone', () => {
  it('ends a stretch where the clock is changed', () => {
    expect(at('Europe/Berlin', '2026-03-28T12:00:00Z')).toEqual({
      toMs: Date.parse('2026-03-29T01:00:00Z'),
      offset: 1,
      local: undefined,
    });
    expect(at('America/New_York', '2026-11-01T05:59:59Z').toMs).toBe(Date.parse('2026-11-01T06:00:00Z'));
  });

  it('knows what the clock has shown before it was put back', () => {
    expect(at('Europe/Berlin', '2026-10-25T01:00:00Z')).toMatchObject({ offset: 1, local: '2026-10-25T03:00' });
    expect(at('Europe/Berlin', '2026-10-25T20:00:00Z')).toMatchObject({ offset: 1, local: '2026-10-25T03:00' });
    expect(at('Europe/Berlin', '2026-03-29T01:00:00Z')).toMatchObject({ offset: 2, local: undefined });
  });

  it('has offsets of quarters of an hour and of seconds', () => {
    expect(at('Asia/Kathmandu', '2026-01-01T00:00:00Z').offset).toBe(5.75);
    expect(at('Africa/Monrovia', '1971-06-01T00:00:00Z').offset).toBeCloseTo(-(44 * 60 + 30) / 3600, 9);
  });

  it.each(['America/Sao_Paulo', 'Africa/Casablanca', 'Pacific/Apia', 'Africa/Cairo', 'Antarctica/Troll'])(
    '%s shows what the platform shows, over the years',
    (name) => {
      const zone = timeZone(name);
      for (let utcMs = Date.UTC(2009, 11, 1); utcMs < Date.UTC(2020, 0, 1); utcMs += 7 * HOUR) {
        const { year, month, day, hour, minute } = shownAt(name, utcMs);
        expect(utcMs + zone.stretchAt(utcMs).offsetMs).toBe(Date.UTC(year, month - 1, day, hour, minute));
      }
    },
  );

  it('goes by a name that exists, in whatever case', () => {
    expect(at('europe/berlin', '2026-07-01T00:00:00Z').offset).toBe(2);
    for (const name of ['Europe/Atlantis', '', '+02:00', 'UTC+2']) {
      expect(() => timeZone(name, 'Timezone')).toThrow(BayplanError);
      expect(() => timeZone(name, 'Timezone')).toThrow(/^Timezone /);
    }
  });
});
