/** Random cron expressions, each with the predicate that says when it fires, drawn piece by piece. */
import fc from 'fast-check';
import type { Fires, Shown } from './oracle.ts';

export interface Drawn {
  readonly text: string;
  readonly fires: Fires;
}

interface Piece {
  readonly text: string;
  readonly has: (value: number) => boolean;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Whether walking from `start` by `step`, round the end, comes upon the value before it has passed `end`. */
function walks(value: number, start: number, end: number, step: number, least: number, most: number): boolean {
  for (let at = start, left = end >= start ? end - start : end - start + (most - least + 1); left >= 0; left -= step) {
    if (at === value) return true;
    at += step;
    if (at > most) at -= most - least + 1;
  }
  return false;
}

interface Span {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
  readonly wraps?: boolean;
  readonly steps?: boolean;
}

function piece({ least, most, names, wraps = true, steps = true }: Span): fc.Arbitrary<Piece> {
  const value = fc.integer({ min: least, max: most });
  const word = (n: number, useName: boolean): string =>
    useName && names?.[n - least] !== undefined ? (names[n - least] as string) : String(n);
  const step = fc.integer({ min: 1, max: most });
  const single = fc
    .tuple(value, fc.boolean())
    .map(([n, named]) => ({ text: word(n, named), has: (v: number) => v === n }));
  const range = fc.tuple(value, value, fc.boolean()).map(([a, b, named]) => {
    const [from, to] = wraps || a <= b ? [a, b] : [b, a];
    return { text: `${word(from, named)}-${word(to, named)}`, has: (v: number) => walks(v, from, to, 1, least, most) };
  });
  const stepped = fc.tuple(value, step).map(([n, by]) => ({
    text: `${n}/${by}`,
    has: (v: number) => v >= n && (v - n) % by === 0,
  }));
  const steppedRange = fc.tuple(value, value, step).map(([a, b, by]) => {
    const [from, to] = wraps || a <= b ? [a, b] : [b, a];
    return { text: `${from}-${to}/${by}`, has: (v: number) => walks(v, from, to, by, least, most) };
  });
  return steps ? fc.oneof(single, range, stepped, steppedRange) : fc.oneof(single, range);
}

function field(span: Span): fc.Arbitrary<Piece> {
  const list = fc.array(piece(span), { minLength: 1, maxLength: 3 }).map((pieces) => ({
    text: pieces.map(({ text }) => text).join(','),
    has: (value: number) => pieces.some(({ has }) => has(value)),
  }));
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant({ text: '*', has: () => true }) },
    { weight: 3, arbitrary: list },
  );
}

/** A few minutes, so that a window has some tens of firings and not thousands. */
const MINUTE = piece({ least: 0, most: 59 });
const HOUR = field({ least: 0, most: 23 });
const MONTH = field({ least: 1, most: 12, names: MONTHS });
const MONTH_DAY = field({ least: 1, most: 31 });

function isWorkday({ weekday }: Shown): boolean {
  return weekday >= 1 && weekday <= 5;
}

/** Whether `3W` means this day: it is the working day nearest to the third. */
function isNearest(shown: Shown, wanted: number): boolean {
  if (wanted > shown.monthDays || !isWorkday(shown)) return false;
  const distance = (day: number): number => Math.abs(day - wanted);
  for (let day = 1; day <= shown.monthDays; day++) {
    const weekday = (((shown.weekday + day - shown.day) % 7) + 7) % 7;
    if (weekday >= 1 && weekday <= 5 && distance(day) < distance(shown.day)) return false;
  }
  return true;
}

interface DayPiece {
  readonly text: string;
  readonly fires: Fires;
}

const MONTH_DAY_RULE: fc.Arbitrary<DayPiece> = fc.oneof(
  MONTH_DAY.map(({ text, has }) => ({ text, fires: ({ day }: Shown) => has(day) })),
  fc.constant({ text: 'L', fires: ({ day, monthDays }: Shown) => day === monthDays }),
  fc.integer({ min: 1, max: 31 }).map((n) => ({ text: `${n}W`, fires: (shown: Shown) => isNearest(shown, n) })),
);
const WEEKDAY = fc.integer({ min: 1, max: 7 });
const WEEKDAY_RULE: fc.Arbitrary<DayPiece> = fc.oneof(
  field({ least: 1, most: 7, names: DAYS, steps: false }).map(({ text, has }) => ({
    text,
    fires: ({ weekday }: Shown) => has(weekday + 1),
  })),
  fc.tuple(WEEKDAY, fc.integer({ min: 1, max: 5 })).map(([n, nth]) => ({
    text: `${n}#${nth}`,
    fires: ({ weekday, day }: Shown) => weekday + 1 === n && Math.ceil(day / 7) === nth,
  })),
  WEEKDAY.map((n) => ({
    text: `${DAYS[n - 1]}L`,
    fires: ({ weekday, day, monthDays }: Shown) => weekday + 1 === n && day + 7 > monthDays,
  })),
);
const DAY_FIELDS = fc.oneof(
  MONTH_DAY_RULE.map(({ text, fires }) => ({ monthDay: text, weekday: '?', fires })),
  WEEKDAY_RULE.map(({ text, fires }) => ({ monthDay: '?', weekday: text, fires })),
);

export const EVENTBRIDGE_CRON: fc.Arbitrary<Drawn> = fc
  .tuple(MINUTE, HOUR, DAY_FIELDS, MONTH, field({ least: 2024, most: 2028, wraps: false }))
  .map(([minute, hour, days, month, year]) => ({
    text: `cron(${minute.text} ${hour.text} ${days.monthDay} ${month.text} ${days.weekday} ${year.text})`,
    fires: (shown) =>
      minute.has(shown.minute) &&
      hour.has(shown.hour) &&
      days.fires(shown) &&
      month.has(shown.month) &&
      year.has(shown.year),
  }));

export const UNIX_CRON: fc.Arbitrary<Drawn> = fc
  .tuple(MINUTE, HOUR, MONTH_DAY, MONTH, field({ least: 0, most: 6, names: DAYS, wraps: false }))
  .map(([minute, hour, monthDay, month, weekday]) => ({
    text: `${minute.text} ${hour.text} ${monthDay.text} ${month.text} ${weekday.text}`,
    fires: (shown) => {
      const [fitsDay, fitsWeekday] = [monthDay.has(shown.day), weekday.has(shown.weekday)];
      const isEither = monthDay.text !== '*' && weekday.text !== '*';
      const fitsDays = isEither ? fitsDay || fitsWeekday : fitsDay && fitsWeekday;
      return minute.has(shown.minute) && hour.has(shown.hour) && fitsDays && month.has(shown.month);
    },
  }));
