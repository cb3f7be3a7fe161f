/** The vectors of deployments, played through the command line: rolling updates, traffic shifts, order of service events. */
import { describe, expect, it } from 'vitest';
import type { RecordedEvent, SimulationResult } from '../../src/simulate/result.ts';
import breakers from '../scale/vectors/circuit-breaker-threshold.json' with { type: 'json' };
import rollouts from '../scale/vectors/rolling-update.json' with { type: 'json' };
import shifts from '../simulate/vectors/traffic-shift.json' with { type: 'json' };
import { ROOT } from '../support/source-files.ts';
import { taskOf } from '../support/story.ts';
import { cli } from './run-cli.ts';

async function simulated(
  example: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<{ code: number; result: SimulationResult }> {
  const sets = Object.entries(settings).flatMap(([path, value]) => ['--set', `${path}=${JSON.stringify(value)}`]);
  const file = `${ROOT}/examples/${example}/scenario.json`;
  const { code, out, err } = await cli(['simulate', file, ...sets, '--output', 'json']);
  expect(err).toBe('');
  return { code, result: JSON.parse(out) };
}

/** The revision of every task, by id. */
function revisions(events: readonly RecordedEvent[]): Map<string, string> {
  return new Map(
    events.flatMap((event) => {
      const task = taskOf(event);
      const id = task?.taskArn.slice(task.taskArn.lastIndexOf('/') + 1);
      return task === undefined ? [] : [[id as string, task.taskDefinitionArn.replace(/^.*\//, '')] as const];
    }),
  );
}

const STARTED = /^\(service web\) has started (\d+) tasks: (\(task [0-9a-f]{32}\)(?: \(task [0-9a-f]{32}\))*)\.$/;
const STOPPED =
  /^\(service web\) has stopped (\d+) running tasks: (\(task [0-9a-f]{32}\)(?: \(task [0-9a-f]{32}\))*)\.$/;

/** Since the update, as the vectors put it: `start 2 new`; fails when a message names other tasks than it counts. */
function steps(events: readonly RecordedEvent[]): string[] {
  const ids = revisions(events);
  const begin = events.findIndex(({ call }) => call === 'UpdateService');
  return events.slice(begin).flatMap(({ message = '' }) => {
    const [verb, match] = [STARTED.exec(message), STOPPED.exec(message)].flatMap((found, k) =>
      found === null ? [] : [k === 0 ? 'start' : 'stop', found],
    ) as [string?, RegExpExecArray?];
    if (match === undefined) return [];
    const named = [...(match[2] as string).matchAll(/[0-9a-f]{32}/g)].map(([id]) => ids.get(id));
    expect(named).toHaveLength(Number(match[1]));
    expect(new Set(named).size).toBe(1);
    return [`${verb} ${match[1]} ${named[0] === 'web:2' ? 'new' : 'old'}`];
  });
}

const bounds = (minimumHealthyPercent: number, maximumPercent: number) => ({
  'services[web].deploymentConfiguration.minimumHealthyPercent': minimumHealthyPercent,
  'services[web].deploymentConfiguration.maximumPercent': maximumPercent,
});

describe('a rolling update', () => {
  it.each([
    ['rollout-50-100', rollouts.cases[0]],
    ['rollout-100-150', rollouts.cases[1]],
  ])('example %s is as it stands', async (example, given) => {
    const { code, result } = await simulated(example, {});
    expect(code).toBe(0);
    expect(steps(result.events)).toEqual(given?.timeline.slice(1).map(({ event }) => event));
  });

  it.each(rollouts.cases)('of $desired tasks with $minimumHealthyPercent/$maximumPercent', async (given) => {
    const { code, result } = await simulated('rollout-50-100', {
      ...bounds(given.minimumHealthyPercent, given.maximumPercent),
      'services[web].desiredCount': given.desired,
    });
    expect(steps(result.events)).toEqual(given.timeline.slice(1).map(({ event }) => event));
    expect(code).toBe(given.stuck ? 1 : 0);
    expect(result.events.some(({ message }) => message?.includes('was unable to stop or start tasks during'))).toBe(
      given.stuck,
    );
    for (const { points } of result.series.filter(({ name }) => name === 'healthyCount')) {
      const afterStart = points.filter(([atMs]) => atMs >= 300_000).map(([, value]) => value as number);
      expect(Math.min(given.desired, ...afterStart)).toBeGreaterThanOrEqual(given.min);
    }
  });
});

/** Fails before RUNNING again and again until the threshold is met; only the threshold decides when. */
describe('the circuit breaker', () => {
  it.each(breakers.cases.filter(({ desired }) => desired <= 10))(
    'ends a deployment of $desired tasks after $threshold failures ($type $value)',
    async ({ desired, type, value, threshold }) => {
      const { code, result } = await simulated('circuit-breaker', {
        ...bounds(100, 200),
        'services[web].desiredCount': desired,
        'services[web].deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration': { type, value },
      });
      const failedAt = result.events.findIndex(({ message }) => message?.includes('deployment failed'));
      const failed = result.events
        .slice(0, failedAt)
        .flatMap((event) => (taskOf(event)?.desiredStatus === 'STOPPED' ? [taskOf(event)?.taskArn] : []));
      expect(code).toBe(1);
      const count = new Set(failed).size;
      expect(count).toBeGreaterThanOrEqual(threshold);
      // Tasks of one moment fail together.
      expect(count).toBeLessThan(threshold + desired);
    },
  );
});

describe('a traffic shift', () => {
  it.each(shifts.cases)(
    '$strategy $stepPercent $canaryPercent',
    async ({ timeline, minMinutesToCleanUp, ...given }) => {
      const { strategy, bakeTimeInMinutes } = given;
      const { code, result } = await simulated('canary', {
        duration: 'PT3H',
        'services[shop].deploymentConfiguration': {
          strategy,
          bakeTimeInMinutes,
          ...(strategy === 'LINEAR'
            ? {
                linearConfiguration: {
                  stepPercent: given.stepPercent,
                  stepBakeTimeInMinutes: given.stepBakeTimeInMinutes,
                },
              }
            : {}),
          ...(strategy === 'CANARY'
            ? {
                canaryConfiguration: {
                  canaryPercent: given.canaryPercent,
                  canaryBakeTimeInMinutes: given.canaryBakeTimeInMinutes,
                },
              }
            : {}),
        },
      });
      expect(code).toBe(0);
      const moved = result.events.filter(({ traffic }) => (traffic?.percent ?? 0) > 0);
      const firstMs = moved[0]?.atMs ?? 0;
      expect(
        moved.map(({ atMs, traffic }) => ({
          atMinute: (atMs - firstMs) / 60_000,
          newRevisionPercent: traffic?.percent,
        })),
      ).toEqual(timeline);
      const cleanUp = result.events.find(({ atMs, message }) => atMs > firstMs && message?.includes('has stopped'));
      expect(((cleanUp?.atMs ?? 0) - firstMs) / 60_000).toBe(minMinutesToCleanUp);
    },
  );
});
