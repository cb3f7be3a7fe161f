/**
 * A block index over many instances is filled in parts, while the cluster goes on changing: the choices are those without
 * it, all invariants hold in between, and in the end it is used.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { createFastCore, received } from '../support/core.ts';
import { deregister, type Placed, release } from './moves.ts';
import { type Dice, dice, type InstanceRow, type Strategy, World } from './world.ts';

/** Three parts. */
const INSTANCES = 150_000;

function row(below: Dice): InstanceRow {
  const cpu = 1024 * (1 + below(4));
  const memory = 512 + below(30_000);
  return { cpu, memory, left: [1 + below(cpu), 1 + below(memory)], zone: 1 + below(3), stack: below(4) };
}

describe('filling in parts', () => {
  const below = dice(20);
  const world = new World(createFastCore());
  const { core } = world;
  const held: Placed[] = [];

  beforeAll(() => {
    for (let k = 0; k < INSTANCES; k++) world.register(row(below));
  });

  /** Places a task, and frees, drops and adds others. */
  function decide(request: number): void {
    const slot = core.decideWithoutIndexes(request);
    expect(core.decideOnly(request)).toBe(slot);
    expect(core.place(request, 1)).toBe(1);
    expect(received(core)).toBe(slot);
    held.push({ request, slot });
    for (let k = 0; k < 20; k++) deregister({ core, below }, held);
    for (let k = 0; k < 25; k++) world.register(row(below));
    if (below(3) === 0) release({ core, below }, held);
    for (let k = 0; k < 20; k++) core.setAttribute(below(core.slots()), 1, 0);
  }

  it.each<[string, Strategy[], 'stack' | undefined]>([
    ['memory', ['memory'], undefined],
    ['cpu', ['cpu'], undefined],
    ['zones, then memory', ['zone', 'memory'], undefined],
    ['memory of one stack', ['memory'], 'stack'],
  ])('by %s', (_name, strategies, memberOf) => {
    const indexes = core.blockIndexes();
    const request = world.request({ cpu: 700, memory: 9000, memberOf, strategies });
    for (let k = 0; k < 12; k++) {
      decide(request);
      expect(core.check()).toBe(0);
    }
    expect(core.blockIndexes()).toBeGreaterThanOrEqual(indexes);
  });
});
