/** Deliveries of EventBridge that fail: what is tried again, how often and for how long, and what becomes a dead letter. */
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../../src/simulate/result.ts';
import { parseScenario } from '../../../src/simulate/scenario.ts';
import type { Members } from '../../model/definitions.ts';
import { refusal } from '../../model/refusal.ts';
import { eventScenario, figures, runTarget } from '../../support/simulation/polled.ts';
import { play } from '../../support/simulation/scaled.ts';

const ARN = 'arn:aws:sqs:us-east-1:123456789012:dead';
const DEAD = { DeadLetterConfig: { Arn: ARN } };
const order = { at: 60, call: 'PutEvents', input: { Entries: [{ Source: 'shop', DetailType: 'Order', Detail: {} }] } };
const throttle = (at: number, seconds?: number): Members => ({
  at,
  fault: 'throttleRunTask',
  ...(seconds === undefined ? {} : { seconds }),
});

function run(
  target: Members,
  events: readonly Members[],
  more: Members = {},
  ecs: Members = {},
): Promise<SimulationResult> {
  return play(
    eventScenario({
      queues: [{ QueueName: 'dead' }],
      rules: [{ Name: 'orders', EventPattern: { source: ['shop'] }, Targets: [runTarget('worker', target, ecs)] }],
      events: [order, ...events],
      ...more,
    }),
  );
}

/** `60 0 2 s`: second, retries before, and when the next comes, or the code of a dead letter. */
function failures({ events }: SimulationResult): string[] {
  return events.flatMap(({ atMs, invocation }) => {
    if (invocation === undefined) return [];
    const { retries, retryAtMs, deadLetter } = invocation;
    const next = retryAtMs === undefined ? deadLetter?.ERROR_CODE : `${(retryAtMs - atMs) / 1000} s`;
    return [`${atMs / 1000} ${retries} ${next}`];
  });
}

function startedAt({ events }: SimulationResult): number[] {
  return events.flatMap(({ atMs, type, event }) =>
    type === 'TaskStateChange' && (event?.detail as { version?: number } | undefined)?.version === 1
      ? [atMs / 1000]
      : [],
  );
}

function refused({ events }: SimulationResult): string[] {
  return events.flatMap(({ atMs, error }) => (error === undefined ? [] : [`${atMs / 1000} ${error.name}`]));
}

