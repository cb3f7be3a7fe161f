/** Encodings, standard input, and the limit on what there is memory for. */
import { afterAll, describe, expect, it } from 'vitest';
import { Inputs } from '../../../src/cli/input/json.ts';
import { heapBytes } from '../../../src/cli/input/read-file.ts';
import type { Io } from '../../../src/cli/io.ts';
import { Files } from '../run-cli.ts';

const files = new Files();
afterAll(() => files.remove());

function ioWith(stdin: string): Io {
  return {
    env: {},
    isTerminal: false,
    isErrorTerminal: false,
    now: () => 0,
    columns: 80,
    async *stdin() {
      for (const letter of stdin) yield Buffer.from(letter);
    },
    out: async () => {},
    err: () => {},
  };
}

describe('Inputs', () => {
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from('{"a":"é"}')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeff{"a":"é"}')],
    ['UTF-16 as PowerShell writes it', Buffer.from('\ufeff{"a":"é"}', 'utf16le')],
  ])('reads %s', async (name, bytes) => {
    expect(await new Inputs(ioWith('')).json(files.write(name, bytes))).toEqual({ a: 'é' });
  });

  it('reads standard input, in however many pieces, once', async () => {
    const inputs = new Inputs(ioWith('[1,2]'));
    expect(await inputs.json('-')).toEqual([1, 2]);
    await expect(inputs.json('-')).rejects.toThrow('standard input (-) can be read for one option only.');
  });

  it('refuses what does not fit in memory before it is read', async () => {
    const inputs = new Inputs(ioWith('[1,2,3,4,5,6]'), 20);
    const first = files.write('first.json', '[1,2,3,4,5]');
    expect(await inputs.json(first)).toEqual([1, 2, 3, 4, 5]);
    await expect(inputs.json(first)).rejects.toMatchObject({
      code: 'INPUT_TOO_LARGE',
      facts: { file: first, limit: 9 },
    });
    await expect(inputs.json('-')).rejects.toMatchObject({
      code: 'INPUT_TOO_LARGE',
      facts: { file: 'standard input' },
    });
  });

  it('says how much there is memory for, and how to get more', async () => {
    const large = files.write('large.json', ' '.repeat(3_000_000));
    await expect(new Inputs(ioWith(''), 2_000_000).json(large)).rejects.toThrow(
      'the file has 3 MB, more than the 2 MB that there is memory for. Give Node more, such as NODE_OPTIONS=--max-old-space-size=16384.',
    );
  });

  it('takes a part of the heap that leaves room for the engine', () => {
    expect(heapBytes(8_000_000_000)).toBe(1_000_000_000);
  });

  it('names what cannot be read', async () => {
    const inputs = new Inputs(ioWith(''));
    await expect(inputs.json(`${files.folder}/none.json`)).rejects.toThrow('no such file');
    await expect(inputs.json(files.folder)).rejects.toThrow('this is a folder, not a file');
  });
});
