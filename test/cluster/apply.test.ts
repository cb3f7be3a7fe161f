/** Service events of a balanced service, in the recorded order, and what blocks a deployment. */
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../src/simulate/result.ts';
import { definition, instance, service } from '../simulate/scenarios.ts';
import recorded from '../simulate/vectors/service-events-order.json' with { type: 'json' };
import { play, story, withHealthChecks } from '../support/story.ts';

const GROUP = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef';
const container = { portMappings: [{ containerPort: 8080 }] };
const balanced = {
  targetGroups: [
    {
      name: 'web',
      protocol: 'HTTP',
      port: 80,
      targetGroupArn: GROUP,
      targetType: 'instance',
      securityGroups: ['sg-balancer'],
    },
  ],
  taskDefinitions: [definition('web', container), definition('web', container)],
};
const behindGroup = (members = {}) =>
  service({ loadBalancers: [{ targetGroupArn: GROUP, containerName: 'app', containerPort: 8080 }], ...members });

/** What a message is about; undefined for those that the recordings do not have. */
function kindOf(message: string): string | undefined {
  const kinds = [
    'has started',
    'is unhealthy in',
    'deregistered',
    'registered',
    'has stopped',
    'draining connections',
    'deployment completed',
    'steady state',
  ];
  return kinds.find((kind) => message.includes(kind));
}

const kindsOf = (result: SimulationResult, fromSecond: number): (string | undefined)[] =>
  story(result, fromSecond).map(kindOf);

function recordedKinds(index: number): (string | undefined)[] {
  const { events = [] } = recorded.cases[index] ?? {};
  return events.map(([, message]) => kindOf(String(message))).filter((kind) => kind !== undefined);
}

describe('the order of service events, as recorded:', () => {
  it.each([0, 1])('one of one task is replaced (case %d)', async (index) => {
    const events = [{ at: 600, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } }];
    const result = await play({ ...balanced, services: [behindGroup({ desiredCount: 1 })], events });
    expect(kindsOf(result, 600)).toEqual(recordedKinds(index));
  });

  it('a task died by itself: its target goes before another task starts', async () => {
    const events = [{ at: 600, fault: 'killTask', task: 'web[0]' }];
    const result = await play({ ...balanced, services: [behindGroup({ desiredCount: 1 })], events });
    expect(kindsOf(result, 600)).toEqual(recordedKinds(2));
  });

  it('a task turns unhealthy: another one starts first', async () => {
    const healthCheck = { command: ['CMD', 'true'], interval: 10, retries: 2 };
    const result = await play({
      ...balanced,
      taskDefinitions: [definition('web', { ...container, healthCheck })],
      containerInstances: [withHealthChecks(instance('a'))],
      services: [behindGroup({ desiredCount: 1 })],
      behaviour: { web: { unhealthyAfterSeconds: 900 } },
    });
    // The container's own check fails first, so no target is told of.
    expect(kindsOf(result, 900)).toEqual([
      'has started',
      'registered',
      'has stopped',
      'deregistered',
      'draining connections',
      'steady state',
    ]);
  });

  it('a target turns unhealthy: another task starts first (case 3)', async () => {
    const result = await play({
      ...balanced,
      services: [behindGroup({ desiredCount: 1 })],
      behaviour: { web: { unhealthyAfterSeconds: 900 } },
    });
    // Recorded from the side of the load balancer: starts and stops of tasks are not among its messages.
    const isTold = (kind?: string) => kind !== 'has started' && kind !== 'has stopped';
    expect(kindsOf(result, 900).filter(isTold)).toEqual(recordedKinds(3));
    expect(kindsOf(result, 900).filter((kind) => !isTold(kind))).toEqual(['has started', 'has stopped']);
  });

  it('a deployment whose tasks answer too late never finishes, and does with a grace period', async () => {
    const outcome = async (healthCheckGracePeriodSeconds: number) => {
      const { summary } = await play({
        ...balanced,
        services: [behindGroup({ healthCheckGracePeriodSeconds })],
        behaviour: { 'web:2': { healthyAfterSeconds: 60 } },
        events: [{ at: 300, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } }],
      });
      return summary.services[0]?.rolloutState;
    };
    expect([await outcome(0), await outcome(300)]).toEqual(['IN_PROGRESS', 'COMPLETED']);
  });

  it('targets that no load balancer reaches are told when their tasks stop', async () => {
    const shut = { securityGroups: ['sg-shut'] };
    const result = await play({
      ...balanced,
      containerInstances: [{ ...instance('a'), ...shut }],
      services: [behindGroup({ desiredCount: 1 })],
      securityGroups: [
        { GroupId: 'sg-shut', IpPermissions: [] },
        { GroupId: 'sg-balancer', IpPermissions: [] },
      ],
      duration: 'PT3M',
    });
    expect(story(result)).toMatchInlineSnapshot(`
      [
        "0 has started 1 tasks: (task T1).",
        "5 registered 1 targets in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef)",
        "40 has started 1 tasks: (task T2).",
        "40 (task T1) (port 49153) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef) due to (reason Request timed out).",
        "40 has stopped 1 running tasks: (task T1).",
        "40 deregistered 1 targets in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef)",
        "40 (service web, taskSet D1) has begun draining connections on 1 tasks.",
        "45 registered 1 targets in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef)",
        "80 (task T2) (port 49154) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef) due to (reason Request timed out).",
        "80 has stopped 1 running tasks: (task T2).",
        "80 deregistered 1 targets in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef)",
        "80 (service web, taskSet D1) has begun draining connections on 1 tasks.",
      ]
    `);
  });
});

describe('a deployment that is blocked', () => {
  it('is told once, and the service is not steady', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 100, maximumPercent: 100 };
    const events = [
      {
        at: 300,
        call: 'UpdateContainerInstancesState',
        input: { containerInstances: ['a'], status: 'DRAINING' },
      },
      { at: 900, call: 'UpdateContainerInstancesState', input: { containerInstances: ['a'], status: 'ACTIVE' } },
    ];
    const result = await play({ services: [service({ deploymentConfiguration })], events });
    expect(story(result, 300)).toEqual([
      '300 was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
      '900 has reached a steady state.',
    ]);
    expect(result.summary.steady).toBe(true);
  });
});
