/** Several containers: who waits for whom, who gives up, who starts again, and how the task's health follows. */
import { describe, expect, it } from 'vitest';
import { life, momentsOf, scriptOf } from './lives.ts';

const dependsOn = (containerName: string, condition: string) => ({ dependsOn: [{ containerName, condition }] });
const init = { name: 'init', essential: false };
const EXITED = 'EssentialContainerExited: Essential container in task exited';
const FAILED = 'TaskFailedToStart: Task failed to start';
const healthCheck = { command: ['CMD', 'true'], interval: 10, retries: 2 };

describe('a dependency', () => {
  it('on START is met by the start', () => {
    const script = scriptOf([dependsOn('init', 'START'), init], { containers: { app: { startSeconds: 2 } } });
    expect(life(script)).toEqual([
      '0 pull started',
      '5000 pull stopped; init RUNNING',
      '7000 task RUNNING; app RUNNING',
    ]);
  });

  it('adds nothing to the start where nothing is said: the task is RUNNING after five seconds', () => {
    expect(life(scriptOf([dependsOn('init', 'START'), init])).at(-1)).toBe('5000 task RUNNING; app RUNNING');
  });

  it('on START is met by a container that has stopped again', () => {
    const script = scriptOf([dependsOn('init', 'START'), init], { containers: { init: { failure: 'exit' } } });
    expect(life(script).slice(1)).toEqual(['5000 pull stopped; init STOPPED exit 1', '5000 task RUNNING; app RUNNING']);
  });

  it.each(['COMPLETE', 'SUCCESS'])(
    'on %s is met by the exit, which comes at once where nothing is said',
    (condition) => {
      expect(life(scriptOf([init, dependsOn('init', condition)])).slice(1)).toEqual([
        '5000 init RUNNING',
        '5000 pull stopped; init STOPPED exit 0',
        '5000 task RUNNING; app RUNNING',
      ]);
    },
  );

  it('on COMPLETE is met by any exit', () => {
    const script = scriptOf([init, dependsOn('init', 'COMPLETE')], {
      containers: { init: { runSeconds: 4, exitCode: 7 } },
    });
    expect(life(script).slice(2)).toEqual(['9000 pull stopped; init STOPPED exit 7', '9000 task RUNNING; app RUNNING']);
  });

  it('on SUCCESS fails the dependant and its task with another exit than 0', () => {
    const script = scriptOf([init, dependsOn('init', 'SUCCESS')], {
      containers: { init: { runSeconds: 4, exitCode: 7 } },
    });
    expect(life(script).at(-1)).toBe(`9000 init STOPPED exit 7; app STOPPED exit 143; ${FAILED}`);
    expect(momentsOf(script).at(-1)?.containers?.[1]?.reason).toBe(
      'CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [init] for target [app] as dependency did not exit successfully.',
    );
  });

  it.each(['START', 'COMPLETE', 'SUCCESS'])('on %s fails the task when the container never starts', (condition) => {
    const script = scriptOf([dependsOn('init', condition), init], { containers: { init: { failure: 'pull' } } });
    expect(life(script)).toEqual([`0 pull started; app STOPPED exit 143; init STOPPED; ${FAILED}`]);
    expect(momentsOf(script).at(-1)?.containers?.[0]?.reason).toContain('because dependency will never start');
  });

  it('on HEALTHY waits for the health check', () => {
    const script = scriptOf([{ ...init, healthCheck }, dependsOn('init', 'HEALTHY')], {
      containers: { init: { healthyAfterSeconds: 12 } },
    });
    expect(life(script).slice(1)).toEqual([
      '5000 init RUNNING',
      '25000 pull stopped; init HEALTHY',
      '25000 task RUNNING; app RUNNING',
    ]);
  });

  it('on HEALTHY waits for ever where health never comes and no timeout is set', () => {
    const script = scriptOf([{ ...init, healthCheck }, dependsOn('init', 'HEALTHY')], {
      containers: { init: { unhealthyAfterSeconds: 0 } },
    });
    expect(life(script).slice(1)).toEqual(['5000 init RUNNING', '25000 init UNHEALTHY']);
  });

  it('on HEALTHY fails the task when the container exits before', () => {
    const script = scriptOf([{ ...init, healthCheck }, dependsOn('init', 'HEALTHY')], {
      containers: { init: { runSeconds: 3 } },
    });
    expect(life(script).at(-1)).toBe(`8000 init STOPPED exit 0; app STOPPED exit 143; ${FAILED}`);
  });

  it('is one of several, all of which must be met', () => {
    const app = {
      dependsOn: [
        { containerName: 'a', condition: 'START' },
        { containerName: 'b', condition: 'SUCCESS' },
      ],
    };
    const script = scriptOf([app, { ...init, name: 'a' }, { ...init, name: 'b' }], {
      containers: { b: { runSeconds: 20 } },
    });
    expect(life(script).at(-1)).toBe('25000 task RUNNING; app RUNNING');
  });

  it('passes along a chain', () => {
    const chain = [{ name: 'c', ...dependsOn('b', 'START') }, { name: 'b', ...dependsOn('a', 'START') }, { name: 'a' }];
    const script = scriptOf(chain, { containers: { b: { startSeconds: 1 }, c: { imagePullSeconds: 2 } } });
    expect(life(script)).toEqual([
      '0 pull started',
      '5000 a RUNNING',
      '6000 b RUNNING',
      '8000 pull stopped',
      '8000 task RUNNING; c RUNNING',
    ]);
  });
});

