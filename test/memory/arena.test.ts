/** Laws of the arena: blocks are zeroed, aligned and apart; what is given back is given out again. */
import { describe, expect, it } from 'vitest';
import { createCore } from '../support/core.ts';

describe('arena', () => {
  it('gives zeroed blocks on 64-byte borders that never overlap', () => {
    const core = createCore();
    const sizes = [1, 64, 65, 100, 1000, 4096, 70_000];
    const blocks = sizes.map((bytes) => ({ bytes, address: core.allocateBytes(bytes) >>> 0 }));
    for (const { address, bytes } of blocks) {
      expect(address % 64).toBe(0);
      expect(new Uint8Array(core.memory.buffer, address, bytes).every((byte) => byte === 0)).toBe(true);
      new Uint8Array(core.memory.buffer, address, bytes).fill(bytes & 0xff);
    }
    for (const { address, bytes } of blocks) {
      expect(new Uint8Array(core.memory.buffer, address, bytes).every((byte) => byte === (bytes & 0xff))).toBe(true);
    }
  });

  it('reuses a block of the same class, zeroed again', () => {
    const core = createCore();
    const first = core.allocateBytes(1000);
    new Uint8Array(core.memory.buffer, first, 1000).fill(7);
    core.giveBackBytes(first, 1000);
    const top = core.heapTop();
    expect(core.allocateBytes(900)).toBe(first);
    expect(new Uint8Array(core.memory.buffer, first, 900).every((byte) => byte === 0)).toBe(true);
    expect(core.heapTop()).toBe(top);
  });

  it('rounds a block up by less than half, and gives out again what it cut off a larger one', () => {
    const core = createCore();
    const sizes = [
      [700, 768],
      [1000, 1024],
      [1500, 1536],
      [64, 64],
      [100, 128],
      [180, 192],
    ] as const;
    for (const [bytes, taken] of sizes) {
      const top = core.heapTop();
      core.allocateBytes(bytes);
      expect(core.heapTop() - top).toBe(taken);
    }
    const large = core.allocateBytes(98_304);
    const top = core.heapTop();
    core.giveBackBytes(large, 98_304);
    expect(core.freeBytes()).toBe(98_304);
    let left = 98_304;
    for (let taken = 49_152; taken >= 192; taken /= 2) {
      core.allocateBytes(taken);
      left -= taken;
      expect(core.freeBytes()).toBe(left);
    }
    expect(core.heapTop()).toBe(top);
  });

  it('says by its generation when memory grew', () => {
    const core = createCore();
    const before = core.generation();
    const buffer = core.memory.buffer;
    core.allocateBytes(10_000_000);
    expect(core.generation()).not.toBe(before);
    expect(buffer.byteLength).toBe(0);
  });

  it('grows by an eighth at least, since every growth costs the host a collection', () => {
    const core = createCore();
    core.allocateBytes(10_000_000);
    let growths = 0;
    let size = core.memory.buffer.byteLength;
    for (let k = 0; k < 10_000; k++) {
      core.allocateBytes(4096);
      if (core.memory.buffer.byteLength === size) continue;
      expect(core.memory.buffer.byteLength).toBeGreaterThanOrEqual(size + (size >> 3) - 65_536);
      size = core.memory.buffer.byteLength;
      growths++;
    }
    expect(growths).toBeGreaterThan(1);
    expect(growths).toBeLessThan(20);
  });
});
