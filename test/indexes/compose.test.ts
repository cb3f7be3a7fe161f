/**
 * Lists of up to five strategies in any order: through the indexes the same instance is chosen as by the stages, with the
 * same number of random draws, on clusters that change at random.
 */
import { describe, expect, it } from 'vitest';
import {
  NONE,
  OP_EQUALS,
  OP_READY,
  STRATEGY_BINPACK_CPU,
  STRATEGY_BINPACK_MEMORY,
  STRATEGY_RANDOM,
  STRATEGY_SPREAD_ATTRIBUTE,
  STRATEGY_SPREAD_INSTANCE,
  UNLIMITED,
} from '../../assembly/abi.ts';
import { createCore, type InspectedCore, received, send } from '../support/core.ts';
import { deregister, dice, type Placed, release } from './moves.ts';

interface Kind {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly zones: number;
  readonly stacks: number;
  readonly instances: number;
  /** One request in so many asks for a stack. */
  readonly constrained: number;
  readonly requests: number;
  readonly steps: number;
}

interface World extends Kind {
  readonly core: InspectedCore;
  readonly below: (k: number) => number;
  readonly zone: number;
  readonly stack: number;
}

const ALL_GPUS = NONE;

function addInstance({ core, below, zone, stack, sizes, zones, stacks }: World): void {
  const cpu = sizes[below(sizes.length)] as number;
  const memory = cpu * (1 + below(sizes.length === 1 ? 1 : 3));
  const enis = below(3) === 0 ? 3 : UNLIMITED;
  const gpus = below(3) === 0 ? 2 : 0;
  send(core, [cpu, memory, gpus, enis, cpu, memory, gpus, enis, 0, 0, 0, 3]);
  const slot = core.register(0);
  if (below(20) > 0) core.setAttribute(slot, zone, 2 + below(zones));
  if (below(3) > 0) core.setAttribute(slot, stack, 2 + below(stacks));
}

const LETTERS = {
  r: STRATEGY_RANDOM,
  c: STRATEGY_BINPACK_CPU,
  m: STRATEGY_BINPACK_MEMORY,
  i: STRATEGY_SPREAD_INSTANCE,
};
const TELLING = ['zsi', 'im', 'szim', 'mc', 'izs', 'zsr', 'mir', 'icz', 'zszmi', 'cmr', 'ir'];

/** A telling list, or one to five strategies by chance, some of them twice. `random` ends a list: most go without. */
function strategies({ below, zone, stack }: World, k: number): number[] {
  const letters = below(3) === 0 ? 'rcmizs' : 'cmizs';
  const list = Array.from({ length: 1 + below(5) }, () => letters[below(letters.length)] as string);
  return [...(k % 2 === 0 ? (TELLING[(k / 2) % TELLING.length] as string) : list)].flatMap((letter) => {
    if (letter === 'z') return [STRATEGY_SPREAD_ATTRIBUTE, zone];
    if (letter === 's') return [STRATEGY_SPREAD_ATTRIBUTE, stack];
    return [LETTERS[letter as keyof typeof LETTERS], 0];
  });
}

function program(core: InspectedCore, words: readonly number[]): number {
  send(core, words);
  return core.addProgram(words.length, 0);
}

function makeRequests(world: World): number[] {
  const { core, below, stack } = world;
  const filter = program(core, [OP_READY, 0, 0]);
  const memberOf = program(core, [OP_EQUALS, stack, 2]);
  return Array.from({ length: world.requests }, (_, k) => {
    const ports = below(6) === 0 ? [8000 + below(3)] : [];
    const gpus = [1, ALL_GPUS, 0, 0, 0, 0, 0, 0][below(8)] as number;
    send(core, [128 << below(6), 64 + below(40) * 100, gpus, below(8) === 0 ? 1 : 0, ...ports]);
    const demand = core.addDemand(ports.length);
    const pairs = strategies(world, k);
    const constraint = below(world.constrained) === 0 ? memberOf : NONE;
    const distinct = below(6) === 0 ? 1 : 0;
    send(core, [
      demand,
      core.addGroup(),
      distinct,
      filter,
      NONE,
      NONE,
      NONE,
      NONE,
      constraint,
      pairs.length / 2,
      ...pairs,
    ]);
    return core.addRequest();
  });
}

