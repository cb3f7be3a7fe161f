/** Placement strategies: canonical form, and what ECS refuses. */
import { describe, expect, it } from 'vitest';
import { parseStrategies } from '../../src/model/strategy.ts';
import { refusal } from './refusal.ts';

const parse = (...strategies: unknown[]) => parseStrategies(strategies, 'placementStrategy');

describe('a placement strategy', () => {
  it.each([
    [{ type: 'random' }, { type: 'random' }],
    [
      { type: 'binpack', field: 'cpu' },
      { type: 'binpack', field: 'cpu' },
    ],
    [
      { type: 'binpack', field: 'MEMORY' },
      { type: 'binpack', field: 'memory' },
    ],
    [
      { type: 'spread', field: 'host' },
      { type: 'spread', field: 'instanceId' },
    ],
    [
      { type: 'spread', field: 'instanceId' },
      { type: 'spread', field: 'instanceId' },
    ],
    [
      { type: 'spread', field: 'attribute:ecs.availability-zone' },
      { type: 'spread', field: 'attribute', attribute: 'ecs.availability-zone' },
    ],
    [
      { type: 'spread', field: 'attribute:a/b\\c_d-e.F9' },
      { type: 'spread', field: 'attribute', attribute: 'a/b\\c_d-e.F9' },
    ],
  ])('%j is %j', (given, canonical) => {
    expect(parse(given)).toEqual([canonical]);
  });

  it.each([
    [{ type: 'random', field: 'cpu' }, 'placementStrategy[0].field'],
    [{ type: 'random', field: '' }, 'placementStrategy[0].field'],
    [{ type: 'binpack' }, 'placementStrategy[0].field'],
    [{ type: 'binpack', field: 'ports' }, 'placementStrategy[0].field'],
    [{ type: 'spread' }, 'placementStrategy[0].field'],
    [{ type: 'spread', field: 'availability-zone' }, 'placementStrategy[0].field'],
    [{ type: 'spread', field: 'attribute:' }, 'placementStrategy[0].field'],
    [{ type: 'spread', field: 'attribute:a b' }, 'placementStrategy[0].field'],
    [{ type: 'spread', field: `attribute:${'a'.repeat(129)}` }, 'placementStrategy[0].field'],
    [{ type: 'spread', field: 7 }, 'placementStrategy[0].field'],
    [{ field: 'cpu' }, 'placementStrategy[0].type'],
    [{ type: 'Spread', field: 'host' }, 'placementStrategy[0].type'],
    ['spread', 'placementStrategy[0]'],
    [null, 'placementStrategy[0]'],
  ])('%j is refused at %s', (given, path) => {
    expect(refusal(() => parse(given))).toMatchObject({ name: 'InvalidParameterException', path });
  });

  it('may stand five times, not six', () => {
    const random = { type: 'random' };
    expect(parse(random, random, random, random, random)).toHaveLength(5);
    expect(refusal(() => parse(random, random, random, random, random, random))?.code).toBe('STRATEGY_COUNT');
  });

  it('may be absent', () => {
    expect([parseStrategies(undefined, 'x'), parseStrategies(null, 'x'), parseStrategies([], 'x')]).toEqual([
      [],
      [],
      [],
    ]);
  });
});
