/** Rules in a run: what they see, when schedules fire, what their targets do, and what is refused. */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulate/run.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { CLUSTER_ARN, eventScenario, fargate, notifications, runs, runTarget } from '../support/simulation/polled.ts';
import { play } from '../support/simulation/scaled.ts';

const TOPIC = { Id: 'ops', Arn: 'arn:aws:sns:us-east-1:123456789012:ops' };
const STOPPED = { 'detail-type': ['ECS Task State Change'], detail: { lastStatus: ['STOPPED'] } };
const order = (Detail: unknown, members: Members = {}) => ({ Source: 'shop', DetailType: 'Order', Detail, ...members });
const put = (at: number, ...Entries: unknown[]) => ({ at, call: 'PutEvents', input: { Entries } });
const started = (result: Awaited<ReturnType<typeof play>>) =>
  result.events.filter(({ type, event }) => type === 'TaskStateChange' && detailOf(event).version === 1);
const refusals = (result: Awaited<ReturnType<typeof play>>) =>
  result.events.flatMap(({ error, path }) => (error === undefined ? [] : [`${path}: ${error.message}`]));

describe('PutEvents', () => {
  const rules = [{ Name: 'uploads', EventPattern: { source: [{ prefix: '' }] }, Targets: [TOPIC] }];

  it('refuses entries from AWS services one by one, and takes the others', async () => {
    const result = await play(eventScenario({ rules, events: [put(60, order({}, { Source: 'aws.s3' }), order({}))] }));
    expect(refusals(result)).toEqual([
      'events[0].input.Entries[0].Source: events[0].input.Entries[0].Source: Not authorized for the source aws.s3.',
    ]);
    expect(result.events.find(({ error }) => error !== undefined)?.error?.name).toBe('NotAuthorizedForSourceException');
    expect(notifications(result).filter(({ message }) => message.includes('"Order"'))).toHaveLength(1);
  });

  it('takes them as those of the service where the scenario says so', async () => {
    const event = put(60, order({}, { Source: 'aws.s3' }));
    const result = await play(
      eventScenario({ rules, events: [{ ...event, input: { ...event.input, asService: true } }] }),
    );
    expect([
      refusals(result),
      notifications(result).filter(({ message }) => message.includes('aws.s3')).length,
    ]).toEqual([[], 1]);
  });

  it('names what it does not know', async () => {
    const result = await play(eventScenario({ rules, events: [put(60, order({}, { Time: 5 }))] }));
    expect(refusals(result)[0]).toContain('Time is not modelled.');
  });
});

