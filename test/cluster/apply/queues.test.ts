/** Queues in a run: polling, timeouts, redrive, delays, retention, and tasks that stop in the middle of their work. */
import { describe, expect, it } from 'vitest';
import { figures, polledScenario, redrive } from '../../support/simulation/polled.ts';
import { play } from '../../support/simulation/scaled.ts';

const VISIBLE = 'ApproximateNumberOfMessagesVisible';
const IN_FLIGHT = 'ApproximateNumberOfMessagesNotVisible';
const send = (at: number, Count: number, members = {}) => ({
  at,
  call: 'SendMessage',
  input: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/jobs', MessageBody: 'x', Count, ...members },
});

describe('tasks that poll', () => {
  it('take what is there, each so many at once for so long', async () => {
    // 3 tasks with 2 messages each take 6 at 5, 15, ... 55 s: 36 until 60 s, 6 of them in flight. The last 4 are done at 175 s.
    const queues = [{ QueueName: 'jobs', messages: 100 }];
    const result = await play(polledScenario(3, { secondsPerMessage: 10, messagesAtOnce: 2 }, { queues }));
    expect(figures(result, VISIBLE).slice(0, 3)).toEqual([
      [60, 64],
      [120, 28],
      [180, 0],
    ]);
    expect(figures(result, IN_FLIGHT).slice(0, 2)).toEqual([
      [60, 6],
      [180, 0],
    ]);
    expect(figures(result, 'NumberOfMessagesDeleted')).toEqual([
      [60, 30],
      [120, 36],
      [180, 34],
      [240, 0],
    ]);
  });

  it('work on messages that come one after another at once', async () => {
    // Each takes 29 s: those of 10, 20 and 30 are done at 60, those of 40 and 50 in flight, that of 60 comes after the minute.
    const events = [10, 20, 30, 40, 50, 60].map((at) => send(at, 1));
    const result = await play(polledScenario(1, { secondsPerMessage: 29, messagesAtOnce: 3 }, { events }));
    expect(figures(result, IN_FLIGHT)).toEqual([
      [60, 2],
      [120, 0],
    ]);
    expect(figures(result, 'NumberOfMessagesDeleted')).toEqual([
      [60, 3],
      [180, 0],
    ]);
  });

  it('that stop receive no more; what they have not done comes back after its visibility timeout', async () => {
    // Received at 10; the task has 1 s to end after 20, so at 10 + 100 s they are visible again and another takes them.
    const result = await play(
      polledScenario(
        1,
        { secondsPerMessage: 40, messagesAtOnce: 5 },
        {
          queues: [{ QueueName: 'jobs', Attributes: { VisibilityTimeout: '100' } }],
          events: [
            send(10, 5),
            { at: 20, call: 'UpdateService', input: { service: 'worker', desiredCount: 0 } },
            { at: 200, call: 'UpdateService', input: { service: 'worker', desiredCount: 1 } },
          ],
        },
      ),
    );
    expect(figures(result, IN_FLIGHT)).toEqual([
      [60, 5],
      [120, 0],
      [240, 5],
      [300, 0],
    ]);
    expect(figures(result, VISIBLE)).toEqual([
      [60, 0],
      [120, 5],
      [240, 0],
    ]);
    expect(figures(result, 'ApproximateAgeOfOldestMessage').slice(0, 4)).toEqual([
      [60, 50],
      [120, 110],
      [180, 170],
      [240, 230],
    ]);
  });

  it('longer than the visibility timeout receive messages twice; the first that is done deletes them', async () => {
    // Two tasks, one message, 50 s of work, 30 s of timeout: received at 10 and 40, deleted once at 60.
    const queues = [{ QueueName: 'jobs', Attributes: { VisibilityTimeout: 30 } }];
    const result = await play(polledScenario(2, { secondsPerMessage: 50 }, { queues, events: [send(10, 1)] }));
    expect(figures(result, 'NumberOfMessagesReceived')).toEqual([
      [60, 2],
      [120, 0],
    ]);
    expect(figures(result, 'NumberOfMessagesDeleted')).toEqual([
      [60, 0],
      [120, 1],
      [180, 0],
    ]);
    expect(figures(result, IN_FLIGHT)).toEqual([
      [60, 1],
      [120, 0],
    ]);
  });
});

