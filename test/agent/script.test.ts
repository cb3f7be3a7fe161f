/** Scripts of single containers: times, failures, draws, and what tasks share. */
import { describe, expect, it } from 'vitest';
import { createScript } from '../../src/agent/script.ts';
import { definitionOf, life, momentsOf, noDraw, scriptOf } from './lives.ts';

const PULL =
  'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref busybox: not found';
const START =
  'CannotStartContainerError: Error response from daemon: failed to create shim task: OCI runtime create failed';
const MEMORY = 'OutOfMemoryError: Container killed due to memory usage';

describe('a task with nothing said about it', () => {
  it('is RUNNING five seconds after its placement', () => {
    expect(life(createScript(definitionOf([{}]), undefined, noDraw))).toEqual([
      '0 pull started; pull stopped',
      '5000 task RUNNING; app RUNNING',
    ]);
  });

  it('is PENDING at once where it was PROVISIONING', () => {
    const definition = definitionOf([{}], { networkMode: 'awsvpc' });
    expect(life(createScript(definition, undefined, noDraw))[0]).toBe('0 pull started; pull stopped; task PENDING');
  });
});

describe('behaviour', () => {
  it('tells how long an image takes, a start and a run', () => {
    expect(scriptLife({ imagePullSeconds: 4, startSeconds: 2.5, runSeconds: 10, exitCode: 3 })).toEqual([
      '0 pull started',
      '4000 pull stopped',
      '6500 task RUNNING; app RUNNING',
      '16500 app STOPPED exit 3; EssentialContainerExited: Essential container in task exited',
    ]);
  });

  it('is rounded to whole milliseconds', () => {
    expect(scriptLife({ startSeconds: 0.0015 })[1]).toBe('2 task RUNNING; app RUNNING');
  });

  it('of one container counts before that of the task', () => {
    expect(scriptLife({ startSeconds: 9, containers: { app: { startSeconds: 1 } } })[1]).toContain('1000 ');
  });

  it('lets a task run to its end at once', () => {
    expect(scriptLife({ runSeconds: 0 }).slice(1)).toEqual([
      '5000 task RUNNING; app RUNNING',
      '5000 app STOPPED exit 0; EssentialContainerExited: Essential container in task exited',
    ]);
  });
});

describe('a failing task', () => {
  it.each([
    ['pull', '4000 pull stopped; app STOPPED', PULL],
    ['start', '9000 app STOPPED', START],
    ['outOfMemory', '9000 app STOPPED exit 137', MEMORY],
  ] as const)('by %s never runs', (failure, last, reason) => {
    const script = scriptOf([{}], { imagePullSeconds: 4, failRate: 1, failure });
    expect(life(script).at(-1)).toBe(`${last}; TaskFailedToStart: ${reason}`);
    expect(life(script).join()).not.toContain('RUNNING');
    expect(momentsOf(script).at(-1)?.containers).toMatchObject([{ name: 'app', reason }]);
  });

  it('exits with 1 at its start where nothing else is said, and is never RUNNING', () => {
    expect(scriptLife({ failRate: 1 })).toEqual([
      '0 pull started; pull stopped',
      '5000 app STOPPED exit 1; EssentialContainerExited: Essential container in task exited',
    ]);
  });

  it('exits after it has run where it is said how long', () => {
    expect(scriptLife({ failRate: 1, runSeconds: 7, exitCode: 9 }).slice(1)).toEqual([
      '5000 task RUNNING; app RUNNING',
      '12000 app STOPPED exit 9; EssentialContainerExited: Essential container in task exited',
    ]);
  });

  it('that ran before its memory ended has lost an essential container', () => {
    expect(scriptLife({ failure: 'outOfMemory', runSeconds: 7 }).at(-1)).toBe(
      '12000 app STOPPED exit 137; EssentialContainerExited: Essential container in task exited',
    );
  });

  it('fails always where a failure is named without a rate, and never with the rate 0', () => {
    expect(scriptLife({ failure: 'start' }).at(-1)).toContain('TaskFailedToStart');
    expect(scriptLife({ failure: 'start', failRate: 0 }).at(-1)).toBe('5000 task RUNNING; app RUNNING');
  });

  it('fails by its first essential container', () => {
    const script = scriptOf([{ name: 'log', essential: false }, { name: 'web' }, { name: 'db' }], { failure: 'start' });
    expect(
      momentsOf(script)
        .at(-1)
        ?.containers?.map(({ name, lastStatus }) => `${name} ${lastStatus}`),
    ).toEqual(['log RUNNING', 'web STOPPED', 'db RUNNING']);
  });
});

