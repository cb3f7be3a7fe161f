/** When a queue's metrics are published: while something is in it or comes, with a last 0, and until it is inactive. */
import { describe, expect, it } from 'vitest';
import { QueueMetrics } from '../../src/events/queue-metrics.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import { Simulation } from '../../src/simulate/simulation.ts';
import { figures, polledScenario } from '../support/simulation/polled.ts';
import { play } from '../support/simulation/scaled.ts';

const send = (at: number) => ({ at, call: 'SendMessage', input: { QueueUrl: 'jobs', MessageBody: 'x' } });

describe('metrics of a queue', () => {
  it('are none before something comes', async () => {
    const result = await play(polledScenario(0, {}, { events: [send(130)] }));
    expect(figures(result, 'NumberOfMessagesSent')).toEqual([
      [180, 1],
      [240, 0],
    ]);
  });

  it('age whole seconds while a message waits', async () => {
    const result = await play(polledScenario(0, {}, { duration: 'PT4M', events: [send(30.6)] }));
    expect(figures(result, 'ApproximateAgeOfOldestMessage')).toEqual([
      [60, 29],
      [120, 89],
      [180, 149],
      [240, 209],
    ]);
  });

  it('cost no minute once the queue is empty', async () => {
    const scenario = parseScenario(polledScenario(1, {}, { duration: 'PT5H', events: [send(10)] }));
    const simulation = await Simulation.create(scenario);
    while (simulation.nextMs < 600_000) simulation.step();
    // What is left is the end of the message's retention.
    expect(simulation.nextMs).toBeGreaterThan(4 * 86_400_000);
    simulation.dispose();
  });

  it('end six hours after the last change when nobody polls', () => {
    const published: (readonly [number, number | undefined])[] = [];
    const metrics = {
      publish: (key: { metricName: string }, atMs: number, value: number | undefined) => {
        if (key.metricName === 'ApproximateNumberOfMessagesVisible') published.push([atMs, value]);
      },
    };
    const counts = { visible: 1, delayed: 0, inFlight: 0 };
    const queue = {
      settings: { name: 'jobs' },
      counts,
      totals: { sent: 0, received: 0, deleted: 0 },
      visible: [],
      delayed: new Set(),
      inFlight: new Set(),
      idle: [] as object[],
      version: 0,
    };
    const view = { nowMs: 0, queues: new Map([['jobs', queue]]) };
    const own = new QueueMetrics();
    const tick = (nowMs: number) => {
      view.nowMs = nowMs;
      own.publish(view as never, metrics as never);
    };
    tick(60_000);
    counts.visible = 0;
    queue.version += 1;
    tick(120_000);
    expect(own.nextMs(view as never)).toBe(120_000 + 6 * 3_600_000);
    queue.idle.push({});
    expect(own.nextMs(view as never)).toBe(Number.POSITIVE_INFINITY);
    queue.idle.pop();
    tick(120_000 + 6 * 3_600_000);
    expect(published).toEqual([
      [60_000, 1],
      [120_000, 0],
      [21_720_000, undefined],
    ]);
    expect(own.nextMs(view as never)).toBe(Number.POSITIVE_INFINITY);
  });
});
