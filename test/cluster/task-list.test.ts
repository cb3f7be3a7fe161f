/** Tasks in the order in which they were added, whatever their numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskState } from '../../src/cluster/state.ts';
import { TaskList } from '../../src/cluster/task-list.ts';

const TASKS = Array.from({ length: 12 }, (_, number) => ({ number }) as TaskState);

describe('a list of tasks', () => {
  it('is what a Set would hold, in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(11), { maxLength: 60 }), (numbers) => {
        const [list, set] = [new TaskList(), new Set<TaskState>()];
        for (const number of numbers) {
          const task = TASKS[number] as TaskState;
          expect(list.has(task)).toBe(set.has(task));
          if (set.has(task)) expect([list.delete(task), set.delete(task)]).toEqual([true, true]);
          else for (const either of [list, set]) either.add(task);
          expect([...list]).toEqual([...set]);
          expect(list.size).toBe(set.size);
        }
      }),
      { numRuns: 300, seed: 49 },
    );
  });

  it('does not delete what is not there', () => {
    const list = new TaskList();
    list.add(TASKS[3] as TaskState);
    expect(list.delete(TASKS[2] as TaskState)).toBe(false);
    expect(list.size).toBe(1);
  });
});