describe('a rule', () => {
  it('runs a task for each event that matches, with its name in startedBy', async () => {
    const result = await play(
      eventScenario({
        rules: [
          {
            Name: 'orders',
            EventPattern: { detail: { size: [{ numeric: ['>', 10] }] } },
            Targets: [runTarget('worker')],
          },
        ],
        events: [
          put(60, order({ size: 11 }), order('{"size":12}'), order({ size: 3 })),
          put(70, order({ size: '11' })),
        ],
      }),
    );
    expect(runs(result)).toEqual(['60 orders', '60 orders']);
    expect(started(result).map(({ event }) => detailOf(event).startedBy)).toEqual(Array(2).fill('events-rule/orders'));
    expect(result.events.find(({ rule }) => rule !== undefined)?.rule).toMatchObject({
      source: 'shop',
      detailType: 'Order',
      targets: [{ id: 'worker', arn: CLUSTER_ARN }],
    });
  });

  it('of a stopped task notifies its topic with the event, a part of it, or a text', async () => {
    const rule = (Name: string, members: Members) => ({
      Name,
      EventPattern: STOPPED,
      Targets: [{ ...TOPIC, ...members }],
    });
    const InputPathsMap = { group: '$.detail.group', code: '$.detail.containers[0].exitCode' };
    const result = await play(
      eventScenario({
        behaviour: { worker: { runSeconds: 30, exitCode: 3 } },
        rules: [
          rule('whole', {}),
          rule('part', { InputPath: '$.detail.stoppedReason' }),
          rule('text', {
            InputTransformer: { InputPathsMap, InputTemplate: '"<group> ended with <code>: <aws.events.rule-name>"' },
          }),
          rule('constant', { Input: '{"a":1}' }),
          { ...rule('off', {}), State: 'DISABLED' },
        ],
        events: [{ at: 60, call: 'RunTask', input: { ...run(), taskDefinition: 'worker' } }],
      }),
    );
    const messages = notifications(result).map(({ message }) => message);
    expect(JSON.parse(messages[0] as string)).toMatchObject({
      source: 'aws.ecs',
      detail: { stopCode: 'EssentialContainerExited' },
    });
    expect(messages.slice(1)).toEqual([
      '"Essential container in task exited"',
      '"family:worker ended with 3: text"',
      '{"a":1}',
    ]);
    expect(runs(result)).toEqual(
      ['95 whole', '95 part', '95 text', '95 constant'].map((one) => one.replace('95', at(result))),
    );
  });

  it('sees alarms, deployments and service actions of the run', async () => {
    const result = await play(
      eventScenario({
        services: [{ serviceName: 'web', taskDefinition: 'worker', desiredCount: 1, ...run() }],
        alarms: [
          {
            AlarmName: 'a',
            Namespace: 'shop',
            MetricName: 'orders',
            Statistic: 'Sum',
            Period: 60,
            EvaluationPeriods: 1,
            Threshold: 1,
            ComparisonOperator: 'GreaterThanThreshold',
          },
        ],
        rules: [
          { Name: 'alarms', EventPattern: { source: ['aws.cloudwatch'], detail: { state: { value: ['ALARM'] } } } },
          { Name: 'deployed', EventPattern: { detail: { eventName: ['SERVICE_DEPLOYMENT_COMPLETED'] } } },
          {
            Name: 'steady',
            EventPattern: { 'detail-type': ['ECS Service Action'], detail: { eventName: ['SERVICE_STEADY_STATE'] } },
          },
        ],
        events: [
          {
            at: 61,
            call: 'PutMetricData',
            input: { Namespace: 'shop', MetricData: [{ MetricName: 'orders', Value: 5 }] },
          },
        ],
      }),
    );
    expect(runs(result)).toEqual(['45 deployed', '45 steady', '120 alarms']);
  });

  it('is put, disabled, changed and deleted in the course of a run', async () => {
    const call = (at: number, name: string, input: Members) => ({ at, call: name, input });
    const result = await play(
      eventScenario({
        events: [
          put(10, order({})),
          call(20, 'PutRule', { Name: 'a', EventPattern: '{"source":["shop"]}' }),
          call(20, 'PutTargets', { Rule: 'a', Targets: [TOPIC] }),
          put(30, order({})),
          call(40, 'DisableRule', { Name: 'a' }),
          put(50, order({})),
          call(60, 'EnableRule', { Name: 'a' }),
          put(70, order({})),
          call(80, 'DeleteRule', { Name: 'a' }),
          call(90, 'RemoveTargets', { Rule: 'a', Ids: ['ops'] }),
          put(100, order({})),
          call(110, 'DeleteRule', { Name: 'a' }),
          put(120, order({})),
          call(130, 'DeleteRule', { Name: 'a' }),
        ],
      }),
    );
    expect(runs(result)).toEqual(['30 a', '70 a', '100 a']);
    expect(notifications(result)).toHaveLength(2);
    expect(refusals(result)).toEqual([
      expect.stringContaining("Rule can't be deleted since it has targets"),
      expect.stringContaining('Rule a does not exist'),
    ]);
  });

  it('sees only the events of its bus', async () => {
    const result = await play(
      eventScenario({
        rules: [
          { Name: 'own', EventBusName: 'shop', EventPattern: { source: ['shop'] } },
          { Name: 'all', EventPattern: { source: ['shop'] } },
        ],
        events: [put(10, order({}, { EventBusName: 'shop' }), order({}))],
      }),
    );
    expect(runs(result)).toEqual(['10 own', '10 all']);
  });

  it('that makes its own events is stopped and told, not run for ever', async () => {
    const result = await play(
      eventScenario({
        duration: 'PT2S',
        rules: [{ Name: 'loop', EventPattern: { source: ['aws.ecs', 'shop'] }, Targets: [runTarget('worker')] }],
        events: [put(1, order({}))],
      }),
    );
    expect(runs(result).length).toBe(1000);
    expect(refusals(result)).toEqual([expect.stringContaining('ran more than 1000 times in one millisecond')]);
  });

  it('tells of tasks that find no place, and of overrides that are none', async () => {
    const ecs = { LaunchType: 'EC2', NetworkConfiguration: undefined };
    const definition = { family: 'ec2', containerDefinitions: [{ name: 'app', image: 'app', cpu: 256, memory: 512 }] };
    const result = await play(
      eventScenario({
        taskDefinitions: [definition, fargate('worker')],
        rules: [
          { Name: 'a', EventPattern: { source: ['shop'] }, Targets: [runTarget('ec2', {}, ecs)] },
          {
            Name: 'b',
            EventPattern: { source: ['shop'] },
            Targets: [runTarget('worker', { InputPath: '$.detail.none' })],
          },
        ],
        events: [put(10, order({}))],
      }),
    );
    expect(refusals(result)).toEqual([
      expect.stringMatching(/^rules\[a\]\.Targets\[ec2\]: /),
      expect.stringContaining('the overrides are no JSON object'),
    ]);
    expect(result.summary.refused).toBe(2);
  });
});

