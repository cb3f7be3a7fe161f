/** Laws of the Cluster Query Language, asked of each engine through ListContainerInstances. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/contract.ts';
import { BayplanError } from '../../src/errors.ts';
import { expression } from '../support/arbitraries/expression.ts';
import { ATTRIBUTES, among, STACKS } from '../support/arbitraries/names.ts';
import { world } from '../support/arbitraries/world.ts';
import { engineKinds } from '../support/engines.ts';

const term = among([...STACKS, 'us-east-1a', 'm5.large']).map((value) => `'${value}'`);
const subject = among([...ATTRIBUTES.map((name) => `attribute:${name}`), 'ec2InstanceId']);

/** Pairs of expressions that must select the same instances, built from two readable ones and some terms. */
const LAWS: Record<string, (a: string, b: string, of: string, x: string, y: string) => [string, string]> = {
  'not not a is a': (a) => [`not(not(${a}))`, a],
  'De Morgan for and': (a, b) => [`not((${a}) and (${b}))`, `not(${a}) or not(${b})`],
  'De Morgan for or': (a, b) => [`not((${a}) or (${b}))`, `!(${a}) && !(${b})`],
  'and binds tighter than or': (a, b) => [`(${a}) or (${b}) and (${a})`, `(${a}) or ((${b}) and (${a}))`],
  'in is or of ==': (_a, _b, of, x, y) => [`${of} in [${x}, ${y}]`, `${of} == ${x} or ${of} == ${y}`],
  'regular expressions are anchored': (_a, _b, of, x) => [`${of} =~ ${x}`, `${of} =~ '^${x.slice(1, -1)}$'`],
};

/** The same, where the subject may be missing: only attributes have `exists`. */
const EXISTENCE_LAWS: Record<string, (of: string, x: string, y: string) => [string, string]> = {
  '!in is exists and not in': (of, x, y) => [`${of} !in [${x}, ${y}]`, `${of} exists and not(${of} in [${x}, ${y}])`],
  '!= is exists and not ==': (of, x) => [`${of} != ${x}`, `${of} exists and not(${of} == ${x})`],
  '!~ is exists and not =~': (of, x) => [`${of} !~ ${x}`, `${of} exists && !(${of} matches ${x})`],
  '!exists is not exists': (of) => [`${of} !exists`, `not(${of} exists)`],
  '< or >= is having a value': (of, x) => [`${of} < ${x} or ${of} >= ${x}`, `${of} =~ .*`],
};

/** Instances selected, or undefined when the expression cannot be read. */
function select(engine: Engine, filter: string): string[] | undefined {
  try {
    return engine.listContainerInstances({ filter }).containerInstanceArns;
  } catch (error) {
    if (error instanceof BayplanError) return undefined;
    throw error;
  }
}

describe.each(engineKinds)('queries of the $name engine', (kind) => {
  const cluster = async (drawn: { instances: readonly object[]; options: object }): Promise<Engine> => {
    const engine = await kind.create(drawn.options);
    engine.registerContainerInstances(drawn.instances as Parameters<Engine['registerContainerInstances']>[0]);
    return engine;
  };

  it.each(Object.keys(LAWS))('%s', async (name) => {
    const law = LAWS[name] as (typeof LAWS)[string];
    await fc.assert(
      fc.asyncProperty(world, expression, expression, subject, term, term, async (drawn, a, b, of, x, y) => {
        const engine = await cluster(drawn);
        fc.pre(select(engine, a) !== undefined && select(engine, b) !== undefined);
        const [left, right] = law(a, b, of, x, y);
        expect(select(engine, left)).toEqual(select(engine, right));
        expect(select(engine, left)).toBeDefined();
        engine.dispose();
      }),
      { numRuns: 25, seed: 30 },
    );
  });

  it.each(Object.keys(EXISTENCE_LAWS))('%s', async (name) => {
    const law = EXISTENCE_LAWS[name] as (typeof EXISTENCE_LAWS)[string];
    await fc.assert(
      fc.asyncProperty(world, among(ATTRIBUTES), term, term, async (drawn, attribute, x, y) => {
        const engine = await cluster(drawn);
        const [left, right] = law(`attribute:${attribute}`, x, y);
        expect(select(engine, left)).toEqual(select(engine, right));
        expect(select(engine, left)).toBeDefined();
        engine.dispose();
      }),
      { numRuns: 25, seed: 31 },
    );
  });
});