describe('a container that is not essential', () => {
  const log = { name: 'log', essential: false };

  it.each(['pull', 'start', 'exit', 'outOfMemory'] as const)('that fails by %s leaves its task running', (failure) => {
    const script = scriptOf([{}, log], { containers: { log: { failure } } });
    expect(life(script).at(-1)).toMatch(/^5000 task RUNNING; app RUNNING/);
    expect(life(script).join()).toContain('log STOPPED');
    expect(momentsOf(script).every(({ stop }) => stop === undefined)).toBe(true);
  });

  it('that exits leaves its task running', () => {
    expect(life(scriptOf([{}, log], { containers: { log: { runSeconds: 3, exitCode: 2 } } })).at(-1)).toBe(
      '8000 log STOPPED exit 2',
    );
  });

  it("runs on where the task's own time to run ends", () => {
    expect(life(scriptOf([{}, log], { runSeconds: 3 })).at(-1)).toBe(
      '8000 app STOPPED exit 0; EssentialContainerExited: Essential container in task exited',
    );
  });
});

describe('scripts', () => {
  const definition = definitionOf([{}, { name: 'log', essential: false }]);
  const below = (draws: readonly number[]): (() => number) => {
    const left = [...draws];
    return () => {
      const next = left.shift();
      if (next === undefined) throw new Error('one draw too many');
      return next;
    };
  };

  it('are shared by all tasks that fare alike', () => {
    const behaviour = { failRate: 0.25, containers: { log: { failRate: 0.5 } } };
    const fails = createScript(definition, behaviour, below([2 ** 30 - 1, 2 ** 31]));
    expect(createScript(definition, behaviour, below([0, 2 ** 32 - 1]))).toBe(fails);
    expect(createScript(definition, behaviour, below([2 ** 30, 2 ** 31]))).not.toBe(fails);
    expect(createScript(definition, undefined, noDraw)).toBe(createScript(definition, undefined, noDraw));
  });

  it('are not shared by definitions or behaviours', () => {
    const script = createScript(definition, undefined, noDraw);
    expect(createScript(definition, {}, noDraw)).not.toBe(script);
    expect(createScript(definitionOf([{}]), undefined, noDraw)).not.toBe(script);
  });

  it('fail for as many of all draws as the rate says', () => {
    const behaviour = { failRate: 0.25 };
    const draws = Array.from({ length: 1000 }, (_, k) => Math.floor((k / 1000) * 2 ** 32));
    const failed = draws.filter((draw) => createScript(definition, behaviour, () => draw).moment(1)?.stop);
    expect(failed).toHaveLength(250);
  });

  it('ask for no draw where all tasks fail or none', () => {
    for (const failRate of [0, 1]) expect(() => createScript(definition, { failRate }, noDraw)).not.toThrow();
  });

  it('answer the same moment whenever they are asked', () => {
    const script = createScript(definition, { runSeconds: 3 }, noDraw);
    const last = script.moment(2);
    expect(script.moment(3)).toBeUndefined();
    expect(script.moment(0)?.afterMs).toBe(0);
    expect(script.moment(2)).toBe(last);
  });
});

function scriptLife(behaviour: Parameters<typeof scriptOf>[1]): string[] {
  return life(scriptOf([{}], behaviour));
}
