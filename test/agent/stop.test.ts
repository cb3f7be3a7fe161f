/** Stopping: the order, the timeouts, and who is left alone. */
import { describe, expect, it } from 'vitest';
import { stopContainers } from '../../src/agent/stop.ts';
import type { Behaviour } from '../../src/model/behaviour.ts';
import { scriptOf } from './lives.ts';

const dependsOn = (containerName: string, condition = 'START') => ({ dependsOn: [{ containerName, condition }] });

/** `app exit 0 at 11000` for each container that is stopped; all moments up to the time have happened. */
function stopped(containers: readonly object[], behaviour: Behaviour, elapsedMs: number) {
  const script = scriptOf(containers as Parameters<typeof scriptOf>[0], behaviour);
  let happened = 0;
  while ((script.moment(happened)?.afterMs ?? Number.POSITIVE_INFINITY) <= elapsedMs) happened++;
  const { stoppedAfterMs, containers: ends } = stopContainers(script, happened, elapsedMs);
  const rows = ends.map(({ name, exitCode, afterMs }) => `${name} exit ${exitCode} at ${afterMs}`);
  return [...rows, `task at ${stoppedAfterMs}`];
}

describe('a stop', () => {
  it('takes a second where nothing is said, and the container exits with 0', () => {
    expect(stopped([{}], {}, 10_000)).toEqual(['app exit 0 at 11000', 'task at 11000']);
  });

  it('takes as long as the container does', () => {
    expect(stopped([{}], { stopSeconds: 0 }, 10_000)).toEqual(['app exit 0 at 10000', 'task at 10000']);
    expect(stopped([{}], { stopSeconds: 30 }, 10_000)).toEqual(['app exit 0 at 40000', 'task at 40000']);
  });

  it.each([
    ['after 30 seconds where nothing is said', {}, 40_000],
    ['after 30 seconds where the timeout is 0', { stopTimeout: 0 }, 40_000],
    ['after the stop timeout', { stopTimeout: 2 }, 12_000],
  ])('kills %s', (_, container, atMs) => {
    expect(stopped([container], { stopSeconds: 31 }, 10_000)).toEqual([`app exit 137 at ${atMs}`, `task at ${atMs}`]);
  });

  it('is at once for a container that has not started', () => {
    expect(stopped([{}], {}, 4999)).toEqual(['app exit undefined at 4999', 'task at 4999']);
  });

  it('goes against the order of the dependencies', () => {
    const containers = [
      { name: 'a' },
      { name: 'b', ...dependsOn('a') },
      { name: 'c', ...dependsOn('b') },
      { name: 'd' },
    ];
    const behaviour = { containers: { b: { stopSeconds: 5 }, c: { stopSeconds: 40 } } };
    expect(stopped(containers, behaviour, 10_000)).toEqual([
      'a exit 0 at 46000',
      'b exit 0 at 45000',
      'c exit 137 at 40000',
      'd exit 0 at 11000',
      'task at 46000',
    ]);
  });

  it('leaves alone who has stopped, and waits for nobody who has', () => {
    const containers = [{ name: 'a' }, { name: 'init', essential: false, ...dependsOn('a') }];
    expect(stopped(containers, { containers: { init: { runSeconds: 2 } } }, 10_000)).toEqual([
      'a exit 0 at 11000',
      'task at 11000',
    ]);
  });

  it('finds a container that exits by itself before its turn', () => {
    const containers = [{ name: 'a' }, { name: 'b', ...dependsOn('a') }];
    const behaviour = { containers: { a: { runSeconds: 7, exitCode: 3 }, b: { stopSeconds: 4 } } };
    expect(stopped(containers, behaviour, 10_000)).toEqual(['a exit 3 at 12000', 'b exit 0 at 14000', 'task at 14000']);
  });

  it('counts the run from the last start', () => {
    const restartPolicy = { enabled: true, restartAttemptPeriod: 60 };
    const containers = [
      { name: 'a', restartPolicy },
      { name: 'b', ...dependsOn('a') },
    ];
    const behaviour = { containers: { a: { runSeconds: 60 }, b: { stopSeconds: 20 } } };
    expect(stopped(containers, behaviour, 100_000)[0]).toBe('a exit 0 at 121000');
    expect(stopped(containers, behaviour, 110_000)[0]).toBe('a exit 0 at 125000');
  });

  it('ends what an essential container left behind', () => {
    const script = scriptOf([{ name: 'a' }, { name: 'b' }], { containers: { a: { runSeconds: 1 } } });
    expect(script.moment(2)?.stop?.stopCode).toBe('EssentialContainerExited');
    expect(stopContainers(script, 3, 6000)).toEqual({
      stoppedAfterMs: 7000,
      containers: [{ name: 'b', exitCode: 0, afterMs: 7000 }],
    });
  });
});