describe('a schedule', () => {
  it('of a rate fires one period after the rule was made, and each period then', async () => {
    const rules = [{ Name: 'hourly', ScheduleExpression: 'rate(1 hour)', Targets: [runTarget('worker')] }];
    const result = await play(eventScenario({ duration: 'PT3H30M', behaviour: { worker: { runSeconds: 60 } }, rules }));
    expect(runs(result)).toEqual(['3600 hourly', '7200 hourly', '10800 hourly']);
    expect(started(result)).toHaveLength(3);
  });

  it('of a cron means UTC, and may name the very minute of the start', async () => {
    const rules = [{ Name: 'cron', ScheduleExpression: 'cron(0/30 8 * * ? *)', Targets: [TOPIC] }];
    const result = await play(eventScenario({ duration: 'PT3H', rules }));
    expect(runs(result)).toEqual(['0 cron', '1800 cron']);
    expect(JSON.parse(notifications(result)[0]?.message as string)).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      time: '2026-01-05T08:00:00.000Z',
      detail: {},
    });
  });

  it('of a disabled rule goes on without firing', async () => {
    const rules = [{ Name: 'a', ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' }];
    const result = await play(
      eventScenario({ rules, events: [{ at: 485, call: 'EnableRule', input: { Name: 'a' } }] }),
    );
    expect(runs(result)).toEqual(['540 a', '600 a']);
  });
});

describe('several clusters', () => {
  const scenario = eventScenario({
    clusters: [{ clusterName: 'default' }, { clusterName: 'other' }],
    behaviour: { worker: { runSeconds: 30 } },
    rules: [
      {
        Name: 'chain',
        EventPattern: { ...STOPPED, detail: { lastStatus: ['STOPPED'], clusterArn: [{ suffix: 'cluster/other' }] } },
        Targets: [runTarget('worker')],
      },
      {
        Name: 'minutely',
        ScheduleExpression: 'rate(5 minutes)',
        Targets: [runTarget('worker', { Arn: CLUSTER_ARN.replace('default', 'other') })],
      },
    ],
  });

  it('share their rules: a task of one follows on a task of the other, a schedule fires once', async () => {
    const result = await play(scenario);
    const clusters = started(result).map(({ atMs, cluster }) => `${atMs / 1000} ${cluster}`);
    expect(runs(result).filter((one) => one.endsWith('minutely'))).toEqual(['300 minutely', '600 minutely']);
    expect(clusters).toEqual(['300 other', expect.stringMatching(/^33\d default$/), '600 other']);
  });
});

describe('a run that is not recorded', () => {
  it('has its rules all the same, and throws what is refused', async () => {
    const rules = [{ Name: 'a', EventPattern: { source: ['shop'] }, Targets: [runTarget('nothing')] }];
    const scenario = parseScenario(eventScenario({ rules, events: [put(10, order({}))] }));
    await expect(simulate(scenario, { record: false })).rejects.toThrow(/nothing/);
  });
});

function run(): Members {
  return { launchType: 'FARGATE', networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } } };
}

function detailOf(event: Readonly<Record<string, unknown>> | undefined): Members {
  return (event?.detail ?? {}) as Members;
}

/** When its task has stopped. */
function at({ events }: Awaited<ReturnType<typeof play>>): string {
  return String((events.find(({ event }) => detailOf(event).lastStatus === 'STOPPED')?.atMs ?? 0) / 1000);
}
