/** Virtual times and lengths of time as people read them. */

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `00:10:05`, with milliseconds where there are any, and days before it: `1d 02:00:00`. */
export function timeText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const days = Math.floor(seconds / 86_400);
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  const fraction = ms % 1000 === 0 ? '' : `.${String(ms % 1000).padStart(3, '0')}`;
  return `${days === 0 ? '' : `${days}d `}${clock}${fraction}`;
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** `2 h 30 min`, `1.5 s`, `0 s`: the two largest units. */
export function lengthText(ms: number): string {
  if (ms < 60_000) return `${ms / 1000} s`;
  const parts: string[] = [];
  let left = ms;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left %= size;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(' ');
}
