/**
 * Arbitraries of what comes to a scenario's tasks from outside: queues with their messages and who polls them, rules that
 * start tasks by the clock or by events, and prices. Used by scenario.
 */
import fc from 'fast-check';
import { among, chance, sometimes } from '../arbitraries/names.ts';
import { points, wave } from './scaling.ts';

type Json = Record<string, unknown>;

const ARN = 'arn:aws';
export const QUEUE = 'jobs';
export const DEAD = 'dead';
/** Few messages a second: each is a moment that the whole cluster is looked at. */
const RATES = [0.02, 0.2];

export interface Queues {
  readonly queues: readonly Json[];
  /** Of the queue. */
  readonly load: readonly Json[];
  /** Members of the behaviour of tasks that poll it. */
  readonly poller: Json;
}

export const queues: fc.Arbitrary<Queues> = fc
  .record({
    messages: among([0, 0, 20, 400, 1_000_000]),
    visibility: among(['0', '5', '30', '400']),
    redrive: sometimes(2, among([1, 3])),
    isWave: fc.boolean(),
    points,
    wave,
    scale: among(RATES),
    secondsPerMessage: among([9.5, 40, 300]),
    messagesAtOnce: among([1, 1, 10]),
    messageFailRate: sometimes(2, among([0.1, 0.9, 1])),
    isFed: chance(6),
  })
  .map(({ messages, visibility, redrive, isWave, points: own, wave: swing, scale, isFed, ...rest }) => ({
    queues: [
      {
        QueueName: QUEUE,
        messages,
        Attributes: {
          VisibilityTimeout: visibility,
          ...(redrive === undefined
            ? {}
            : {
                RedrivePolicy: {
                  deadLetterTargetArn: `${ARN}:sqs:us-east-1:123456789012:${DEAD}`,
                  maxReceiveCount: redrive,
                },
              }),
        },
      },
      { QueueName: DEAD },
    ],
    load: isFed
      ? [
          {
            signal: 'messages',
            queue: QUEUE,
            ...(isWave
              ? { wave: { ...swing, base: swing.base * scale, amplitude: swing.amplitude * scale } }
              : { points: own.map(([at, value]) => [at, (value as number) * scale]) }),
          },
        ]
      : [],
    poller: Object.fromEntries(Object.entries({ queue: QUEUE, ...rest }).filter(([, value]) => value !== undefined)),
  }));

const ended = {
  source: ['aws.ecs'],
  'detail-type': ['ECS Task State Change'],
  detail: { lastStatus: ['STOPPED'], group: [{ prefix: 'service:' }] },
};

const delivery = fc
  .record({
    attempts: sometimes(6, among([0, 2, 185])),
    age: sometimes(4, among([60, 200])),
    hasLetters: fc.boolean(),
  })
  .map(
    ({ attempts, age, hasLetters }): Json => ({
      RetryPolicy: {
        ...(attempts === undefined ? {} : { MaximumRetryAttempts: attempts }),
        ...(age === undefined ? {} : { MaximumEventAgeInSeconds: age }),
      },
      ...(hasLetters ? { DeadLetterConfig: { Arn: `${ARN}:sqs:us-east-1:123456789012:${DEAD}` } } : {}),
    }),
  );

/** Tasks of rules are in no service: those that start on events of services start no further ones. */
function rule(Name: string, families: readonly string[], cluster: string): fc.Arbitrary<Json> {
  return fc
    .record({
      when: among<Json>([
        { ScheduleExpression: 'rate(4 minutes)' },
        { ScheduleExpression: 'cron(0/7 * * * ? *)' },
        { EventPattern: ended },
        { EventPattern: { source: ['aws.ecs'], 'detail-type': ['ECS Container Instance State Change'] } },
        { EventPattern: { source: ['aws.autoscaling'] } },
      ]),
      family: among(families),
      TaskCount: among([1, 1, 4]),
      launch: among<Json>([
        {},
        { LaunchType: 'FARGATE' },
        { CapacityProviderStrategy: [{ capacityProvider: 'cp0', weight: 1 }] },
        {
          CapacityProviderStrategy: [
            { capacityProvider: 'FARGATE', base: 1, weight: 1 },
            { capacityProvider: 'FARGATE_SPOT', weight: 2 },
          ],
        },
      ]),
      isNetworked: fc.boolean(),
      delivery: sometimes(5, delivery),
      isQueued: chance(1),
      State: sometimes(1, fc.constant('DISABLED')),
    })
    .map(({ when, family, TaskCount, launch, isNetworked, delivery: own = {}, isQueued, State }) => ({
      Name,
      ...when,
      ...(State === undefined ? {} : { State }),
      Targets: [
        isQueued
          ? { Id: 'queue', Arn: `${ARN}:sqs:us-east-1:123456789012:${QUEUE}` }
          : {
              Id: 'task',
              ...own,
              Arn: `${ARN}:ecs:us-east-1:123456789012:cluster/${cluster}`,
              EcsParameters: {
                TaskDefinitionArn: family,
                TaskCount,
                ...launch,
                ...(isNetworked
                  ? { NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-a', 'subnet-b'] } } }
                  : {}),
              },
            },
      ],
    }));
}

export function rules(families: readonly string[], cluster: string): fc.Arbitrary<Json[]> {
  return fc
    .tuple(...['first', 'second'].map((name) => sometimes(4, rule(name, families, cluster))))
    .map((drawn) => drawn.filter((one) => one !== undefined));
}

export const pricing: fc.Arbitrary<Json> = fc
  .record({
    instanceUsdPerHour: sometimes(4, among<Json>([{ 'm5.large': 0.1 }, { 'x9.unheard-of': 1.5, 't2.small': 0 }])),
    spotPercent: sometimes(3, among([0, 33.3, 100])),
    fargateSpotPercent: sometimes(3, among([0, 30, 70.5])),
    managedInstancesFeePercent: sometimes(3, among([0, 7.8])),
    fargateVcpuUsdPerHour: sometimes(2, among([0, 0.04])),
    fargateGBUsdPerHour: sometimes(2, among([0, 0.0044])),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
