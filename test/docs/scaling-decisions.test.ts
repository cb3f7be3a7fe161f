/** Every example line of docs/scaling-decisions.md, run through the public entry as it stands there, and no function without one. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as scaling from '../../src/scaling/index.ts';
import { ROOT } from '../support/source-files.ts';

const page = readFileSync(`${ROOT}/docs/scaling-decisions.md`, 'utf8');
const examples = [...page.matchAll(/^(\w+\(.+\)) \/\/ (.+)$/gm)].map(([, call, answer]) => ({ call, answer }));

function resultOf(expression: unknown): unknown {
  return new Function(...Object.keys(scaling), `return (${expression});`)(...Object.values(scaling));
}

describe('the page of scaling decisions', () => {
  it.each(examples)('$call', ({ call, answer }) => {
    expect(resultOf(call)).toEqual(resultOf(answer));
  });

  it('has an example of each function, and names each form for tables', () => {
    const functions = Object.keys(scaling).filter((name) => /^[a-z]/.test(name));
    const shown = new Set(examples.map(({ call }) => /^\w+/.exec(String(call))?.[0]));
    const lacking = functions.filter((name) => !shown.has(name) && !page.includes(`\`${name}\``));
    expect(lacking).toEqual([]);
    expect(functions.filter((name) => !shown.has(name) && !/Batch$|^useScalingModule$/.test(name))).toEqual([]);
  });
});
