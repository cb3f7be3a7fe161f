/** The name that someone meant: for messages about names that do not exist. */

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, k) => k);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + cost,
        swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}

/** Longer names are compared by their beginning: typing errors need no more. */
const MOST_LENGTH = 80;

/** The nearest of the names, the first of equally near ones; nothing when none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const wanted = name.slice(0, MOST_LENGTH).toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of names) {
    const steps = distance(wanted, candidate.slice(0, MOST_LENGTH).toLowerCase());
    if (steps >= least) continue;
    least = steps;
    best = candidate;
  }
  return best;
}

/** ` Did you mean X?`, or nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
}

const MOST_NAMED = 10;

/** What there is instead of a name that does not exist: the one that was meant, else some of all. */
export function whatThereIs(name: string, names: readonly string[]): string {
  if (names.length === 0) return ' There is none.';
  const some = names.slice(0, MOST_NAMED).join(', ');
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return didYouMean(name, names) || ` There ${names.length === 1 ? 'is' : 'are'} ${some}${more}.`;
}