describe('messages', () => {
  it('that always fail are received maxReceiveCount times, then they are in the dead letter queue', async () => {
    const queues = [{ QueueName: 'jobs', Attributes: redrive('dead', 3) }, { QueueName: 'dead' }];
    const events = [send(10, 2)];
    const result = await play(
      polledScenario(1, { secondsPerMessage: 1, messagesAtOnce: 2, messageFailRate: 1 }, { queues, events }),
    );
    // At 10, 40 and 70; at 100 both go.
    expect(figures(result, 'NumberOfMessagesReceived')).toEqual([
      [60, 4],
      [120, 2],
      [180, 0],
    ]);
    expect(figures(result, VISIBLE, 'dead')).toEqual([[120, 2]]);
    expect(figures(result, 'ApproximateAgeOfOldestMessage', 'dead')[0]).toEqual([120, 110]);
    expect(figures(result, 'NumberOfMessagesDeleted')).toEqual([[60, 0]]);
  });

  it('that fail sometimes are all done in the end, with more receives than messages', async () => {
    const queues = [{ QueueName: 'jobs', messages: 100 }];
    const result = await play(polledScenario(5, { messageFailRate: 0.3 }, { queues }));
    const total = (name: string) => {
      // Values hold until the next point: a run of ten minutes.
      const points = figures(result, name);
      return Array.from(
        { length: 10 },
        (_, k) => points.filter(([second]) => second <= 60 * (k + 1)).at(-1)?.[1] ?? 0,
      ).reduce((sum, value) => sum + value);
    };
    expect(total('NumberOfMessagesDeleted')).toBe(100);
    expect(total('NumberOfMessagesReceived')).toBeGreaterThan(120);
    expect(total('NumberOfMessagesReceived')).toBeLessThan(180);
  });

  it('are delayed, by the queue or by themselves', async () => {
    const queues = [{ QueueName: 'jobs', Attributes: { DelaySeconds: '300' } }];
    const events = [send(10, 3), send(10, 2, { DelaySeconds: 100 })];
    const result = await play(polledScenario(0, {}, { queues, events }));
    expect(figures(result, 'ApproximateNumberOfMessagesDelayed')).toEqual([
      [60, 5],
      [120, 3],
      [360, 0],
    ]);
    expect(figures(result, VISIBLE)).toEqual([
      [60, 0],
      [120, 2],
      [360, 5],
    ]);
  });

  it('past the retention period are gone', async () => {
    const queues = [{ QueueName: 'jobs', messages: 4, Attributes: { MessageRetentionPeriod: 90 } }];
    const result = await play(polledScenario(0, {}, { queues, events: [send(100, 3)] }));
    expect(figures(result, VISIBLE)).toEqual([
      [60, 4],
      [120, 3],
      [240, 0],
    ]);
  });

  it('of a queue that is not there are refused', async () => {
    const events = [send(10, 1, { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/other' })];
    const result = await play(polledScenario(1, {}, { events }));
    expect(result.events.find(({ error }) => error !== undefined)?.error).toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('other does not exist'),
    });
  });

  it('come from a rule, too', async () => {
    const Targets = [{ Id: 'jobs', Arn: 'arn:aws:sqs:us-east-1:123456789012:jobs' }];
    const rules = [{ Name: 'minutely', ScheduleExpression: 'rate(1 minute)', Targets }];
    const result = await play(polledScenario(0, {}, { rules }));
    expect(figures(result, VISIBLE)[3]).toEqual([300, 4]);
  });
});
