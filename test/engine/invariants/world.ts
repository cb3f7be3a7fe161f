/** Random clusters and orders for the invariants: plain demands, constraints with a second reading, all strategies. */
import fc from 'fast-check';
import type { ContainerInstance } from '../../../src/model/container-instance.ts';
import { containerInstance } from '../../support/arbitraries/container-instance.ts';
import { among, chance } from '../../support/arbitraries/names.ts';
import { attributeOf, type Clause, type Demand, hasAttribute, isActive } from './facts.ts';

const demand = (k: number): fc.Arbitrary<Demand> =>
  fc
    .record({
      cpu: among([0, 64, 256]),
      memory: among([32, 128, 300]),
      mode: among(['bridge', 'bridge', 'awsvpc'] as const),
      port: fc.nat(3),
      gpus: fc.nat(5),
    })
    .map(({ cpu, memory, mode, port, gpus }) => ({
      family: `f${k}`,
      cpu,
      memory,
      mode,
      ...(mode === 'bridge' && port === 0 ? { hostPort: 8080 } : {}),
      gpus: gpus === 0 ? 1 : 0,
    }));

const CLAUSES: readonly Clause[] = [
  { expression: 'attribute:stack == prod', holds: (instance) => attributeOf(instance, 'stack') === 'prod' },
  {
    expression: 'attribute:stack != prod',
    holds: (instance) => hasAttribute(instance, 'stack') && attributeOf(instance, 'stack') !== 'prod',
  },
  { expression: 'not(attribute:rack exists)', holds: (instance) => !hasAttribute(instance, 'rack') },
  {
    expression: 'attribute:ecs.availability-zone in [us-east-1a, us-east-1b]',
    holds: (instance) => ['us-east-1a', 'us-east-1b'].includes(String(attributeOf(instance, 'ecs.availability-zone'))),
  },
  {
    expression: 'attribute:ecs.instance-type =~ m5.*',
    holds: (instance) => /^m5.*$/.test(attributeOf(instance, 'ecs.instance-type') ?? ''),
  },
  { expression: 'runningTasksCount < 3', holds: (instance) => Number(instance.runningTasksCount) < 3 },
  {
    expression: 'task:group == one',
    holds: (_, tasks) => tasks.some((task) => isActive(task) && task.group === 'one'),
  },
  {
    expression: 'not(task:group == one)',
    holds: (_, tasks) => !tasks.some((task) => isActive(task) && task.group === 'one'),
  },
];

const STRATEGIES = [
  { type: 'binpack', field: 'cpu' },
  { type: 'binpack', field: 'memory' },
  { type: 'spread', field: 'instanceId' },
  { type: 'spread', field: 'attribute:ecs.availability-zone' },
  { type: 'spread', field: 'attribute:stack' },
  { type: 'spread', field: 'attribute:gpu' },
  { type: 'random' },
] as const;

/** One order: place a task so, or end one that runs. */
const order = fc.record({
  end: fc.nat(4),
  which: fc.nat(99),
  family: fc.nat(2),
  group: among(['one', 'two', 'family:f0']),
  strategies: fc.array(among(STRATEGIES), { minLength: 1, maxLength: 3 }),
  distinct: chance(1),
  clauses: fc.oneof(
    { arbitrary: fc.constant<Clause[]>([]), weight: 3 },
    { arbitrary: fc.subarray([...CLAUSES], { minLength: 1, maxLength: 2 }), weight: 2 },
  ),
});
export type Order = typeof order extends fc.Arbitrary<infer T> ? T : never;

export interface Plan {
  readonly seed: number;
  readonly instances: ContainerInstance[];
  readonly demands: Demand[];
  readonly orders: Order[];
}

export const plan: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(),
  instances: fc
    .tuple(...Array.from({ length: 12 }, (_, k) => containerInstance(k)))
    .chain((all) => fc.nat(9).map((n) => all.slice(n))),
  demands: fc.tuple(demand(0), demand(1), demand(2)).map((all) => [...all]),
  orders: fc.array(order, { minLength: 1, maxLength: 25, size: 'max' }),
});