describe('a throttled RunTask', () => {
  it('is tried again after 1, 2, 4, 8 seconds until it goes well', async () => {
    const result = await run({}, [throttle(50, 20)]);
    expect(failures(result)).toEqual(['60 0 1 s', '61 1 2 s', '63 2 4 s', '67 3 8 s']);
    expect(startedAt(result)).toEqual([75]);
    expect([refused(result), result.summary.refused]).toEqual([[], 0]);
  });

  it('is given up after so many retries, and is a dead letter then', async () => {
    const result = await run({ RetryPolicy: { MaximumRetryAttempts: 2 }, ...DEAD }, [throttle(50, 900)]);
    expect(failures(result)).toEqual(['60 0 1 s', '61 1 2 s', '63 2 THROTTLING']);
    const { deadLetter } = result.events.findLast(({ invocation }) => invocation !== undefined)?.invocation ?? {};
    expect(deadLetter).toEqual({
      queueArn: ARN,
      RULE_ARN: 'arn:aws:events:us-east-1:123456789012:rule/orders',
      TARGET_ARN: 'arn:aws:ecs:us-east-1:123456789012:cluster/default',
      ERROR_CODE: 'THROTTLING',
      ERROR_MESSAGE: 'rules[orders].Targets[worker]: Rate exceeded',
      RETRY_ATTEMPTS: 2,
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    });
    expect(figures(result, 'ApproximateNumberOfMessagesVisible', 'dead').at(-1)).toEqual([120, 1]);
    expect(refused(result)).toEqual(['63 ThrottlingException']);
  });

  it('is given up when the next retry would come too late', async () => {
    const result = await run({ RetryPolicy: { MaximumEventAgeInSeconds: 60 }, ...DEAD }, [throttle(50, 900)]);
    // At 91 s the event is 31 s old; the next retry would be 32 s later.
    expect(failures(result).slice(-2)).toEqual(['75 4 16 s', '91 5 THROTTLING']);
    const { deadLetter } = result.events.findLast(({ invocation }) => invocation !== undefined)?.invocation ?? {};
    expect(deadLetter).toMatchObject({ RETRY_ATTEMPTS: 5, EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' });
  });

  it('has 185 retries within a day where nothing else is said, and is dropped without a queue', async () => {
    const result = await run({}, [throttle(0, 200_000)], { duration: 'PT25H' });
    const told = failures(result);
    expect(told).toHaveLength(185);
    // 511 s for the first nine, 480 s for the others.
    expect(told.at(-1)).toBe(`${60 + 511 + 175 * 480} 184 480 s`);
    expect(refused(result)).toEqual([`${60 + 511 + 176 * 480} ThrottlingException`]);
    expect(511 + 176 * 480).toBeLessThan(86_400);
  });

  it('is refused for a call of the scenario', async () => {
    const call = { at: 70, call: 'RunTask', input: { taskDefinition: 'worker', launchType: 'FARGATE' } };
    const result = await run({}, [throttle(65), call]);
    expect(refused(result)).toEqual(['70 ThrottlingException']);
  });
});

describe('is not tried again, and is a dead letter at once:', () => {
  it('a task definition that is not there', async () => {
    const result = await run(DEAD, [], {}, { TaskDefinitionArn: 'gone' });
    expect(failures(result)).toEqual(['60 0 NO_RESOURCE']);
    expect(figures(result, 'ApproximateNumberOfMessagesVisible', 'dead').at(-1)).toEqual([120, 1]);
    expect(refused(result)).toHaveLength(1);
  });

  it('what RunTask refuses', async () => {
    const placed = { PlacementStrategy: [{ type: 'nonsense' }], LaunchType: 'EC2', NetworkConfiguration: undefined };
    expect(failures(await run(DEAD, [], {}, placed))).toEqual(['60 0 INVALID_PARAMETER']);
  });

  it('tasks without room', async () => {
    expect(failures(await run(DEAD, [], {}, { LaunchType: 'EC2' }))).toEqual(['60 0 ERROR_FROM_TARGET']);
  });
});

describe('queues', () => {
  it('of another cluster get dead letters and messages too', async () => {
    const scenario = eventScenario({
      clusters: [{ clusterName: 'default' }, { clusterName: 'other' }],
      queues: [{ QueueName: 'dead', cluster: 'other' }],
      rules: [
        {
          Name: 'orders',
          EventPattern: { source: ['shop'] },
          Targets: [runTarget('worker', DEAD, { TaskDefinitionArn: 'gone' }), { Id: 'queue', Arn: ARN }],
        },
      ],
      events: [order],
    });
    const result = await play(scenario);
    expect(figures(result, 'ApproximateNumberOfMessagesVisible', 'dead').at(-1)).toEqual([120, 2]);
  });

  it('that nobody has are told', async () => {
    const targets = [{ Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:123456789012:none' }];
    const put = { at: 10, call: 'PutTargets', input: { Rule: 'orders', Targets: targets } };
    const result = await run({}, [put]);
    expect(refused(result)).toEqual(['60 ResourceNotFoundException']);
  });
});

describe('is refused:', () => {
  const at = 'rules[0].Targets[0]';
  it.each<[string, Members, string, string]>([
    [
      '186 retries',
      { RetryPolicy: { MaximumRetryAttempts: 186 } },
      `${at}.RetryPolicy.MaximumRetryAttempts`,
      'OUT_OF_RANGE',
    ],
    [
      'an age of 59 s',
      { RetryPolicy: { MaximumEventAgeInSeconds: 59 } },
      `${at}.RetryPolicy.MaximumEventAgeInSeconds`,
      'OUT_OF_RANGE',
    ],
    [
      'a topic',
      { DeadLetterConfig: { Arn: 'arn:aws:sns:us-east-1:1:x' } },
      `${at}.DeadLetterConfig.Arn`,
      'DEAD_LETTER',
    ],
    ['a FIFO queue', { DeadLetterConfig: { Arn: `${ARN}.fifo` } }, `${at}.DeadLetterConfig.Arn`, 'QUEUE_FIFO'],
    ['an unknown queue', { DeadLetterConfig: { Arn: `${ARN}s` } }, `${at}.DeadLetterConfig.Arn`, 'QUEUE_NOT_FOUND'],
  ])('%s', (_, target, path, code) => {
    const scenario = eventScenario({
      queues: [{ QueueName: 'dead' }],
      rules: [{ Name: 'orders', EventPattern: { source: ['shop'] }, Targets: [runTarget('worker', target)] }],
    });
    expect(refusal(() => parseScenario(scenario))).toMatchObject({ path, code });
  });
});
