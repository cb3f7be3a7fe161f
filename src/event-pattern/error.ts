/** The error of event patterns that cannot be read: EventBridge's exception with the JSON path. Thrown by the parsers here. */
import { refuse, show } from '../model/read.ts';

/** @throws InvalidEventPatternException EVENT_PATTERN. */
export function refusePattern(path: string, problem: string, value: unknown): never {
  refuse(
    'EVENT_PATTERN',
    `Event pattern is not valid. Reason: ${problem} at ${path}, which is ${show(value)}.`,
    { path, value },
    'InvalidEventPatternException',
  );
}
