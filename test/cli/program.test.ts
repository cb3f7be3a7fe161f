/** The command line when the world outside fails. */
import { describe, expect, it } from 'vitest';
import { type Io, ReaderGone } from '../../src/cli/io.ts';
import { run } from '../../src/cli/program.ts';

function failing(error: unknown): { io: Io; err: string[] } {
  const err: string[] = [];
  const io: Io = {
    env: {},
    isTerminal: false,
    isErrorTerminal: false,
    now: () => 0,
    columns: 80,
    async *stdin() {},
    out: () => Promise.reject(error),
    err: (text) => void err.push(text),
  };
  return { io, err };
}

describe('run', () => {
  it('ends quietly when the reader of its output has gone', async () => {
    const { io, err } = failing(new ReaderGone());
    expect(await run(['--help'], io)).toBe(0);
    expect(err).toEqual([]);
  });

  it('makes one line of whatever else goes wrong', async () => {
    const { io, err } = failing(new RangeError('Invalid\n string length'));
    expect(await run(['--help'], io)).toBe(2);
    expect(err).toEqual([
      'error: unexpected RangeError: Invalid string length. Please report it with the command that led here.\n',
    ]);
  });

  it('takes even what is no error', async () => {
    const { io, err } = failing('disk full');
    expect(await run(['--help'], io)).toBe(2);
    expect(err.join('')).toMatch(/^error: unexpected Error: disk full\./);
  });
});
