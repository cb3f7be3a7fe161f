/** Programs of the core: a kept answer is what a new sweep would give, also after it was dropped for room. */
import { describe, expect, it } from 'vitest';
import {
  COMPARE_EQ,
  COMPARE_GE,
  COMPARE_GT,
  COMPARE_LE,
  COMPARE_LT,
  COMPARE_NE,
  OP_ACTIVE,
  OP_AGENT,
  OP_FALSE,
  OP_GROUP,
  OP_IN,
  OP_NOT,
  OP_OR,
  OP_PRESENT,
  OP_READY,
  OP_REGISTERED_AT,
  OP_RUNNING_TASKS,
  OP_TRUE,
  VALUE_FIRST,
} from '../../assembly/abi.ts';
import { createCore, type InspectedCore, send } from '../support/core.ts';

const SECONDS = [0, 1, 5, 6, 7, 0x7fffffff, 0x80000000 | 0, -1];

function register(core: InspectedCore, k: number): number {
  const seconds = SECONDS[k % SECONDS.length] as number;
  send(core, [1024, 1024, 0, 9, 1024, 1024, 0, 9, k % 4, 0, seconds, k % 5 === 0 ? 1 : 3]);
  return core.register(0);
}

function program(core: InspectedCore, code: readonly number[], dynamic = 1): number {
  send(core, code);
  return core.addProgram(code.length, dynamic);
}

function members(core: InspectedCore, address: number): number[] {
  const words = new Uint32Array(core.memory.buffer, address >>> 0, Math.ceil(core.slots() / 32));
  return Array.from({ length: core.slots() }, (_, slot) => slot).filter(
    (slot) => (((words[slot >>> 5] as number) >>> (slot & 31)) & 1) === 1,
  );
}

const COMPARISONS = [COMPARE_EQ, COMPARE_NE, COMPARE_LT, COMPARE_LE, COMPARE_GT, COMPARE_GE];

describe('a kept answer', () => {
  it('is that of a sweep for every leaf, also when it only catches up', () => {
    const core = createCore();
    const [attribute, set, group] = [core.addAttribute(), core.addSet(), core.addGroup()];
    core.setAdd(set, VALUE_FIRST + 1);
    for (let k = 0; k < 300; k++) register(core, k);
    const leaves = [
      ...[OP_READY, OP_ACTIVE, OP_TRUE, OP_FALSE].map((op) => [op, 0, 0]),
      ...[0, 1, 2, 3].map((answers) => [OP_AGENT, answers, 0]),
      ...COMPARISONS.flatMap((how) => SECONDS.slice(1).map((bound) => [OP_REGISTERED_AT, how, bound])),
      ...COMPARISONS.map((how) => [OP_RUNNING_TASKS, how, 2]),
      [OP_GROUP, group, 0],
      [OP_PRESENT, attribute, 0],
      [OP_IN, attribute, set],
    ];
    const codes = [...leaves, ...leaves.map((leaf) => [...leaf, OP_NOT, 0, 0, OP_GROUP, group, 0, OP_OR, 0, 0])];
    const programs = codes.map((code) => program(core, code));
    const expectSame = (): void => {
      codes.forEach((code, k) => {
        const kept = members(core, core.evaluate(programs[k] as number));
        send(core, code);
        expect(kept, code.join()).toEqual(members(core, core.evaluateOnce(code.length)));
      });
    };
    expectSame();
    for (let turn = 0; turn < 40; turn++) {
      const slot = (turn * 37) % 300;
      core.setAttribute(slot, attribute, VALUE_FIRST + (turn % 2));
      core.addCount(group, (slot * 3) % 300, 1);
      core.setState((slot * 7) % 300, turn % 4);
      core.deregister((slot * 11) % 300);
      register(core, turn);
      expectSame();
    }
  });

  it('compares times as unsigned numbers, and an unknown one never', () => {
    const core = createCore();
    for (let k = 0; k < SECONDS.length; k++) register(core, k);
    const later = (bound: number): number[] => {
      send(core, [OP_REGISTERED_AT, COMPARE_GT, bound]);
      return members(core, core.evaluateOnce(3));
    };
    expect(later(6)).toEqual([4, 5, 6, 7]);
    expect(later(0x7fffffff)).toEqual([6, 7]);
    send(core, [OP_REGISTERED_AT, COMPARE_LT, 5]);
    expect(members(core, core.evaluateOnce(3))).toEqual([1]);
  });

  it('is dropped when too many are kept, and made anew when asked for', () => {
    const core = createCore();
    for (let k = 0; k < 66_000; k++) register(core, k);
    const first = program(core, [OP_READY, 0, 0], 0);
    const expected = members(core, core.evaluate(first));
    const before = core.heapTop() >>> 0;
    for (let k = 0; k < 5000; k++) core.evaluate(program(core, [OP_AGENT, 2, 0], 0));
    // 5,000 answers of 16 KiB would be 80 MiB; 64 are kept, beside the programs themselves.
    expect((core.heapTop() >>> 0) - before).toBeLessThan(66 * 2 ** 20);
    core.setState(1, 0);
    expect(members(core, core.evaluate(first))).toEqual(expected.filter((slot) => slot !== 1));
  });
});
