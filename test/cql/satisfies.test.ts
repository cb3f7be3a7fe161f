/** Expressions of attributes alone, against attributes that no engine has: the reference's evaluator answers the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/cql/compile.ts';
import { parse } from '../../src/cql/parse.ts';
import { satisfies, subjectsOf } from '../../src/cql/satisfies.ts';
import { createEngine } from '../../src/create-engine.ts';

const attributes = [
  { name: 'ecs.instance-type', value: 'm5.large' },
  { name: 'ecs.availability-zone', value: 'us-east-1a' },
  { name: 'flag' },
];

const CASES: readonly (readonly [expression: string, holds: boolean])[] = [
  ['attribute:ecs.instance-type == m5.large', true],
  ['attribute:ecs.instance-type != m5.large', false],
  ['attribute:ecs.instance-type =~ m5.*', true],
  ['attribute:ecs.instance-type !~ m5.*', false],
  ['attribute:ecs.availability-zone in [us-east-1a, us-east-1b]', true],
  ['attribute:ecs.availability-zone not_in [us-east-1a, us-east-1b]', false],
  ['attribute:flag exists', true],
  ['attribute:flag == x', false],
  ['attribute:flag != x', true],
  ['attribute:gone exists', false],
  ['attribute:gone !exists', true],
  ['attribute:gone != x', false],
  ['not(attribute:gone == x)', true],
  ['attribute:flag exists and attribute:gone exists', false],
  ['attribute:flag exists or attribute:gone exists', true],
];

describe('satisfies', () => {
  it.each(CASES)('%s: %s', (expression, holds) => {
    expect(satisfies(compile(parse(expression)), attributes)).toBe(holds);
  });

  it('answers as the engine does on an instance with these attributes, however expressions are joined', async () => {
    const engine = await createEngine({ engine: 'reference' });
    const containerInstanceArn = 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/one';
    engine.registerContainerInstances([{ containerInstanceArn, attributes }]);
    const joined = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(...CASES.map(([expression]) => expression)),
        fc.tuple(tie('node'), tie('node'), fc.constantFrom('and', 'or')).map(([a, b, how]) => `(${a}) ${how} (${b})`),
        tie('node').map((one) => `not(${one})`),
      ),
    })).node;
    fc.assert(
      fc.property(joined, (expression) => {
        const { containerInstanceArns } = engine.listContainerInstances({ filter: expression });
        expect(satisfies(compile(parse(expression)), attributes)).toBe(containerInstanceArns.length === 1);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('knows nothing but attributes, and tells what an expression asks for', () => {
    const node = parse('agentConnected == true or attribute:flag exists');
    expect(subjectsOf(node)).toEqual([{ kind: 'agentConnected' }, { kind: 'attribute', name: 'flag' }]);
    expect(satisfies(compile(parse('agentConnected == true')), attributes)).toBe(false);
  });
});
