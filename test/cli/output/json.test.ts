/** JSON written in pieces is the JSON that JSON.stringify writes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonStream, writeJson } from '../../../src/cli/output/json.ts';

function sink() {
  const parts: string[] = [];
  const io = {
    env: {},
    isTerminal: false,
    isErrorTerminal: false,
    now: () => 0,
    columns: 80,
    stdin: async function* () {},
    out: async (text: string) => void parts.push(text),
    err: () => {},
  };
  return { io, parts };
}

describe('writeJson', () => {
  it('writes what JSON.stringify writes', async () => {
    const answer = fc.dictionary(fc.string(), fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()), { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(answer, async (value) => {
        const { io, parts } = sink();
        await writeJson(value, io);
        expect(parts.join('')).toBe(`${JSON.stringify(value, null, 2)}\n`);
      }),
    );
  });

  it('leaves out what is undefined', async () => {
    const { io, parts } = sink();
    await writeJson({ a: undefined, b: 1 }, io);
    expect(JSON.parse(parts.join(''))).toEqual({ b: 1 });
  });
});

describe('JsonStream', () => {
  it('writes a list that comes in parts, a piece at a time', async () => {
    const { io, parts } = sink();
    const json = new JsonStream(io);
    const item = { text: 'x'.repeat(1000) };
    for (let k = 0; k < 10; k++) await json.items('items', Array<object>(100).fill(item));
    await json.items('none', []);
    await json.end();
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.join('')).toBe(`${JSON.stringify({ items: Array<object>(1000).fill(item), none: [] }, null, 2)}\n`);
  });
});
