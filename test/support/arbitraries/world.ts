/** A world to run commands in: engine options, instances (some registered at once, the rest in reserve), definitions. */
import fc from 'fast-check';
import type { EngineOptions } from '../../../src/contract.ts';
import type { ContainerInstance } from '../../../src/model/container-instance.ts';
import type { TaskDefinition } from '../../../src/model/task-definition.ts';
import { containerInstance } from './container-instance.ts';
import { among, chance, FAMILIES, INSTANCE_TYPES } from './names.ts';
import { taskDefinitionOf } from './task-definition.ts';

export interface World {
  readonly options: EngineOptions;
  readonly instances: readonly ContainerInstance[];
  /** How many of them are registered before the first command. */
  readonly registered: number;
  readonly definitions: readonly TaskDefinition[];
}

const options: fc.Arbitrary<EngineOptions> = fc
  .record({
    seed: fc.oneof(among([0, 1, 0xffffffff]), fc.nat()),
    limits: chance(5),
    numericAttributes: chance(2),
    caseInsensitiveKeywords: chance(1),
    none: chance(2),
  })
  .map(({ seed, limits, none, ...cql }) => ({
    seed,
    ...(limits ? { instanceTypes: INSTANCE_TYPES } : {}),
    cql: { ...cql, taskGroupNegation: none ? ('none' as const) : ('any' as const) },
  }));

/** Instances beyond those registered at first. */
const RESERVE = 4;

/** Mostly small, so that instances fill up and tie; sometimes past one or two 64-lane words. */
const size = fc.oneof(
  { arbitrary: fc.constant(0), weight: 1 },
  { arbitrary: fc.integer({ min: 1, max: 8 }), weight: 14 },
  { arbitrary: fc.integer({ min: 9, max: 70 }), weight: 7 },
  { arbitrary: fc.integer({ min: 126, max: 150 }), weight: 2 },
);

/** Instances are drawn last: a smaller size keeps all that was drawn before and the first instances. */
export const world: fc.Arbitrary<World> = size.chain((count) =>
  fc.record({
    options,
    definitions: fc.tuple(...FAMILIES.map(taskDefinitionOf)),
    registered: fc.constant(count),
    instances: fc.tuple(...Array.from({ length: count + RESERVE }, (_, k) => containerInstance(k))),
  }),
);
