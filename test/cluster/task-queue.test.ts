/** Stopped tasks are taken in the order in which they stopped, each once, however many there are. */
import { describe, expect, it } from 'vitest';
import type { TaskState } from '../../src/cluster/state.ts';
import { TaskQueue } from '../../src/cluster/task-queue.ts';
import { play } from '../support/story.ts';

const stopped = (number: number, stoppedAtMs: number) => ({ number, stoppedAtMs }) as TaskState;

describe('the queue of stopped tasks', () => {
  it('gives up those that stopped by a time, oldest first', () => {
    const queue = new TaskQueue();
    for (const [number, atMs] of [
      [1, 10],
      [2, 20],
      [3, 30],
    ] as const)
      queue.add(stopped(number, atMs));
    expect(queue.takeUntil(9)).toBeUndefined();
    expect(queue.takeUntil(20)?.number).toBe(1);
    expect(queue.takeUntil(20)?.number).toBe(2);
    expect(queue.takeUntil(20)).toBeUndefined();
    expect(queue.takeUntil(30)?.number).toBe(3);
  });

  it('loses none while it cuts what was taken', () => {
    const queue = new TaskQueue();
    const taken: number[] = [];
    for (let number = 0; number < 5000; number++) {
      queue.add(stopped(number, number));
      if (number % 2 === 1) taken.push(queue.takeUntil(number)?.number ?? -1);
    }
    for (let task = queue.takeUntil(5000); task !== undefined; task = queue.takeUntil(5000)) taken.push(task.number);
    expect(taken).toEqual(Array.from({ length: 5000 }, (_, k) => k));
  });
});

describe('a stopped task', () => {
  it('can be named for an hour', async () => {
    const stop = (at: number, task: string) => ({ at, call: 'StopTask', input: { task } });
    const { events } = await play({ events: [stop(300, 'web[0]')], duration: 'PT10M' });
    const arn = events.map(({ event }) => event?.detail as { taskArn?: string } | undefined).find((one) => one?.taskArn)
      ?.taskArn as string;
    const again = await play({
      events: [stop(300, 'web[0]'), stop(3000, arn), stop(5000, 'web[0]'), stop(5100, arn)],
      duration: 'PT2H',
    });
    expect(again.events.flatMap(({ atMs, error }) => (error === undefined ? [] : [atMs / 1000]))).toEqual([5100]);
  });
});
