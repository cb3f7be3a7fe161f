/**
 * Members of AWS's inputs: what is known, and what AWS has but is not modelled, which is refused by its name. Used by the
 * parsers of scaling, groups, alarms and rules, and by those of single decisions. Invariant: nothing that is given is left
 * out in silence.
 */
import { didYouMean, nearest } from '../base/nearest.ts';
import { type Fields, refuse } from './read.ts';

/** @throws ValidationException NOT_MODELLED or UNKNOWN_MEMBER, naming the member. */
export function onlyMembers(
  given: Fields,
  path: string,
  known: readonly string[],
  unmodelled: readonly string[] = [],
): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || known.includes(name)) continue;
    const at = path === '' ? name : `${path}.${name}`;
    if (unmodelled.includes(name))
      refuse('NOT_MODELLED', `${at}: ${name} is not modelled.`, { path: at, value }, 'ValidationException');
    refuse(
      'UNKNOWN_MEMBER',
      `${at}: there is no member ${name}.${didYouMean(name, known)}`,
      { path: at, value, expected: known },
      'ValidationException',
    );
  }
}

/**
 * Of a decision of `bayplan/scaling`: a misspelt member would leave its default in silence. What resembles none is let pass:
 * rows of a table may carry notes of their own.
 * @throws InvalidParameterException UNKNOWN_MEMBER, naming the member and the one that was meant.
 */
export function noTypos(given: object, path: string, known: readonly string[]): void {
  for (const [name, value] of Object.entries(given)) {
    if (known.includes(name)) continue;
    const meant = nearest(
      name,
      known.filter((one) => (given as Fields)[one] === undefined),
    );
    if (meant === undefined) continue;
    const at = path === '' ? name : `${path}.${name}`;
    refuse('UNKNOWN_MEMBER', `${at}: there is no member ${name}. Did you mean ${meant}?`, {
      path: at,
      value,
      expected: known,
    });
  }
}