/** What one way of deciding chooses, and the state of the generator after it. */
function outcome(core: InspectedCore, seed: number, decide: () => number): readonly [number, number] {
  core.init(seed);
  const slot = decide();
  return [slot, core.randomNext()];
}

function place({ core, below }: World, request: number, held: Placed[]): void {
  const seed = below(1 << 30);
  const expected = outcome(core, seed, () => core.decideWithoutIndexes(request));
  expect(outcome(core, seed, () => core.decideOnly(request))).toEqual(expected);
  core.init(seed);
  const [slot] = expected;
  expect(core.place(request, 1)).toBe(slot < 0 ? 0 : 1);
  if (slot < 0) return;
  expect(received(core)).toBe(slot);
  held.push({ request, slot });
}

function step(world: World, requests: readonly number[], held: Placed[]): void {
  const { core, below, zone, stack } = world;
  const action = below(100);
  const slot = below(core.slots());
  if (action < 66) place(world, requests[below(requests.length)] as number, held);
  else if (action < 91) release(world, held);
  else if (action < 93) addInstance(world);
  else if (action < 95) deregister(world, held);
  else if (core.isLive(slot) === 0) return;
  else if (action < 98) core.setState(slot, below(4));
  else core.setAttribute(slot, below(2) === 0 ? zone : stack, below(5));
}

const MIXED = [1024, 2048, 4096, 8192, 16384];
const KINDS: readonly Kind[] = [
  { name: 'mixed sizes', sizes: MIXED, zones: 3, stacks: 2, instances: 600, constrained: 4, requests: 80, steps: 4000 },
  {
    name: 'all instances alike',
    sizes: [4096],
    zones: 3,
    stacks: 2,
    instances: 900,
    constrained: 4,
    requests: 80,
    steps: 3000,
  },
  {
    name: 'many domains',
    sizes: [2048, 8192],
    zones: 12,
    stacks: 40,
    instances: 400,
    constrained: 4,
    requests: 80,
    steps: 3000,
  },
  {
    name: 'few instances',
    sizes: [2048, 4096],
    zones: 3,
    stacks: 3,
    instances: 40,
    constrained: 4,
    requests: 80,
    steps: 3000,
  },
  {
    name: 'nearly full',
    sizes: [1024, 2048],
    zones: 4,
    stacks: 4,
    instances: 280,
    constrained: 4,
    requests: 60,
    steps: 4000,
  },
  {
    name: 'a large cluster',
    sizes: MIXED,
    zones: 3,
    stacks: 30,
    instances: 17000,
    constrained: 4,
    requests: 22,
    steps: 900,
  },
  {
    name: 'a small part',
    sizes: [16384],
    zones: 3,
    stacks: 30,
    instances: 700,
    constrained: 1,
    requests: 22,
    steps: 3000,
  },
  {
    name: 'one busy service',
    sizes: [16384],
    zones: 3,
    stacks: 6,
    instances: 300,
    constrained: 4,
    requests: 6,
    steps: 3000,
  },
];

function createWorld(kind: Kind, seed: number): World {
  const core = createCore();
  const world = { ...kind, core, below: dice(seed), zone: core.addAttribute(), stack: core.addAttribute() };
  for (let k = 0; k < kind.instances; k++) addInstance(world);
  return world;
}

describe('lists of strategies', () => {
  it.each(KINDS)('choose through indexes what the stages choose: $name', (kind) => {
    const world = createWorld(kind, kind.instances);
    const requests = makeRequests(world);
    const held: Placed[] = [];
    for (let k = 0; k < kind.steps; k++) {
      step(world, requests, held);
      if (k % 200 === 0) expect(world.core.check()).toBe(0);
    }
    expect(world.core.check()).toBe(0);
    expect(held.length).toBeGreaterThan(30);
  });

  it('choose the same in batches', () => {
    const kind = KINDS[0] as Kind;
    const [world, other] = [createWorld(kind, 3), createWorld(kind, 3)];
    const requests = makeRequests(world);
    expect(makeRequests(other)).toEqual(requests);
    for (const request of requests) {
      const placed = world.core.place(request, 20);
      const slots = [...new Int32Array(world.core.memory.buffer, world.core.exchange(80), placed)];
      for (const slot of slots) {
        expect(other.core.place(request, 1)).toBe(1);
        expect(received(other.core)).toBe(slot);
      }
      if (placed < 20) expect(other.core.place(request, 1)).toBe(0);
    }
  });
});
