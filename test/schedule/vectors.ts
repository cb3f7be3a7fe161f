/** Firing times and refusals that AWS's own examples imply; also read from `../shared` where a clone has it. */

export interface Firing {
  readonly expression: string;
  readonly after: string;
  readonly next: readonly string[];
}

export const FIRINGS: readonly Firing[] = [
  {
    expression: 'cron(0 10 * * ? *)',
    after: '2024-02-28T09:00:00Z',
    next: ['2024-02-28T10:00:00Z', '2024-02-29T10:00:00Z', '2024-03-01T10:00:00Z'],
  },
  {
    expression: 'cron(0 8 1 * ? *)',
    after: '2024-01-31T00:00:00Z',
    next: ['2024-02-01T08:00:00Z', '2024-03-01T08:00:00Z', '2024-04-01T08:00:00Z'],
  },
  {
    expression: 'cron(0/5 8-17 ? * MON-FRI *)',
    after: '2024-01-05T17:50:00Z',
    next: ['2024-01-05T17:55:00Z', '2024-01-08T08:00:00Z', '2024-01-08T08:05:00Z'],
  },
  {
    expression: 'cron(0 0 3W * ? *)',
    after: '2024-01-31T00:00:00Z',
    next: ['2024-02-02T00:00:00Z', '2024-03-04T00:00:00Z', '2024-04-03T00:00:00Z'],
  },
  {
    expression: 'cron(30 6 ? * 2 *)',
    after: '2024-01-01T07:00:00Z',
    next: ['2024-01-08T06:30:00Z', '2024-01-15T06:30:00Z', '2024-01-22T06:30:00Z'],
  },
  {
    expression: 'cron(15 10 ? * 6L 2019-2022)',
    after: '2022-10-01T00:00:00Z',
    next: ['2022-10-28T10:15:00Z', '2022-11-25T10:15:00Z', '2022-12-30T10:15:00Z'],
  },
  {
    expression: 'cron(0 12 ? * 3#2 *)',
    after: '2026-01-01T00:00:00Z',
    next: ['2026-01-13T12:00:00Z', '2026-02-10T12:00:00Z', '2026-03-10T12:00:00Z'],
  },
  {
    expression: 'cron(0/30 20-2 ? * MON-FRI *)',
    after: '2026-01-02T02:00:00Z',
    next: ['2026-01-02T02:30:00Z', '2026-01-02T20:00:00Z', '2026-01-02T20:30:00Z'],
  },
  {
    expression: 'cron(0 18 L * ? *)',
    after: '2026-01-31T18:00:00Z',
    next: ['2026-02-28T18:00:00Z', '2026-03-31T18:00:00Z', '2026-04-30T18:00:00Z'],
  },
  {
    expression: 'cron(0 18 LW * ? *)',
    after: '2026-01-01T00:00:00Z',
    next: ['2026-01-30T18:00:00Z', '2026-02-27T18:00:00Z', '2026-03-31T18:00:00Z'],
  },
  {
    expression: 'cron(0 0 1W * ? *)',
    after: '2026-01-15T00:00:00Z',
    next: ['2026-02-02T00:00:00Z', '2026-03-02T00:00:00Z', '2026-04-01T00:00:00Z'],
  },
  {
    expression: 'cron(0 0 31W * ? *)',
    after: '2026-01-31T00:00:00Z',
    next: ['2026-03-31T00:00:00Z', '2026-05-29T00:00:00Z', '2026-07-31T00:00:00Z'],
  },
  {
    expression: 'cron(0 0 ? * L *)',
    after: '2026-01-01T00:00:00Z',
    next: ['2026-01-03T00:00:00Z', '2026-01-10T00:00:00Z', '2026-01-17T00:00:00Z'],
  },
  {
    expression: 'cron(0 0 ? NOV-FEB/2 sat#5 *)',
    after: '2026-01-01T00:00:00Z',
    next: ['2026-01-31T00:00:00Z', '2027-01-30T00:00:00Z', '2028-01-29T00:00:00Z'],
  },
  {
    expression: '30 6 * * 1',
    after: '2024-01-01T07:00:00Z',
    next: ['2024-01-08T06:30:00Z', '2024-01-15T06:30:00Z', '2024-01-22T06:30:00Z'],
  },
  {
    expression: '0 0 13 * 5',
    after: '2026-02-10T00:00:00Z',
    next: ['2026-02-13T00:00:00Z', '2026-02-20T00:00:00Z', '2026-02-27T00:00:00Z', '2026-03-06T00:00:00Z'],
  },
  {
    expression: '0 0 */10 * 0',
    after: '2026-02-01T00:00:00Z',
    next: ['2026-03-01T00:00:00Z', '2026-05-31T00:00:00Z', '2026-06-21T00:00:00Z'],
  },
];

