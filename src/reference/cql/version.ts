/** Agent versions: components compared as whole numbers, a missing one is 0, `5-dev` comes before `5`. */

interface Component {
  readonly number: bigint;
  readonly tail: string;
}

/** Negative, zero or positive; NaN when one of the two is no version. */
export function compareVersions(a: string, b: string): number {
  const ours = componentsOf(a);
  const theirs = componentsOf(b);
  if (ours === undefined || theirs === undefined) return Number.NaN;
  while (ours.length > 0 || theirs.length > 0) {
    const difference = compareComponents(ours.shift(), theirs.shift());
    if (difference !== 0) return difference;
  }
  return 0;
}

function componentsOf(version: string): Component[] | undefined {
  const components = version.split('.').map((text): Component | undefined => {
    const [digits] = /^\d+/.exec(text) ?? [];
    return digits === undefined ? undefined : { number: BigInt(digits), tail: text.slice(digits.length) };
  });
  const known = components.filter((component) => component !== undefined);
  return known.length === components.length ? known : undefined;
}

const ZERO: Component = { number: 0n, tail: '' };

function compareComponents(a: Component = ZERO, b: Component = ZERO): number {
  if (a.number !== b.number) return a.number < b.number ? -1 : 1;
  if (a.tail === b.tail) return 0;
  if (a.tail === '') return 1;
  if (b.tail === '') return -1;
  return a.tail < b.tail ? -1 : 1;
}
