/** Workloads as data: what is measured, at which sizes, and a smoke size that runs in every test run. */
import type { PlacementConstraint, PlacementStrategy } from 'bayplan';

/** How the tight loop of the baseline picks the best instance. */
export type LoopRule = 'least memory' | 'fewest tasks' | 'zone, then fewest tasks' | 'zone, then least memory';

export interface Workload {
  readonly name: string;
  readonly about: string;
  readonly placementStrategy: readonly PlacementStrategy[];
  readonly placementConstraints: readonly PlacementConstraint[];
  readonly loop: LoopRule;
}

const BINPACK: PlacementStrategy = { type: 'binpack', field: 'memory' };
const BY_ZONE: PlacementStrategy = { type: 'spread', field: 'attribute:ecs.availability-zone' };
const BY_INSTANCE: PlacementStrategy = { type: 'spread', field: 'instanceId' };

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'binpack',
    about: 'binpack on memory',
    placementStrategy: [BINPACK],
    placementConstraints: [],
    loop: 'least memory',
  },
  {
    name: 'spread',
    about: 'spread over instances',
    placementStrategy: [BY_INSTANCE],
    placementConstraints: [],
    loop: 'fewest tasks',
  },
  {
    name: 'service',
    about: 'the service default: spread over zones, then instances',
    placementStrategy: [BY_ZONE, BY_INSTANCE],
    placementConstraints: [],
    loop: 'zone, then fewest tasks',
  },
  {
    name: 'zonepack',
    about: 'spread over zones, then binpack on memory',
    placementStrategy: [BY_ZONE, BINPACK],
    placementConstraints: [],
    loop: 'zone, then least memory',
  },
  {
    name: 'memberOf',
    about: 'binpack on memory where attribute:stack == blue (half of the instances)',
    placementStrategy: [BINPACK],
    placementConstraints: [{ type: 'memberOf', expression: 'attribute:stack == blue' }],
    loop: 'least memory',
  },
];

export interface Scale {
  readonly sizes: readonly number[];
  /** Share of cpu in use before the stream begins, percent. */
  readonly fullPercent: number;
  readonly definitions: number;
  /** Decisions whose hashes are compared: engine and loop, reference. */
  readonly compared: number;
  readonly comparedReference: number;
  /** Milliseconds each contender is timed for. */
  readonly timeMs: number;
}

export const FULL: Scale = {
  sizes: [1_000, 10_000, 100_000],
  fullPercent: 70,
  definitions: 200,
  compared: 5_000,
  comparedReference: 40,
  timeMs: 800,
};
export const SMOKE: Scale = {
  sizes: [300],
  fullPercent: 70,
  definitions: 20,
  compared: 400,
  comparedReference: 40,
  timeMs: 20,
};
