/**
 * Worlds as plain data: instances and requests, so that one world can be built on several cores and shrunk by fast-check.
 * Called by the tests of the indexes and of the batches.
 */
import {
  COMPARE_GE,
  COMPARE_LT,
  INSTRUCTION_WORDS,
  NONE,
  OP_AND,
  OP_EQUALS,
  OP_GROUP,
  OP_NOT,
  OP_OR,
  OP_PRESENT,
  OP_READY,
  OP_RUNNING_TASKS,
  STRATEGY_BINPACK_CPU,
  STRATEGY_BINPACK_MEMORY,
  STRATEGY_RANDOM,
  STRATEGY_SPREAD_ATTRIBUTE,
  STRATEGY_SPREAD_INSTANCE,
  UNLIMITED,
} from '../../assembly/abi.ts';
import { type InspectedCore, send } from '../support/core.ts';

export interface InstanceRow {
  readonly cpu: number;
  readonly memory: number;
  /** What is left of both, where it differs. */
  readonly left?: readonly [cpu: number, memory: number] | undefined;
  readonly gpu?: number;
  readonly eni?: number;
  readonly ports?: readonly number[];
  /** Value ids of the attributes `zone` and `stack`; 0 or nothing: without it. */
  readonly zone?: number;
  readonly stack?: number;
}

export type Strategy = 'cpu' | 'memory' | 'instance' | 'random' | 'zone' | 'stack';
export type MemberOf = (typeof MEMBER_OF)[number];

/** Constraints; the groups are the request's own and its neighbour, whose number differs in the last bit. */
export const MEMBER_OF = [
  'stack',
  'no stack',
  'neighbour',
  'not own',
  'few tasks',
  'busy',
  'stack or few',
  'one zone',
  'little of a zone',
  'few of a zone',
] as const;

export interface RequestRow {
  readonly cpu: number;
  readonly memory: number;
  /** -1: all of the instance's. */
  readonly gpu?: number;
  readonly eni?: number;
  readonly ports?: readonly number[];
  /** Number of the group; requests may share one. */
  readonly group?: number;
  readonly distinct?: boolean;
  readonly memberOf?: MemberOf | undefined;
  readonly strategies: readonly Strategy[];
}

/** Every list that an index serves: at most one spread over an attribute, then one last key. */
export const PLANNABLE: readonly (readonly Strategy[])[] = [
  ['cpu'],
  ['memory'],
  ['instance'],
  ['zone'],
  ['zone', 'cpu'],
  ['zone', 'memory'],
  ['zone', 'instance'],
  ['stack'],
  ['stack', 'cpu'],
  ['stack', 'instance'],
];

/** Lists for the stages alone. */
export const OTHERS: readonly (readonly Strategy[])[] = [
  ['random'],
  ['zone', 'random'],
  ['zone', 'stack'],
  ['zone', 'stack', 'memory'],
  ['cpu', 'memory'],
  ['instance', 'cpu'],
  ['stack', 'zone', 'instance', 'memory', 'random'],
  ['memory', 'cpu', 'instance', 'zone', 'stack'],
];

const KINDS: Readonly<Record<Strategy, number>> = {
  cpu: STRATEGY_BINPACK_CPU,
  memory: STRATEGY_BINPACK_MEMORY,
  instance: STRATEGY_SPREAD_INSTANCE,
  random: STRATEGY_RANDOM,
  zone: STRATEGY_SPREAD_ATTRIBUTE,
  stack: STRATEGY_SPREAD_ATTRIBUTE,
};

export const ZONE = 0;
export const STACK = 1;

/** A core with two attributes, on which instances and requests can be built. */
export class World {
  readonly core: InspectedCore;
  readonly #groups: number[] = [];
  readonly #programs = new Map<string, number>();

  constructor(core: InspectedCore) {
    this.core = core;
    core.addAttribute();
    core.addAttribute();
  }

  register({ cpu, memory, left, gpu = 0, eni = UNLIMITED, ports = [], zone = 0, stack = 0 }: InstanceRow): number {
    const { core } = this;
    const [cpuLeft, memoryLeft] = left ?? [cpu, memory];
    send(core, [cpu, memory, gpu, eni, cpuLeft, memoryLeft, gpu, eni, 0, 0, 0, 3, ...ports]);
    const slot = core.register(ports.length);
    if (zone > 0) core.setAttribute(slot, ZONE, zone);
    if (stack > 0) core.setAttribute(slot, STACK, stack);
    return slot;
  }

  request({ cpu, memory, gpu = 0, eni = 0, ports = [], group = 0, ...rest }: RequestRow): number {
    const { core } = this;
    const { distinct = false, memberOf, strategies } = rest;
    send(core, [cpu, memory, gpu, eni, ...ports]);
    const demand = core.addDemand(ports.length);
    const counted = this.group(group);
    const filter = this.#program([OP_READY, 0, 0], false);
    const constraint = memberOf === undefined ? NONE : this.#constraint(memberOf, group);
    const pairs = strategies.flatMap((one) => [KINDS[one], one === 'stack' ? STACK : ZONE]);
    const gates = [NONE, NONE, NONE, NONE];
    send(core, [demand, counted, distinct ? 1 : 0, filter, ...gates, constraint, strategies.length, ...pairs]);
    return core.addRequest();
  }

  group(number: number): number {
    while (this.#groups.length <= number) this.#groups.push(this.core.addGroup());
    return this.#groups[number] as number;
  }

  #constraint(memberOf: MemberOf, group: number): number {
    const few = [OP_RUNNING_TASKS, COMPARE_LT, 2];
    switch (memberOf) {
      case 'stack':
        return this.#program([OP_EQUALS, STACK, 2], false);
      case 'no stack':
        return this.#program([OP_PRESENT, STACK, 0, OP_NOT, 0, 0], false);
      case 'neighbour':
        return this.#program([OP_GROUP, this.group(group ^ 1), 0, OP_EQUALS, STACK, 2, OP_OR, 0, 0], true);
      case 'not own':
        return this.#program([OP_GROUP, this.group(group), 0, OP_NOT, 0, 0], true);
      case 'few tasks':
        return this.#program(few, true);
      case 'busy':
        return this.#program([OP_RUNNING_TASKS, COMPARE_GE, 1], true);
      case 'one zone':
        return this.#program([OP_EQUALS, ZONE, 2], false);
      case 'little of a zone':
        return this.#program([OP_EQUALS, ZONE, 1, OP_NOT, 0, 0, OP_EQUALS, STACK, 2, OP_OR, 0, 0], false);
      case 'few of a zone':
        return this.#program([OP_EQUALS, ZONE, 1, OP_NOT, 0, 0, ...few, OP_OR, 0, 0], true);
      case 'stack or few':
        return this.#program([OP_EQUALS, STACK, 3, ...few, OP_OR, 0, 0, OP_PRESENT, ZONE, 0, OP_AND, 0, 0], true);
    }
  }

  #program(words: readonly number[], dynamic: boolean): number {
    const key = words.join();
    if (!this.#programs.has(key)) {
      if (words.length % INSTRUCTION_WORDS !== 0) throw new Error(`no whole instructions: ${key}`);
      send(this.core, words);
      this.#programs.set(key, this.core.addProgram(words.length, dynamic ? 1 : 0));
    }
    return this.#programs.get(key) as number;
  }
}

/** Gives numbers below k. */
export type Dice = (k: number) => number;

/** From a fixed start. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  return (k) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * k);
  };
}
