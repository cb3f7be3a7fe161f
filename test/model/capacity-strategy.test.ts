/** Capacity provider strategies: limits of the ECS API. */
import { describe, expect, it } from 'vitest';
import { parseCapacityProviderStrategy } from '../../src/model/capacity-strategy.ts';
import { refusal } from './refusal.ts';

const item = (capacityProvider: string, weight = 0, base = 0) => ({ capacityProvider, weight, base });
const parse = (input: unknown) => parseCapacityProviderStrategy(input, 's');

describe('a capacity provider strategy', () => {
  it('has weight and base 0 where they are not given', () => {
    expect(parse([{ capacityProvider: 'a' }])).toEqual([item('a')]);
    expect(parse(undefined)).toEqual([]);
  });

  it('takes 20 providers, one base, both kinds of Fargate', () => {
    expect(parse(Array.from({ length: 20 }, (_, k) => item(`p${k}`, 1)))).toHaveLength(20);
    expect(parse([item('FARGATE', 1, 2), item('FARGATE_SPOT', 4)])).toHaveLength(2);
  });

  it.each<[what: string, input: unknown, path: string, code: string]>([
    ['21 providers', Array.from({ length: 21 }, (_, k) => item(`p${k}`, 1)), 's', 'CAPACITY_PROVIDER_COUNT'],
    ['one that stands twice', [item('a', 1), item('a', 1)], 's[1].capacityProvider', 'CAPACITY_PROVIDER_TWICE'],
    ['two bases', [item('a', 1, 1), item('b', 1, 1)], 's[1].base', 'CAPACITY_PROVIDER_BASE'],
    ['no weight at all', [item('a'), item('b')], 's', 'CAPACITY_PROVIDER_WEIGHT'],
    ['a mix', [item('FARGATE', 1), item('asg', 1)], 's[1].capacityProvider', 'CAPACITY_PROVIDER_MIX'],
    ['a large weight', [item('a', 1001)], 's[0].weight', 'OUT_OF_RANGE'],
    ['a large base', [item('a', 1, 100_001)], 's[0].base', 'OUT_OF_RANGE'],
    ['no name', [{}], 's[0].capacityProvider', 'WRONG_TYPE'],
    ['no list', {}, 's', 'WRONG_TYPE'],
  ])('is refused for %s', (_, input, path, code) => {
    expect(refusal(() => parse(input))).toMatchObject({ name: 'InvalidParameterException', path, code });
  });
});
