/** Option values: structures as JSON or shorthand, whole numbers. */
import { InvalidArgumentError } from 'commander';
import { BayplanError } from '../../errors.ts';
import { type Inputs, parseJson } from './json.ts';
import { parseShorthand, splitItems } from './shorthand.ts';

const FILE = 'file://';

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

async function parseValue(text: string, option: string, inputs: Inputs): Promise<unknown> {
  if (text.startsWith(FILE)) return inputs.json(text.slice(FILE.length));
  return isJson(text) ? parseJson(text, option) : undefined;
}

/** A list of structures, each argument of which is JSON, `file://...` or shorthand; undefined when not given. */
export async function parseItems(
  texts: readonly string[] | undefined,
  option: string,
  inputs: Inputs,
): Promise<unknown> {
  if (texts === undefined) return undefined;
  const items: unknown[] = [];
  for (const text of texts) {
    const value = await parseValue(text, option, inputs);
    if (Array.isArray(value)) items.push(...value);
    else if (value !== undefined) items.push(value);
    else items.push(...splitItems(text).map((item) => parseShorthand(item, option)));
  }
  return items;
}

/** One structure. */
export async function parseStructure(text: string | undefined, option: string, inputs: Inputs): Promise<unknown> {
  if (text === undefined) return undefined;
  return (await parseValue(text, option, inputs)) ?? parseShorthand(text, option);
}

/** A parser of whole numbers for commander, which names the option. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most.toLocaleString('en-US')}.`);
  };
}

/** Collects the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** An input that has to be there although commander cannot know. */
export function refuseMissing(message: string): never {
  throw new BayplanError('BayplanException', 'OPTION_MISSING', message);
}
