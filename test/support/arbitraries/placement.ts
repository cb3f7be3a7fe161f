/** Strategies, constraints and whole placement inputs, as RunTask takes them; a few break a rule. */
import fc from 'fast-check';
import type { PlacementInput } from '../../../src/contract.ts';
import type { PlacementConstraint } from '../../../src/model/constraint.ts';
import type { PlacementStrategy } from '../../../src/model/strategy.ts';
import { defined } from './container-instance.ts';
import { expression } from './expression.ts';
import { ATTRIBUTES, among, chance, FAMILIES, GROUPS, oneIn, PROVIDERS, sometimes } from './names.ts';

const strategy: fc.Arbitrary<PlacementStrategy> = fc.oneof(
  { arbitrary: among(['cpu', 'memory', 'MEMORY']).map((field) => ({ type: 'binpack' as const, field })), weight: 4 },
  { arbitrary: among(ATTRIBUTES).map((name) => ({ type: 'spread' as const, field: `attribute:${name}` })), weight: 5 },
  { arbitrary: among(['instanceId', 'host']).map((field) => ({ type: 'spread' as const, field })), weight: 3 },
  { arbitrary: fc.constant({ type: 'random' as const }), weight: 2 },
);
const wrongStrategy = among<PlacementStrategy>([
  { type: 'random', field: '' },
  { type: 'binpack', field: 'gpu' },
  { type: 'spread' },
  { type: 'spread', field: 'attribute:' },
]);

/** None to five strategies; one time in thirty a bad one or a sixth. */
export const strategies: fc.Arbitrary<PlacementStrategy[]> = fc.oneof(
  { arbitrary: fc.array(strategy, { maxLength: 5 }), weight: 29 },
  { arbitrary: fc.oneof(fc.tuple(wrongStrategy), fc.array(strategy, { minLength: 6, maxLength: 6 })), weight: 1 },
);

const constraint: fc.Arbitrary<PlacementConstraint> = fc.oneof(
  { arbitrary: expression.map((text) => ({ type: 'memberOf' as const, expression: text })), weight: 3 },
  { arbitrary: fc.constant({ type: 'distinctInstance' as const }), weight: 2 },
);
const wrongConstraint = among<PlacementConstraint>([
  { type: 'distinctInstance', expression: '' },
  { type: 'memberOf' },
]);

export const constraints: fc.Arbitrary<PlacementConstraint[]> = fc.oneof(
  { arbitrary: fc.constant<PlacementConstraint[]>([]), weight: 15 },
  { arbitrary: fc.array(constraint, { maxLength: 3 }), weight: 15 },
  { arbitrary: wrongConstraint.map((wrong) => [wrong]), weight: 1 },
);

/** A family, a revision, or one that is not there. */
export const definitionName: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: among(FAMILIES), weight: 20 },
  { arbitrary: fc.tuple(among(FAMILIES), fc.integer({ min: 1, max: 2 })).map(([f, r]) => `${f}:${r}`), weight: 3 },
  { arbitrary: among(['unheard-of', 'web:0', '']), weight: 1 },
);

const overrides = among<Record<string, unknown>>([
  { cpu: '128', memory: '64' },
  { containerOverrides: [{ name: 'c0', cpu: 10, memory: 32 }] },
  { containerOverrides: [{ name: 'c0', cpu: 100 }] },
  { containerOverrides: [{ name: 'not-there', cpu: 1 }] },
  { containerOverrides: [{ name: 'c0', resourceRequirements: [{ type: 'GPU', value: '1' }] }] },
]);

const networkConfiguration = fc

  .tuple(fc.subarray(['subnet-a', 'subnet-b', 'subnet-z'], { minLength: 1 }), oneIn(24))
  .map(([known, more]) => (more ? [...known, 'subnet-unknown'] : known))
  .map((subnets) => ({ awsvpcConfiguration: { subnets } }));

/** Mostly none; both at once are refused. */
const where: fc.Arbitrary<Pick<PlacementInput, 'launchType' | 'capacityProvider' | 'capacityProviderStrategy'>> =
  fc.oneof(
    { arbitrary: fc.constant({}), weight: 16 },
    {
      arbitrary: among(['EC2', 'EC2', 'EXTERNAL', 'EXTERNAL', 'FARGATE']).map((launchType) => ({ launchType })),
      weight: 4,
    },
    {
      arbitrary: among([...PROVIDERS, ...PROVIDERS, 'nobody']).map((capacityProvider) => ({ capacityProvider })),
      weight: 2,
    },
    {
      arbitrary: among(PROVIDERS).map((capacityProvider) => ({ capacityProviderStrategy: [{ capacityProvider }] })),
      weight: 1,
    },
    { arbitrary: fc.constant({ launchType: 'EC2', capacityProvider: 'spot' }), weight: 1 },
  );

export const placementInput: fc.Arbitrary<PlacementInput> = fc
  .record({
    taskDefinition: definitionName,
    group: sometimes(5, among(GROUPS)),
    placementStrategy: sometimes(6, strategies),
    placementConstraints: sometimes(5, constraints),
    networkConfiguration: sometimes(4, networkConfiguration),
    where,
    overrides: sometimes(1, overrides),
    enableExecuteCommand: sometimes(1, chance(6)),
  })
  .map(({ where, ...draw }) => ({ ...defined(draw), ...where }) as PlacementInput);
