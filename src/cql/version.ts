/** Agent versions: components compared as whole numbers; one with a tail (`5-dev`) comes before the plain number. */

interface Component {
  /** Digits without leading zeros: longer is larger. */
  readonly digits: string;
  readonly tail: string;
}

export type Version = readonly Component[];

const ZERO: Component = { digits: '0', tail: '' };

/** Undefined when some component does not start with a digit. */
export function parseVersion(text: string): Version | undefined {
  const components = text.split('.').map((part) => /^0*(\d+?)(?!\d)(.*)$/s.exec(part));
  if (components.some((match) => match === null)) return undefined;
  return components.map((match) => ({ digits: match?.[1] ?? '', tail: match?.[2] ?? '' }));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareComponents(a: Component, b: Component): number {
  if (a.digits !== b.digits) return a.digits.length - b.digits.length || compareText(a.digits, b.digits);
  if (a.tail === b.tail) return 0;
  if (a.tail === '' || b.tail === '') return a.tail === '' ? 1 : -1;
  return compareText(a.tail, b.tail);
}

/** Negative, zero or positive, as for sorting. */
export function compareVersions(a: Version, b: Version): number {
  for (let k = 0; k < Math.max(a.length, b.length); k++) {
    const order = compareComponents(a[k] ?? ZERO, b[k] ?? ZERO);
    if (order !== 0) return order;
  }
  return 0;
}
