/** Topics among the actions of an alarm. */
import { describe, expect, it } from 'vitest';
import type { Members } from '../../model/definitions.ts';
import { cpuAlarm, play, scaledScenario } from '../../support/simulation/scaled.ts';

const topic = (name: string): string => `arn:aws:sns:us-east-1:123456789012:${name}`;

async function told(members: Members, events: readonly Members[] = []): Promise<[string, Record<string, unknown>][]> {
  const { events: all } = await play(
    scaledScenario(2, {
      duration: 'PT30M',
      alarms: [cpuAlarm('busy', { AlarmActions: [topic('ops')], OKActions: [topic('calm')], ...members })],
      // 10 %, from 600 s 75 %, from 900 s 10 % again.
      load: [
        {
          service: 'web',
          signal: 'cpuSeconds',
          points: [
            [0, 0.2],
            [600, 1.5],
            [900, 0.2],
          ],
        },
      ],
      events,
    }),
  );
  return all.flatMap(({ atMs, notification }) =>
    notification === undefined
      ? []
      : [
          [
            `${atMs / 1000} ${notification.alarmName} ${notification.topicArn.split(':').at(-1)}`,
            JSON.parse(notification.message),
          ],
        ],
  );
}

describe('an alarm with topics', () => {
  it('tells them when its state changes, once', async () => {
    const messages = await told({});
    expect(messages.map(([text]) => text)).toEqual(['60 busy calm', '660 busy ops', '960 busy calm']);
    expect(messages[1]?.[1]).toEqual({
      AlarmName: 'busy',
      AlarmDescription: null,
      AWSAccountId: '123456789012',
      NewStateValue: 'ALARM',
      NewStateReason:
        'Threshold Crossed: 1 out of the last 1 datapoints [75.0 (05/01/26 08:10:00)] was greater than the threshold (50.0).',
      StateChangeTime: '2026-01-05T08:11:00.000+0000',
      Region: 'us-east-1',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:busy',
      OldStateValue: 'OK',
      OKActions: [topic('calm')],
      AlarmActions: [topic('ops')],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: 'CPUUtilization',
        Namespace: 'AWS/ECS',
        StatisticType: 'Statistic',
        Statistic: 'AVERAGE',
        Unit: null,
        Dimensions: [
          { value: 'default', name: 'ClusterName' },
          { value: 'web', name: 'ServiceName' },
        ],
        Period: 60,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 50,
        TreatMissingData: 'missing',
      },
    });
  });

  it('is silent without actions enabled, and tells of SetAlarmState', async () => {
    expect(await told({ ActionsEnabled: false })).toEqual([]);
    const set = {
      at: 300,
      call: 'SetAlarmState',
      input: { AlarmName: 'busy', StateValue: 'ALARM', StateReason: 'test' },
    };
    expect((await told({}, [set])).map(([text]) => text).slice(0, 3)).toEqual([
      '60 busy calm',
      '300 busy ops',
      '360 busy calm',
    ]);
  });
});
