/** Errors of schedule expressions: what stands at which column, and what was expected there. Thrown by the parsers here. */
import { BayplanError } from '../errors.ts';

export type ScheduleErrorCode = 'SCHEDULE_SYNTAX' | 'SCHEDULE_VALUE' | 'SCHEDULE_DAYS' | 'SCHEDULE_LENGTH';

/** A part of an expression, and the UTF-16 offset at which it stands there. */
export interface Part {
  readonly expression: string;
  readonly text: string;
  readonly at: number;
}

/** A piece of a part; `end` is exclusive. */
export function slice({ expression, text, at }: Part, start: number, end = text.length): Part {
  return { expression, text: text.slice(start, end), at: at + start };
}

/** The pieces between the separators, each where it stands. */
export function splitPart(part: Part, separator: string): Part[] {
  let start = 0;
  return part.text.split(separator).map((text) => {
    const piece = slice(part, start, start + text.length);
    start += text.length + separator.length;
    return piece;
  });
}

export function refuseSchedule(
  code: ScheduleErrorCode,
  { expression, at }: Pick<Part, 'expression' | 'at'>,
  problem: string,
  expected: readonly string[],
): never {
  const column = at + 1;
  throw new BayplanError(
    'InvalidParameterException',
    code,
    `Invalid schedule expression at column ${column}: ${problem}. Expected ${expected.join(', ')}.`,
    { expression, column, expected, value: expression },
  );
}
