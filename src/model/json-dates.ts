/** Dates that survive JSON, tagged: instances are described with the very timestamps they were registered with. */

/** For JSON.stringify. */
export function tagDates(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const raw = this[key];
  return raw instanceof Date ? { $date: raw.getTime() } : value;
}

/** For JSON.parse. */
export function untagDates(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { $date } = value as { $date?: unknown };
  return typeof $date === 'number' && Object.keys(value).length === 1 ? new Date($date) : value;
}
