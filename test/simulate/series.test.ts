/** Series and figures of a run: counts where they change, what is in use, and how long too few tasks were healthy. */
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../src/simulate/result.ts';
import { play, pointsOf, taskOf } from '../support/story.ts';
import { definition, instance, service } from './scenarios.ts';

const seconds = (points: readonly (readonly [number, number])[]) => points.map(([atMs, value]) => [atMs / 1000, value]);
const kill = (at: number) => ({ at, fault: 'killTask', task: 'web[0]' });

/** Recounted from the events alone. */
function running({ events }: SimulationResult): [number, number][] {
  const live = new Set<string>();
  const points: [number, number][] = [[0, 0]];
  for (const event of events) {
    const task = taskOf(event);
    if (task === undefined) continue;
    if (task.lastStatus === 'RUNNING' && task.desiredStatus === 'RUNNING') live.add(task.taskArn);
    else live.delete(task.taskArn);
    const last = points.at(-1) as [number, number];
    if (last[0] === event.atMs) last[1] = live.size;
    else if (last[1] !== live.size) points.push([event.atMs, live.size]);
  }
  return points.filter(([, value], k) => value !== points[k - 1]?.[1]);
}

describe('series', () => {
  const update = { at: 600, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } };
  const changing = () =>
    play({
      services: [service({ desiredCount: 4, deploymentConfiguration: { maximumPercent: 150 } })],
      events: [kill(300), update, { at: 900, fault: 'terminateInstance', containerInstance: 'b' }],
    });

  it('are what the events say', async () => {
    const result = await changing();
    expect(pointsOf(result, 'runningCount')).toEqual(running(result));
    expect(pointsOf(result, 'runningCount').length).toBeGreaterThan(8);
  });

  it('have a point only where a value changes, in order of time', async () => {
    for (const { points } of (await changing()).series) {
      points.forEach(([atMs, value], k) => {
        const [beforeMs, before] = points[k - 1] ?? [-1, undefined];
        expect(atMs).toBeGreaterThan(beforeMs);
        expect(value).not.toBe(before);
      });
    }
  });

  it('tell what of the cluster is in use', async () => {
    const result = await play({
      containerInstances: [instance('a'), instance('b', 'eu-west-1b')],
      services: [service({ desiredCount: 4, availabilityZoneRebalancing: 'DISABLED' })],
      events: [{ at: 300, call: 'RegisterContainerInstance', input: instance('c', 'eu-west-1c') }],
    });
    expect(seconds(pointsOf(result, 'registeredInstances'))).toEqual([
      [0, 2],
      [300, 3],
    ]);
    // 4 tasks of 512 MiB and 256 CPU units, on two and on three instances of 4096 MiB and 2048.
    expect(seconds(pointsOf(result, 'reservedMemory'))).toEqual([
      [0, 25],
      [300, 16.67],
    ]);
    expect(seconds(pointsOf(result, 'reservedCpu')).at(-1)).toEqual([300, 16.67]);
    expect(
      result.series.filter(({ name }) => name === 'tasks').map(({ dimensions }) => dimensions.AvailabilityZone),
    ).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  });
});

describe('the summary', () => {
  it('counts what was started, stopped and failed', async () => {
    const { summary } = await play({ events: [kill(300)] });
    expect(summary).toMatchObject({ tasksStarted: 3, tasksStopped: 1, refused: 0, placementFailures: 0, steady: true });
    expect(summary.services[0]).toMatchObject({ started: 3, failed: 1, runningCount: 2, healthyCount: 2 });
  });

  it('tells for how long fewer than the minimum were healthy, once it was steady', async () => {
    const { summary } = await play({ events: [kill(300)] });
    // 5 seconds to RUNNING and 40 to healthy.
    expect(summary.services[0]?.belowMinimumMs).toBe(45_000);
    const half = { minimumHealthyPercent: 50 };
    const lenient = await play({ services: [service({ deploymentConfiguration: half })], events: [kill(300)] });
    expect(lenient.summary.services[0]?.belowMinimumMs).toBe(0);
  });

  it('counts to the end what has not come back', async () => {
    const { summary } = await play({
      containerInstances: [instance('a')],
      events: [{ at: 300, fault: 'terminateInstance', containerInstance: 'a' }],
      duration: 'PT10M',
    });
    expect(summary.services[0]).toMatchObject({ belowMinimumMs: 300_000, steady: false, runningCount: 0 });
  });
});

describe('clusters', () => {
  it('run side by side on one clock, each with its own services', async () => {
    const other = instance('z', 'eu-west-1a', 'other');
    const result = await play({
      containerInstances: [instance('a'), other],
      taskDefinitions: [definition()],
      services: [service({ cluster: 'dock' }), service({ cluster: 'other', desiredCount: 3 })],
      events: [{ at: 300, fault: 'killTask', task: 'web[0]', cluster: 'other' }],
    });
    expect(result.summary.services.map(({ cluster, started }) => [cluster, started])).toEqual([
      ['dock', 2],
      ['other', 4],
    ]);
  });
});
