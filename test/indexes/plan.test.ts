/**
 * With and without indexes the same instance is chosen: clusters large enough for the block index, changed at random,
 * each decision asked both ways, all invariants checked as it goes.
 */
import { describe, expect, it } from 'vitest';
import {
  NONE,
  OP_EQUALS,
  OP_READY,
  STRATEGY_BINPACK_CPU,
  STRATEGY_BINPACK_MEMORY,
  STRATEGY_SPREAD_ATTRIBUTE,
  STRATEGY_SPREAD_INSTANCE,
  UNLIMITED,
} from '../../assembly/abi.ts';
import { createCore, type InspectedCore, received, send } from '../support/core.ts';
import { deregister, dice, type Placed, release } from './moves.ts';

interface World {
  readonly core: InspectedCore;
  readonly below: (k: number) => number;
  readonly zone: number;
  readonly stack: number;
  readonly sizes: readonly number[];
  readonly zones: number;
}

function addInstance({ core, below, zone, stack, sizes, zones }: World): void {
  const cpu = sizes[below(sizes.length)] as number;
  const memory = cpu * (1 + below(4));
  const enis = below(3) === 0 ? 3 : UNLIMITED;
  send(core, [cpu, memory, 2, enis, cpu, memory, below(3), enis, 0, 0, 0, 3]);
  const slot = core.register(0);
  if (below(20) > 0) core.setAttribute(slot, zone, 2 + below(zones));
  if (below(3) > 0) core.setAttribute(slot, stack, 2 + below(2));
}

const STRATEGIES: readonly (readonly (readonly [number, 'zone' | 0])[])[] = [
  [[STRATEGY_BINPACK_CPU, 0]],
  [[STRATEGY_BINPACK_MEMORY, 0]],
  [[STRATEGY_SPREAD_INSTANCE, 0]],
  [[STRATEGY_SPREAD_ATTRIBUTE, 'zone']],
  [
    [STRATEGY_SPREAD_ATTRIBUTE, 'zone'],
    [STRATEGY_SPREAD_INSTANCE, 0],
  ],
  [
    [STRATEGY_SPREAD_ATTRIBUTE, 'zone'],
    [STRATEGY_BINPACK_MEMORY, 0],
  ],
];

function program(core: InspectedCore, words: readonly number[]): number {
  send(core, words);
  return core.addProgram(words.length, 0);
}

/** Requests of every plannable shape, with and without constraints and scarce resources. */
function makeRequests({ core, below, zone, stack }: World, count: number): number[] {
  const filter = program(core, [OP_READY, 0, 0]);
  const memberOf = program(core, [OP_EQUALS, stack, 2]);
  return Array.from({ length: count }, (_, k) => {
    const ports = below(4) === 0 ? [8000 + below(3)] : [];
    send(core, [128 << below(6), 64 + below(40) * 100, below(8) === 0 ? 1 : 0, below(6) === 0 ? 1 : 0, ...ports]);
    const demand = core.addDemand(ports.length);
    const strategies = STRATEGIES[k % STRATEGIES.length] as (typeof STRATEGIES)[number];
    const pairs = strategies.flatMap(([kind, argument]) => [kind, argument === 'zone' ? zone : 0]);
    const distinct = below(5) === 0 ? 1 : 0;
    send(core, [
      demand,
      core.addGroup(),
      distinct,
      filter,
      NONE,
      NONE,
      NONE,
      NONE,
      below(3) === 0 ? memberOf : NONE,
      strategies.length,
      ...pairs,
    ]);
    return core.addRequest();
  });
}

function place({ core }: World, request: number, held: Placed[]): void {
  const slot = core.decideOnly(request);
  expect(slot).toBe(core.decideWithoutIndexes(request));
  expect(core.place(request, 1)).toBe(slot < 0 ? 0 : 1);
  if (slot < 0) return;
  expect(received(core)).toBe(slot);
  held.push({ request, slot });
}

function step(world: World, requests: readonly number[], held: Placed[]): void {
  const { core, below, zone, stack } = world;
  const action = below(100);
  const slot = below(core.slots());
  if (action < 62) place(world, requests[below(requests.length)] as number, held);
  else if (action < 90) release(world, held);
  else if (action < 93) addInstance(world);
  else if (action < 95) deregister(world, held);
  else if (core.isLive(slot) === 0) return;
  else if (action < 98) core.setState(slot, below(4));
  else core.setAttribute(slot, below(2) === 0 ? zone : stack, below(5));
}

const KINDS = [
  { name: 'mixed sizes', sizes: [1024, 2048, 4096, 8192, 16384], zones: 3, instances: 400, requests: 18, steps: 4000 },
  { name: 'all instances alike', sizes: [4096], zones: 3, instances: 700, requests: 12, steps: 3000 },
  { name: 'more zones than vectors', sizes: [2048, 8192], zones: 12, instances: 300, requests: 12, steps: 3000 },
  { name: 'nearly full', sizes: [2048, 4096], zones: 2, instances: 260, requests: 12, steps: 4000 },
];

describe('indexes', () => {
  it.each(KINDS)('choose what the stages choose: $name', ({ sizes, zones, instances, requests, steps }) => {
    const core = createCore();
    const world: World = {
      core,
      below: dice(instances),
      zone: core.addAttribute(),
      stack: core.addAttribute(),
      sizes,
      zones,
    };
    for (let k = 0; k < instances; k++) addInstance(world);
    const made = makeRequests(world, requests);
    const held: Placed[] = [];
    for (let k = 0; k < steps; k++) {
      step(world, made, held);
      if (k % 100 === 0) expect(core.check()).toBe(0);
    }
    expect(core.check()).toBe(0);
    expect(held.length).toBeGreaterThan(60);
  });

  it('get one over the instances of a constraint that leaves most out', () => {
    const core = createCore();
    const world: World = {
      core,
      below: dice(11),
      zone: core.addAttribute(),
      stack: core.addAttribute(),
      sizes: [4096],
      zones: 3,
    };
    for (let k = 0; k < 1500; k++) addInstance(world);
    const requests = makeRequests(world, 24);
    const held: Placed[] = [];
    for (let k = 0; k < 6000; k++) place(world, requests[k % 24] as number, held);
    expect(core.blockIndexes()).toBeGreaterThan(2);
    for (let k = 0; k < 4000; k++) {
      step(world, requests, held);
      if (k % 500 === 0) expect(core.check()).toBe(0);
    }
    // More changes than the journal remembers: the subset starts anew.
    for (let slot = 0; slot < 1400; slot++)
      if (core.isLive(slot) !== 0) core.setAttribute(slot, world.stack, 2 + (slot % 3));
    for (const request of requests) place(world, request, held);
    expect(core.check()).toBe(0);
  });

  it('forget what was there when everything is released', () => {
    const core = createCore();
    const world: World = {
      core,
      below: dice(5),
      zone: core.addAttribute(),
      stack: core.addAttribute(),
      sizes: [2048],
      zones: 3,
    };
    for (let k = 0; k < 300; k++) addInstance(world);
    const requests = makeRequests(world, 6);
    const held: Placed[] = [];
    for (let k = 0; k < 600; k++) place(world, requests[k % 6] as number, held);
    while (held.length > 0) release(world, held);
    expect(core.check()).toBe(0);
    for (const request of requests) place(world, request, held);
  });
});
