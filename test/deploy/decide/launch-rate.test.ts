/** A service launches at most 500 tasks a minute, whatever its strategy. */
import { describe, expect, it } from 'vitest';
import { definition, service } from '../../simulate/scenarios.ts';
import { play, pointsOf, story } from '../../support/story.ts';

const fargate = (members = {}) =>
  service({
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
    ...members,
  });
const world = {
  containerInstances: [],
  clusters: [{ clusterName: 'dock' }],
  subnets: [{ subnetId: 'subnet-a', availabilityZone: 'eu-west-1a', vpcId: 'vpc-1' }],
  taskDefinitions: [1, 2].map(() =>
    definition(
      'web',
      { memory: undefined, cpu: undefined },
      {
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
      },
    ),
  ),
};
const starts = (lines: readonly string[]) =>
  lines.flatMap((line) => /^(\d+) has started (\d+) tasks/.exec(line)?.slice(1, 3).join(' ') ?? []);

describe('a large service', () => {
  it('starts 500 tasks a minute', async () => {
    const result = await play({ ...world, services: [fargate({ desiredCount: 1200 })], duration: 'PT5M' });
    expect(starts(story(result))).toEqual(['0 500', '60 500', '120 200']);
    expect(pointsOf(result, 'runningCount').at(-1)?.[1]).toBe(1200);
  });

  it('also of daemons, which so do not stop time when they end as soon as they begin', async () => {
    const { desiredCount: _, ...daemon } = service({ schedulingStrategy: 'DAEMON' });
    const behaviour = { web: { startSeconds: 0, runSeconds: 0 } };
    const result = await play({ services: [daemon], behaviour, duration: 'PT1M30S' });
    expect(result.summary.tasksStarted).toBe(1000);
  });

  it('also in the scale-up of a blue/green deployment', async () => {
    const groups = ['blue', 'green'].map((name) => ({
      name,
      targetGroupArn: `arn:aws:elasticloadbalancing:eu-west-1:210987654321:targetgroup/${name}/0123456789abcdef`,
      protocol: 'HTTP',
      port: 80,
      targetType: 'ip',
    }));
    const [blue, green] = groups.map(({ targetGroupArn }) => targetGroupArn);
    const portMappings = [{ containerPort: 80 }];
    const advancedConfiguration = {
      alternateTargetGroupArn: green,
      productionListenerRule: 'arn:aws:elasticloadbalancing:eu-west-1:210987654321:listener-rule/app/web/1/2/3',
      roleArn: 'arn:aws:iam::210987654321:role/ecs',
    };
    const result = await play({
      ...world,
      taskDefinitions: world.taskDefinitions.map((one) => ({
        ...one,
        containerDefinitions: [{ name: 'app', image: 'app', portMappings }],
      })),
      targetGroups: groups,
      services: [
        fargate({
          desiredCount: 700,
          deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 },
          loadBalancers: [{ targetGroupArn: blue, containerName: 'app', containerPort: 80, advancedConfiguration }],
        }),
      ],
      events: [{ at: 300, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } }],
      duration: 'PT8M',
    });
    expect(starts(story(result))).toEqual(['0 500', '60 200', '300 500', '360 200']);
  });
});