describe('a start timeout', () => {
  const waited = (members: object) => [{ ...init, startTimeout: 30, ...members }];
  const timedOut = `35000 app STOPPED exit 143; ${FAILED}`;

  it.each(['COMPLETE', 'SUCCESS'])('ends the wait for %s', (condition) => {
    const script = scriptOf([...waited({}), dependsOn('init', condition)], {
      containers: { init: { runSeconds: 31 } },
    });
    expect(life(script).at(-1)).toBe(timedOut);
    expect(momentsOf(script).at(-1)?.containers?.[0]?.reason).toBe(
      'CannotStartContainerError: dependency graph: container ordering dependency [init] for target [app] has timed out.',
    );
  });

  it('ends the wait for HEALTHY', () => {
    const script = scriptOf([...waited({ healthCheck }), dependsOn('init', 'HEALTHY')], { healthyAfterSeconds: 31 });
    expect(life(script).at(-1)).toBe(timedOut);
  });

  it('is met by a condition of the same time', () => {
    const script = scriptOf([...waited({}), dependsOn('init', 'SUCCESS')], {
      containers: { init: { runSeconds: 30 } },
    });
    expect(life(script).at(-1)).toBe('35000 task RUNNING; app RUNNING');
  });

  it('does not concern who waits for START, or who runs already', () => {
    const script = scriptOf([...waited({}), dependsOn('init', 'START')], { containers: { app: { startSeconds: 50 } } });
    expect(life(script).at(-1)).toBe('55000 task RUNNING; app RUNNING');
  });
});

describe('an essential container', () => {
  it('that exits stops the task, though others have yet to start', () => {
    const script = scriptOf([{ name: 'web' }, { name: 'slow' }], {
      containers: { web: { runSeconds: 1 }, slow: { startSeconds: 60 } },
    });
    expect(life(script).at(-1)).toBe(`6000 web STOPPED exit 0; ${EXITED}`);
    expect(life(script).join()).not.toContain('task RUNNING');
  });

  it('is the first cause where several exit at once', () => {
    const script = scriptOf([{ name: 'a' }, { name: 'b' }], { runSeconds: 1, exitCode: 4 });
    expect(life(script).at(-1)).toBe(`6000 a STOPPED exit 4; b STOPPED exit 4; ${EXITED}`);
  });
});

