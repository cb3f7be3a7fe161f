/** Placement constraints of requests and task definitions, with the texts ECS answers. */
import { describe, expect, it } from 'vitest';
import { parseConstraints, parseDefinitionConstraints } from '../../src/model/constraint.ts';
import { refusal } from './refusal.ts';

const memberOf = (expression: unknown) => ({ type: 'memberOf', expression });
const parse = (given: unknown, inDefinition = 0) => parseConstraints(given, 'placementConstraints', inDefinition);

describe('a constraint of a request', () => {
  it('is distinctInstance or memberOf, in the given order', () => {
    const given = [memberOf('attribute:a exists'), { type: 'distinctInstance' }];
    expect(parse(given)).toEqual(given);
  });

  it.each(['', 'attribute:a exists'])('is no distinctInstance with the expression %j', (expression) => {
    expect(refusal(() => parse([{ type: 'distinctInstance', expression }]))).toEqual({
      name: 'InvalidParameterException',
      code: 'DISTINCT_INSTANCE_EXPRESSION',
      path: 'placementConstraints[0].expression',
      message: 'distinctInstance expression should not be specified.',
    });
  });

  it.each([[undefined], [null], [''], [5], [['a']]])('is no memberOf with the expression %j', (expression) => {
    expect(refusal(() => parse([memberOf(expression)]))).toMatchObject({
      name: 'InvalidParameterException',
      path: 'placementConstraints[0].expression',
    });
  });

  it('has an expression of 2,000 characters, not 2,001', () => {
    const named = (length: number): string => `attribute:${'a'.repeat(length - 17)} exists`;
    expect(parse([memberOf(named(2000))])).toHaveLength(1);
    expect(refusal(() => parse([memberOf(named(2001))]))?.code).toBe('EXPRESSION_LENGTH');
  });

  it('is one of ten, those of the definition counted', () => {
    const ten = Array.from({ length: 10 }, () => memberOf('attribute:a exists'));
    expect(parse(ten)).toHaveLength(10);
    expect(parse(ten.slice(3), 3)).toHaveLength(7);
    expect(refusal(() => parse(ten.slice(3), 4))).toMatchObject({ code: 'CONSTRAINT_COUNT' });
  });
});

describe('a constraint of a task definition', () => {
  it('is memberOf only', () => {
    expect(parseDefinitionConstraints([memberOf('attribute:a exists')], 'placementConstraints')).toHaveLength(1);
    expect(refusal(() => parseDefinitionConstraints([{ type: 'distinctInstance' }], 'placementConstraints'))).toEqual({
      name: 'ClientException',
      code: 'DISTINCT_INSTANCE_IN_DEFINITION',
      path: 'placementConstraints[0].type',
      message: "constraint.type 'distinctInstance' is not supported.",
    });
  });

  it('is one of ten', () => {
    const eleven = Array.from({ length: 11 }, () => memberOf('attribute:a exists'));
    expect(refusal(() => parseDefinitionConstraints(eleven, 'placementConstraints'))?.code).toBe('CONSTRAINT_COUNT');
  });
});
