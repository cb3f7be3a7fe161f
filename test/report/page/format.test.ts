/** Numbers and times as people read them. */
import { describe, expect, it } from 'vitest';
import { clock, count, duration, memory, moment, plural, shortId } from '../../../src/report/page/format.ts';

describe('formats', () => {
  it('tell times of the clock', () => {
    expect([0, 1500, 250_000, 3_840_000].map(clock)).toEqual(['0:00', '0:01.500', '4:10', '1:04:00']);
  });

  it('tell durations by their two largest units', () => {
    expect([0, 850, 60_000, 125_000, 3_840_000, 90_061_001].map(duration)).toEqual([
      ...['0 s', '850 ms', '1 min', '2 min 5 s', '1 h 4 min', '1 d 1 h'],
    ]);
  });

  it('group digits, choose units and plurals', () => {
    expect([0, 999, 1000, 1_234_567].map(count)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([512, 1024, 1536, 7680, 3767].map(memory)).toEqual(['512 MiB', '1 GiB', '1.5 GiB', '7.5 GiB', '3,767 MiB']);
    expect([plural(1, 'task'), plural(2, 'task')]).toEqual(['1 task', '2 tasks']);
    expect(shortId('arn:aws:ecs:us-east-1:1:task/c/0123456789abcdef')).toBe('01234567');
  });

  it('tell a moment in UTC, or nothing without a start', () => {
    expect(moment('2026-01-05T00:00:00Z', 61_000)).toBe('2026-01-05 00:01:01 UTC');
    expect(moment('', 61_000)).toBe('');
  });
});
