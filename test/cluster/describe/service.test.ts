/** Services, tasks and events as DescribeServices and EventBridge show them. */
import { describe, expect, it } from 'vitest';
import { definition, instance, service } from '../../simulate/scenarios.ts';
import { play, tasksAt } from '../../support/story.ts';

describe('DescribeServices', () => {
  it('shows a steady service', async () => {
    const { services } = await play({ services: [service({ placementStrategy: [{ type: 'random' }] })] });
    expect(services[0]).toMatchObject({
      serviceArn: 'arn:aws:ecs:eu-west-1:210987654321:service/dock/web',
      clusterArn: 'arn:aws:ecs:eu-west-1:210987654321:cluster/dock',
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: 2,
      pendingCount: 0,
      launchType: 'EC2',
      schedulingStrategy: 'REPLICA',
      createdAt: '2026-01-05T00:00:00.000Z',
      placementStrategy: [{ type: 'random' }],
      deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200, strategy: 'ROLLING' },
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', desiredCount: 2, runningCount: 2, failedTasks: 0 }],
    });
  });
});

describe('a task', () => {
  it('has its times, ports and containers', async () => {
    const result = await play({
      containerInstances: [instance('a')],
      taskDefinitions: [definition('web', { portMappings: [{ containerPort: 80 }] })],
      services: [service({ desiredCount: 1 })],
      events: [{ at: 300, call: 'StopTask', input: { task: 'web[0]' } }],
    });
    expect(tasksAt(result)[0]).toMatchObject({
      clusterArn: 'arn:aws:ecs:eu-west-1:210987654321:cluster/dock',
      group: 'service:web',
      startedBy: expect.stringMatching(/^ecs-svc\/\d{19}$/),
      cpu: '256',
      memory: '512',
      launchType: 'EC2',
      createdAt: '2026-01-05T00:00:00.000Z',
      startedAt: '2026-01-05T00:00:05.000Z',
      stoppingAt: '2026-01-05T00:05:00.000Z',
      stoppedAt: '2026-01-05T00:05:01.000Z',
      containers: [
        { name: 'app', lastStatus: 'STOPPED', exitCode: 0, networkBindings: [{ containerPort: 80, hostPort: 49153 }] },
      ],
    });
  });

  it('has one version more with each event', async () => {
    const { events } = await play({ events: [{ at: 300, fault: 'killTask', task: 'web[0]' }] });
    const versions = new Map<string, number[]>();
    for (const { type, event } of events) {
      if (type !== 'TaskStateChange') continue;
      const { taskArn, version } = (event as unknown as { detail: { taskArn: string; version: number } }).detail;
      versions.set(taskArn, [...(versions.get(taskArn) ?? []), version]);
    }
    expect(versions.size).toBe(3);
    for (const seen of versions.values()) expect(seen).toEqual(seen.map((_, k) => k + 1));
  });
});

describe('EventBridge', () => {
  it("gets AWS's envelope, with an id of its own each", async () => {
    const { events } = await play();
    const told: Readonly<Record<string, unknown>>[] = events.flatMap(({ event }) =>
      event === undefined ? [] : [event],
    );
    const kinds = new Set(told.map((event) => event['detail-type']));
    expect([...kinds].sort()).toEqual([
      'ECS Container Instance State Change',
      'ECS Deployment State Change',
      'ECS Service Action',
      'ECS Task State Change',
    ]);
    expect(told[0]).toMatchObject({ version: '0', source: 'aws.ecs', account: '210987654321', region: 'eu-west-1' });
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });
});
