/** Numbers, times and names as people read them. Pure. */

/** `4:10` or `1:04:10`, with milliseconds where there are some. */
export function clock(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const text = `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
  const rest = Math.round(ms - whole * 1000);
  return rest === 0 ? text : `${text}.${String(rest).padStart(3, '0')}`;
}

/** `1 h 4 min`, `2 min 5 s`, `850 ms`: the two largest units. */
export function duration(ms: number): string {
  const units: readonly (readonly [number, string])[] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
    [1, 'ms'],
  ];
  const first = units.findIndex(([size]) => ms >= size);
  if (first < 0) return '0 s';
  const parts: string[] = [];
  let rest = ms;
  for (const [size, unit] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && !(unit === 'ms' && parts.length > 0)) parts.push(`${count} ${unit}`);
  }
  return parts.join(' ');
}

export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 task`, `2 tasks`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `2 GiB`, `512 MiB`. */
export function memory(mib: number): string {
  return mib >= 1024 && mib % 256 === 0 ? `${mib / 1024} GiB` : `${count(mib)} MiB`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** The first eight characters of the id in an ARN. */
export function shortId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1).slice(0, 8);
}

/** ISO time `ms` after `start`, in UTC without milliseconds; empty when the start is not known. */
export function moment(start: string, ms: number): string {
  const epoch = Date.parse(start);
  if (Number.isNaN(epoch)) return '';
  return `${new Date(epoch + ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `$1.92`, `$0.0960`: more decimals for less. */
export function usd(dollars: number): string {
  const decimals = dollars !== 0 && Math.abs(dollars) < 1 ? 4 : 2;
  const [whole = '', rest = ''] = dollars.toFixed(decimals).split('.');
  return `$${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}.${rest}`;
}

/** `1,250`, `12.5`, `0.071`: three digits that matter. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return count(value);
  return Math.abs(value) >= 100 ? count(Math.round(value)) : String(Number(value.toPrecision(3)));
}
