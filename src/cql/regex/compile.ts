/** Pattern -> matcher, with the bound on its size. Called by the CQL parser, for errors, and by the compiler. */
import { refuseExpression } from '../error.ts';
import { Automaton } from './automaton.ts';
import { alone, type PatternPlace, parseRegex } from './parse.ts';
import { buildProgram, MAX_STATES } from './program.ts';

/** @throws InvalidParameterException CQL_REGEX for unsupported syntax or too large a pattern. */
export function compileRegex(pattern: string, place: PatternPlace = alone(pattern)): Automaton {
  const states = buildProgram(parseRegex(pattern, place));
  if (states === undefined) {
    refuseExpression(
      'CQL_REGEX',
      place.expression,
      place.offsetOf(0),
      `regular expression ${JSON.stringify(pattern)}: repetitions unfold to more than ${MAX_STATES} states`,
      [],
      MAX_STATES,
    );
  }
  return new Automaton(states);
}
