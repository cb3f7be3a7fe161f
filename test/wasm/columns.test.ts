/** Columns come back as they were written, from any place in memory. */
import { describe, expect, it } from 'vitest';
import { checksum } from '../../src/wasm/checksum.ts';
import { type Column, packColumns, unpackColumns } from '../../src/wasm/columns.ts';

function packed(columns: readonly Column[]): Uint8Array {
  const pieces = packColumns(columns);
  const bytes = new Uint8Array(pieces.length + 8);
  pieces.writeTo(bytes, 8);
  return bytes.subarray(8);
}

const back = (columns: readonly Column[]): Column[] => unpackColumns(packed(columns));

describe('columns', () => {
  it.each([
    ['none', []],
    ['empty ones', [new Int32Array(), new Float64Array(), []]],
    ['numbers', [Int32Array.of(1, -1, 0x7fffffff), Float64Array.of(Number.NaN, -0, 1e300, 0.1), Int32Array.of(7)]],
    ['texts', [['', 'a', '', 'bc', 'arn:aws:ecs'], ['one']]],
    ['texts beyond ASCII', [['ä', '船', '⚓️', '\0', '\ufeffmark', '\ufeff']]],
    ['halves of pairs', [['\ud83d', '\ude00', 'x\udfff', 'whole 😀']]],
    ['a pair that two texts share', [['\ud83d', '\ude00']]],
  ] as [string, Column[]][])('of %s come back', (_, columns) => {
    expect(back(columns)).toEqual(columns);
  });

  it('of many texts come back, whatever stands in some of their blocks', () => {
    const texts = Array.from({ length: 40_000 }, (_, k) => (k === 20_000 ? '\udc00'.repeat(9000) : `text ${k}`));
    const again = back([texts, Int32Array.of(3)]) as [string[], Int32Array];
    expect(again[0].findIndex((text, k) => text !== texts[k])).toBe(-1);
    expect([again[0].length, again[1][0]]).toEqual([40_000, 3]);
  });
});

describe('the checksum', () => {
  const bytes = Uint8Array.from({ length: 84 }, (_, k) => (k * 37) & 0xff);

  it('tells every bit that flips', () => {
    const untold = Array.from({ length: bytes.length * 8 }, (_, bit) => bit).filter((bit) => {
      const other = bytes.slice();
      other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7));
      return checksum(other) === checksum(bytes);
    });
    expect(untold).toEqual([]);
  });

  it('tells two highest bits that flip in one lane', () => {
    const other = bytes.slice();
    for (const at of [3, 19]) other[at] = (other[at] as number) ^ 0x80;
    expect(checksum(other)).not.toBe(checksum(bytes));
  });

  it('tells words that change places', () => {
    const other = bytes.slice();
    other.copyWithin(0, 16, 20);
    other.set(bytes.subarray(0, 4), 16);
    expect(checksum(other)).not.toBe(checksum(bytes));
  });
});
