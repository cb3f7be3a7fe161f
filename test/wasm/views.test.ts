/** Views of memory stay right when memory grows and when the exchange buffer moves. */
import { describe, expect, it } from 'vitest';
import { COLUMN_REMAINING_CPU } from '../../assembly/abi.ts';
import { addInstance, type Host, host } from './cores.ts';

/** Makes memory grow by registering instances; returns how many there are. */
function growByInstances(one: Host, count: number): number {
  const before = one.core.memory.buffer.byteLength;
  for (let k = 0; k < count; k++) addInstance(one);
  expect(one.core.memory.buffer.byteLength).toBeGreaterThan(before);
  return count;
}

describe('a view', () => {
  it('is taken anew when memory grew', () => {
    const one = host();
    const old = one.views.words();
    const count = growByInstances(one, 3000);
    expect(old.length).toBe(0);
    expect(one.views.words().buffer).toBe(one.core.memory.buffer);
    for (const slot of [0, 1, count - 1]) expect(one.views.cell(COLUMN_REMAINING_CPU, slot)).toBe(1024);
  });

  it('is the same object while nothing moved', () => {
    const { views, core } = host();
    const words = views.words();
    core.addGroup();
    views.send([1, 2, 3]);
    expect(views.words()).toBe(words);
  });

  it('sends and receives more than the exchange buffer held', () => {
    const one = host();
    const list = Int32Array.from({ length: 400_000 }, (_, k) => k - 7);
    one.views.send(list);
    const back = new Int32Array(list.length + 1);
    one.views.receive(list.length, back);
    expect(back.findIndex((word, k) => word !== k - 7)).toBe(list.length);
    expect(back.at(-1)).toBe(0);
  });

  it('keeps words beyond 31 bits as the core reads them', () => {
    const one = host();
    one.views.send([0xffffffff, -1, 0x80000000]);
    const back = new Int32Array(3);
    one.views.receive(3, back);
    expect([...back]).toEqual([-1, -1, -0x80000000]);
  });

  it('lists the members of a bitset in order, the last bit of a word included', () => {
    const one = host();
    const at = one.views.exchange(16);
    one.views.send([1, -0x80000000, 0, 0x8001]);
    expect(one.views.members(at * 4, 128)).toEqual([0, 63, 96, 111]);
    expect(one.views.members(at * 4, 64)).toEqual([0, 63]);
    expect(one.views.members(at * 4, 0)).toEqual([]);
  });

  it('finds the exchange buffer after it moved within memory that did not grow', () => {
    const one = host();
    one.views.send([41]);
    const moved = one.views.exchange(8192);
    expect(one.views.exchange(16)).toBe(moved);
    one.views.send([42]);
    expect(one.views.exchanged(0)).toBe(42);
    expect(one.views.words()[moved]).toBe(42);
  });

  it('finds the exchange buffer after memory grew behind its back', () => {
    const one = host();
    one.views.send([43]);
    one.core.memory.grow(3);
    expect(one.views.exchanged(0)).toBe(43);
    one.core.memory.grow(3);
    one.views.send([44]);
    expect(one.views.exchanged(0)).toBe(44);
  });

  it('puts a copy back, into less memory and into more', () => {
    const small = host();
    addInstance(small);
    const saved = small.views.copy();
    const large = host();
    growByInstances(large, 3000);
    const much = large.views.copy();
    large.views.paste(saved);
    small.views.paste(much);
    expect([large.core.instanceCount(), small.core.instanceCount()]).toEqual([1, 3000]);
    expect([large.core.check(), small.core.check()]).toEqual([0, 0]);
    expect(Buffer.compare(large.views.copy(), saved)).toBe(0);
    expect(Buffer.compare(small.views.copy(), much)).toBe(0);
    expect(addInstance(large)).toBe(1);
    expect(addInstance(small)).toBe(3000);
  });

  it('leaves nothing of the old state beyond a copy that was put back', () => {
    const one = host();
    const saved = one.views.copy();
    growByInstances(one, 3000);
    one.views.paste(saved);
    const beyond = new Uint8Array(one.core.memory.buffer, saved.length);
    expect(beyond.every((byte) => byte === 0)).toBe(true);
  });
});