describe('a restart policy', () => {
  const restarting = (members: object = {}) => ({ restartPolicy: { enabled: true, ...members } });

  it('starts a container again that ran for the period, for ever', () => {
    const script = scriptOf([restarting({ restartAttemptPeriod: 60 })], { runSeconds: 60, exitCode: 1 });
    expect(life(script, 5).slice(1)).toEqual([
      '5000 task RUNNING; app RUNNING',
      '65000 app RUNNING restart 1',
      '125000 app RUNNING restart 2',
      '185000 app RUNNING restart 3',
    ]);
    expect(script.moment(1001)?.afterMs).toBe(5000 + 1000 * 60_000);
  });

  it.each([
    ['ran for less than the period', restarting({ restartAttemptPeriod: 61 }), 60],
    ['ran for less than five minutes, the period where none is given', restarting(), 299],
    ['exits with an ignored code', restarting({ ignoredExitCodes: [0, 1] }), 400],
    ['has a policy that is not enabled', restarting({ enabled: false }), 400],
  ])('does not start one that %s', (_, container, runSeconds) => {
    expect(life(scriptOf([container], { runSeconds, exitCode: 1 })).at(-1)).toBe(
      `${5000 + runSeconds * 1000} app STOPPED exit 1; ${EXITED}`,
    );
  });

  it('starts health anew', () => {
    const container = { ...restarting({ restartAttemptPeriod: 60 }), healthCheck };
    expect(life(scriptOf([container], { runSeconds: 60 }), 6).slice(2)).toEqual([
      '15000 task HEALTHY; app HEALTHY',
      '65000 task UNKNOWN; app RUNNING UNKNOWN restart 1',
      '75000 task HEALTHY; app HEALTHY',
      '125000 task UNKNOWN; app RUNNING UNKNOWN restart 2',
    ]);
  });

  it('keeps a start timeout running', () => {
    const restarts = { ...init, startTimeout: 100, ...restarting({ restartAttemptPeriod: 60 }) };
    const script = scriptOf([restarts, dependsOn('init', 'COMPLETE')], { containers: { init: { runSeconds: 60 } } });
    expect(life(script).at(-1)).toBe(`105000 app STOPPED exit 143; ${FAILED}`);
  });
});

describe("a task's health", () => {
  it('changes with its essential containers', () => {
    const script = scriptOf([{ healthCheck }, { name: 'log', essential: false, healthCheck }], {
      containers: { log: { unhealthyAfterSeconds: 0 }, app: { unhealthyAfterSeconds: 25 } },
    });
    expect(life(script).slice(2)).toEqual([
      '15000 task HEALTHY; app HEALTHY',
      '25000 log UNHEALTHY',
      '45000 task UNHEALTHY; app UNHEALTHY',
    ]);
  });

  it('stays UNKNOWN where an essential container has no check', () => {
    expect(life(scriptOf([{ healthCheck }, { name: 'db' }])).at(-1)).toBe('15000 app HEALTHY');
  });
});

describe('answers to load balancers', () => {
  const portMappings = [{ containerPort: 80 }];
  const answersOf = (behaviour: object, container = {}): (readonly [number, boolean])[] =>
    momentsOf(scriptOf([{ portMappings, ...container }], behaviour)).flatMap(({ afterMs, containers = [] }) =>
      containers.flatMap(({ answers }) => (answers === undefined ? [] : [[afterMs, answers] as const])),
    );

  it.each([
    ['always, unless said otherwise', {}, []],
    [
      'after a while',
      { healthyAfterSeconds: 20 },
      [
        [5000, false],
        [25_000, true],
      ],
    ],
    [
      'for a while',
      { unhealthyAfterSeconds: 20 },
      [
        [5000, true],
        [25_000, false],
      ],
    ],
    [
      'in between',
      { healthyAfterSeconds: 1, unhealthyAfterSeconds: 20 },
      [
        [5000, false],
        [6000, true],
        [25_000, false],
      ],
    ],
    ['never', { unhealthyAfterSeconds: 0 }, [[5000, false]]],
    [
      'never, when they should end before they begin',
      { healthyAfterSeconds: 9, unhealthyAfterSeconds: 9 },
      [[5000, false]],
    ],
  ])('come %s', (_, behaviour, expected) => {
    expect(answersOf(behaviour)).toEqual(expected);
  });

  it('begin anew with a restart', () => {
    const restartPolicy = { enabled: true, restartAttemptPeriod: 60 };
    const behaviour = { healthyAfterSeconds: 50, runSeconds: 100 };
    expect(answersOf(behaviour, { restartPolicy }).slice(0, 4)).toEqual([
      [5000, false],
      [55_000, true],
      [105_000, false],
      [155_000, true],
    ]);
  });

  it('are not those of a container without ports', () => {
    expect(answersOf({ unhealthyAfterSeconds: 0 }, { portMappings: [] })).toEqual([]);
  });
});
