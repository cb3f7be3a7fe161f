/** Recorded answers of AWS in `../shared` beside the repository; absent from a plain clone, and then tests skip. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface Recorded {
  /** File name, and the place in the file where there are several. */
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
}

const FOLDER = new URL('../../../shared/samples/', import.meta.url);
const FOLDERS = ['placement/', 'placement/plain/', 'scaling/', 'scaling/aws-cli/', 'scaling/botocore/'];

export const hasRecorded = existsSync(FOLDER);

/** Every object in the files, at any depth, that has the member; answers wrapped by recorders are looked into. */
export function recordedWith(member: string, alsoIn: readonly string[] = []): Recorded[] {
  if (!hasRecorded) return [];
  return FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, FOLDER))
      .filter((file) => file.endsWith('.json') && !file.includes('service-2'))
      .flatMap((file) => find(JSON.parse(readFileSync(new URL(folder + file, FOLDER), 'utf8')), `${folder}${file}`)),
  ).filter(({ value }) => [member, ...alsoIn].every((wanted) => Object.hasOwn(value, wanted)));
}

function find(value: unknown, name: string): Recorded[] {
  if (typeof value !== 'object' || value === null) return [];
  if ((value as { __class__?: unknown }).__class__ === 'datetime') return [];
  const here = Array.isArray(value) ? [] : [{ name, value: plainDates(value) as Recorded['value'] }];
  return [...here, ...Object.entries(value).flatMap(([key, inner]) => find(inner, `${name} ${key}`))];
}

/** The recorder of one project writes times as objects. */
function plainDates(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainDates);
  if (typeof value !== 'object' || value === null) return value;
  const { __class__, year, month, day } = value as Record<string, number | string>;
  if (__class__ === 'datetime') return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainDates(inner)]));
}
