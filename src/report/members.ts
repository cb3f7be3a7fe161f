/** Reading members of JSON whose shape is AWS's but not ours to promise. Used by condense; never throws, absent is empty. */

export type Members = Readonly<Record<string, unknown>>;

export function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

export function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.map(members) : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Numbers stand as text in task events (`"cpu": "256"`). */
export function amountOf(value: unknown): number {
  const amount = typeof value === 'string' ? Number(value) : value;
  return typeof amount === 'number' && Number.isFinite(amount) ? amount : 0;
}

/** The integer of a resource (`CPU`, `MEMORY`) in `registeredResources` or `remainingResources`; undefined when absent. */
export function resourceOf(resources: unknown, name: string): number | undefined {
  const found = listOf(resources).find((one) => one.name === name);
  return found === undefined ? undefined : amountOf(found.integerValue);
}

export function attributeOf(attributes: unknown, name: string): string {
  return textOf(listOf(attributes).find((one) => one.name === name)?.value);
}

/** `service` from `arn:aws:ecs:region:account:container-instance/cluster/id`, or undefined in the old short form. */
export function clusterOf(arn: string): string {
  const parts = arn.split('/');
  return (arn.includes(':cluster/') ? parts[1] : parts.length > 2 ? parts[1] : undefined) ?? '';
}

/** What follows the last slash. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