export interface Refused {
  readonly expression: string;
  readonly code: string;
  readonly column: number;
}

export const REFUSED: readonly Refused[] = [
  { expression: 'rate(1 hours)', code: 'SCHEDULE_VALUE', column: 8 },
  { expression: 'rate(5 hour)', code: 'SCHEDULE_VALUE', column: 8 },
  { expression: 'rate(0 minutes)', code: 'SCHEDULE_VALUE', column: 6 },
  { expression: 'rate(5 weeks)', code: 'SCHEDULE_VALUE', column: 8 },
  { expression: 'rate(99999999999999999999 days)', code: 'SCHEDULE_VALUE', column: 6 },
  { expression: 'rate(-1 minutes)', code: 'SCHEDULE_SYNTAX', column: 6 },
  { expression: 'rate(5 minutes', code: 'SCHEDULE_SYNTAX', column: 15 },
  { expression: 'cron(0 10 * * * *)', code: 'SCHEDULE_DAYS', column: 15 },
  { expression: 'cron(0 10 1 * MON *)', code: 'SCHEDULE_DAYS', column: 15 },
  { expression: 'cron(0 10 ? * ? *)', code: 'SCHEDULE_DAYS', column: 15 },
  { expression: 'cron(0 10 ? * 3#1,6#3 *)', code: 'SCHEDULE_DAYS', column: 20 },
  { expression: 'cron(0 10 ? * 3#6 *)', code: 'SCHEDULE_VALUE', column: 17 },
  { expression: 'cron(0 10 * * ?)', code: 'SCHEDULE_SYNTAX', column: 6 },
  { expression: 'cron(0 10 * * ? * *)', code: 'SCHEDULE_SYNTAX', column: 19 },
  { expression: 'cron(60 10 * * ? *)', code: 'SCHEDULE_VALUE', column: 6 },
  { expression: 'cron(0 10,24 * * ? *)', code: 'SCHEDULE_VALUE', column: 11 },
  { expression: 'cron(0 10 0 * ? *)', code: 'SCHEDULE_VALUE', column: 11 },
  { expression: 'cron(0 10 * 13 ? *)', code: 'SCHEDULE_VALUE', column: 13 },
  { expression: 'cron(0 10 ? * 0 *)', code: 'SCHEDULE_VALUE', column: 15 },
  { expression: 'cron(0 10 ? * MON/2 *)', code: 'SCHEDULE_SYNTAX', column: 18 },
  { expression: 'cron(0 10 * * ? 2200)', code: 'SCHEDULE_VALUE', column: 17 },
  { expression: 'cron(0 10 * * ? 2030-2020)', code: 'SCHEDULE_VALUE', column: 17 },
  { expression: 'cron(0/0 10 * * ? *)', code: 'SCHEDULE_VALUE', column: 8 },
  { expression: 'cron(0, 10 * * ? *)', code: 'SCHEDULE_VALUE', column: 8 },
  { expression: 'cron(0 10 1,? * ? *)', code: 'SCHEDULE_SYNTAX', column: 13 },
  { expression: 'cron(0 10 32W * ? *)', code: 'SCHEDULE_VALUE', column: 11 },
  { expression: 'at(2026-02-30T00:00:00)', code: 'SCHEDULE_VALUE', column: 4 },
  { expression: 'at(2026-02-28)', code: 'SCHEDULE_SYNTAX', column: 4 },
  { expression: 'every(5 minutes)', code: 'SCHEDULE_SYNTAX', column: 1 },
  { expression: ' rate(5 minutes)', code: 'SCHEDULE_SYNTAX', column: 1 },
  { expression: '0 0 * *', code: 'SCHEDULE_SYNTAX', column: 1 },
  { expression: '0 0 * * 8', code: 'SCHEDULE_VALUE', column: 9 },
  { expression: '0 0 ? * *', code: 'SCHEDULE_VALUE', column: 5 },
  { expression: '', code: 'SCHEDULE_SYNTAX', column: 1 },
];
