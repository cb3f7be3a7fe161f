/** The bar on standard error: only for people who wait. */
import { describe, expect, it } from 'vitest';
import type { Io } from '../../../src/cli/io.ts';
import { Progress } from '../../../src/cli/output/progress.ts';

/** A progress over 100 s of virtual time whose clock moves on by a step at each look. */
function watch(isErrorTerminal: boolean, stepMs: number, times: readonly number[]): { err: string[]; looks: number } {
  const err: string[] = [];
  let looks = 0;
  const io = {
    isErrorTerminal,
    columns: 80,
    err: (text: string) => void err.push(text),
    now: () => looks++ * stepMs,
  } as Partial<Io> as Io;
  const progress = new Progress(io, 100_000);
  for (const atMs of times) progress.show(atMs);
  progress.end();
  return { err, looks };
}

const EVERY_SECOND = Array.from({ length: 100 }, (_, k) => k * 1000);

describe('progress', () => {
  it('is silent without a terminal, and does not look at the clock', () => {
    expect(watch(false, 10_000, EVERY_SECOND)).toEqual({ err: [], looks: 0 });
  });

  it('is silent within the first second', () => {
    expect(watch(true, 9, EVERY_SECOND).err).toEqual([]);
  });

  it('shows a bar after a second and takes it away at the end', () => {
    const { err } = watch(true, 250, [0, 0, 0, 50_000]);
    expect(err).toEqual([`\r${'█'.repeat(15)}${'░'.repeat(15)}  50 %  00:00:50 of 00:01:40`, `\r${' '.repeat(79)}\r`]);
  });

  it('is drawn ten times a second at most', () => {
    expect(watch(true, 20, EVERY_SECOND).err.length - 1).toBe(Math.floor((100 * 20 - 1000) / 100) + 1);
  });
});
