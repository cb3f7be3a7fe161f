/** Scenarios as a whole: defaults, clusters, times, and what is refused with which path. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BayplanError } from '../../src/errors.ts';
import { DEFAULT_PRICING } from '../../src/model/pricing.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { refusal } from '../model/refusal.ts';
import { BALANCER, NETWORK } from '../model/services.ts';
import { ROOT } from '../support/source-files.ts';
import { definition, instance, scenarioWith, service } from './scenarios.ts';

const parse = (members: Members = {}) => parseScenario(scenarioWith(members));
const SUBNETS = [{ subnetId: 'subnet-a', availabilityZone: 'eu-west-1a', vpcId: 'vpc' }];
const AWSVPC = definition('web', {}, { networkMode: 'awsvpc' });

describe('a scenario', () => {
  it('has defaults for everything', () => {
    expect(parseScenario({})).toEqual({
      json: {},
      seed: 0,
      startEpochMs: Date.UTC(2026, 0, 5),
      durationMs: 3_600_000,
      region: 'us-east-1',
      account: '123456789012',
      clusters: [{ name: 'default', defaultStrategy: [], containerInstances: [] }],
      subnets: [],
      securityGroups: [],
      taskDefinitions: [],
      capacity: { groups: [], providers: [], managed: [], reservations: [] },
      daemons: { definitions: [], daemons: [] },
      splitRule: 'sequential',
      targetGroups: [],
      services: [],
      behaviour: new Map(),
      load: [],
      pricing: DEFAULT_PRICING,
      queues: [],
      arrivals: [],
      scaling: [],
      rules: [],
      events: [],
    });
  });

  it('is read', () => {
    const scenario = parse({
      behaviour: { web: { startSeconds: 2 } },
      load: [
        {
          service: 'web',
          signal: 'requests',
          points: [
            [0, 1],
            [60.5, 2],
          ],
        },
      ],
    });
    expect(scenario).toMatchObject({ seed: 7, durationMs: 1_800_000, region: 'eu-west-1', account: '210987654321' });
    expect(scenario.clusters).toEqual([
      { name: 'dock', defaultStrategy: [], containerInstances: [instance('a'), instance('b', 'eu-west-1b')] },
    ]);
    expect(scenario.services).toEqual([{ cluster: 'dock', input: service(), path: 'services[0]' }]);
    expect(scenario.behaviour.get('web')).toEqual({ startSeconds: 2 });
    expect(scenario.load).toEqual([
      {
        cluster: 'dock',
        service: 'web',
        signal: 'requests',
        points: [
          [0, 1],
          [60_500, 2],
        ],
      },
    ]);
    expect(scenario.json).toEqual(scenarioWith({ behaviour: scenario.json.behaviour, load: scenario.json.load }));
  });

  it('keeps nothing of its input', () => {
    const json = structuredClone(scenarioWith()) as { services: { desiredCount: number }[] };
    const scenario = parseScenario(json);
    for (const one of json.services) one.desiredCount = 99;
    expect(scenario.services[0]?.input.desiredCount).toBe(2);
  });

  it('puts instances into the cluster of their ARN, else the first', () => {
    const old = { ...instance('c'), containerInstanceArn: 'arn:aws:ecs:eu-west-1:210987654321:container-instance/c' };
    const clusters = [{ clusterName: 'one' }, { clusterName: 'two' }];
    const { clusters: found } = parse({
      clusters,
      containerInstances: [instance('a', 'z', 'two'), old],
      services: [],
      events: [],
    });
    expect(found.map(({ name, containerInstances }) => [name, containerInstances.length])).toEqual([
      ['one', 1],
      ['two', 1],
    ]);
  });

  it('without clusters has those that instances and services name', () => {
    const { clusters } = parse({
      containerInstances: [instance('a', 'z', 'one')],
      services: [service({ cluster: 'two' })],
    });
    expect(clusters.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('names the region of its instances in target groups', () => {
    const { targetGroups } = parse({ targetGroups: [{ Name: 'web', Protocol: 'HTTP', Port: 80 }] });
    expect(targetGroups[0]?.targetGroupArn).toBe(
      'arn:aws:elasticloadbalancing:eu-west-1:210987654321:targetgroup/web/0000000000000000',
    );
  });

  it('takes not executed members that are empty or change nothing', () => {
    expect(
      refusal(() => parse({ rules: [], queues: [], repositories: [{}], roles: [{}], secrets: [{}], parameters: [{}] })),
    ).toBeUndefined();
  });

  it('does not need security groups where none are described', () => {
    const services = [service({ networkConfiguration: NETWORK })];
    expect(refusal(() => parse({ subnets: SUBNETS, taskDefinitions: [AWSVPC], services, events: [] }))).toBeUndefined();
  });
});

const REFUSED: readonly [what: string, members: Members, path: string, code: string][] = [
  ['a bad duration', { duration: '2 hours' }, 'duration', 'DURATION'],
  ['a bad start', { start: 'today' }, 'start', 'TIMESTAMP'],
  ['a bad cluster name', { clusters: [{ clusterName: 'a b' }] }, 'clusters[0].clusterName', 'CLUSTER_NAME'],
  ['a cluster twice', { clusters: [{}, {}] }, 'clusters[1].clusterName', 'DUPLICATE'],
  [
    'an instance of no cluster',
    { clusters: [{ clusterName: 'x' }] },
    'containerInstances[0].containerInstanceArn',
    'UNKNOWN_CLUSTER',
  ],
  [
    'an instance twice',
    { containerInstances: [instance('a'), instance('a')] },
    'containerInstances[1].containerInstanceArn',
    'DUPLICATE_CONTAINER_INSTANCE',
  ],
  ['a subnet twice', { subnets: [...SUBNETS, ...SUBNETS] }, 'subnets[1].subnetId', 'DUPLICATE_SUBNET'],
  [
    'a security group twice',
    { securityGroups: [{ GroupId: 'a' }, { GroupId: 'a' }] },
    'securityGroups[1].GroupId',
    'DUPLICATE',
  ],
  [
    'a target group twice',
    { targetGroups: Array(2).fill({ Name: 'a', Protocol: 'HTTP', Port: 80 }) },
    'targetGroups[1].TargetGroupArn',
    'DUPLICATE',
  ],
  [
    'a bad container',
    { taskDefinitions: [definition('web', { memory: 1 })] },
    'taskDefinitions[0].containerDefinitions[0].memory',
    'CONTAINER_MEMORY',
  ],
  [
    'a service without its definition',
    { services: [service({ taskDefinition: 'web:3' })] },
    'services[0].taskDefinition',
    'UNKNOWN_TASK_DEFINITION',
  ],
  ['a service twice', { services: [service(), service()] }, 'services[1].serviceName', 'SERVICE_EXISTS'],
  [
    'a service of no cluster',
    { clusters: [{ clusterName: 'dock' }], services: [service({ cluster: 'dok' })] },
    'services[0].cluster',
    'UNKNOWN_CLUSTER',
  ],
  [
    'what CreateService refuses',
    { services: [service({ schedulingStrategy: 'DAEMON' })] },
    'services[0].desiredCount',
    'DAEMON_DESIRED_COUNT',
  ],
  [
    'a target group that is not there',
    {
      taskDefinitions: [definition('web', { portMappings: [{ containerPort: 80 }] })],
      services: [service({ loadBalancers: [BALANCER] })],
    },
    'services[0].loadBalancers[0].targetGroupArn',
    'UNKNOWN_TARGET_GROUP',
  ],
  [
    'a subnet that is not there',
    { taskDefinitions: [AWSVPC], services: [service({ networkConfiguration: NETWORK })] },
    'services[0].networkConfiguration.awsvpcConfiguration.subnets[0]',
    'UNKNOWN_SUBNET',
  ],
  [
    'a broken expression',
    { services: [service({ placementConstraints: [{ type: 'memberOf', expression: 'attribute:a ==' }] })] },
    'services[0].placementConstraints[0].expression',
    'CQL_SYNTAX',
  ],
  [
    'a broken expression of a definition',
    { taskDefinitions: [definition('web', {}, { placementConstraints: [{ type: 'memberOf', expression: '(' }] })] },
    'taskDefinitions[0].placementConstraints[0].expression',
    'CQL_SYNTAX',
  ],
  ['a behaviour of no family', { behaviour: { 'wbe:1': {} } }, 'behaviour["wbe:1"]', 'UNKNOWN_TASK_DEFINITION'],
  [
    'a behaviour of no container',
    { behaviour: { web: { containers: { x: {} } } } },
    'behaviour["web"].containers.x',
    'UNKNOWN_CONTAINER',
  ],
  ['load of no service', { load: [{ service: 'api', signal: 'requests' }] }, 'load[0].service', 'UNKNOWN_SERVICE'],
  [
    'load that goes back',
    {
      load: [
        {
          service: 'web',
          signal: 'requests',
          points: [
            [5, 1],
            [5, 2],
          ],
        },
      ],
    },
    'load[0].points[1][0]',
    'LOAD_POINT',
  ],
  [
    'negative load',
    { load: [{ service: 'web', signal: 'requests', points: [[5, -1]] }] },
    'load[0].points[0][1]',
    'LOAD_POINT',
  ],
];

describe('a scenario is refused for', () => {
  it.each(REFUSED)('%s', (_, members, path, code) => {
    expect(refusal(() => parse(members))).toMatchObject({ path, code });
  });

  it('the file it came from', () => {
    try {
      parseScenario({ seed: 'x' }, 'a.json');
      expect.fail('accepted');
    } catch (error) {
      expect((error as BayplanError).facts).toMatchObject({ file: 'a.json', path: 'seed' });
      expect(error).toBeInstanceOf(BayplanError);
    }
  });

  it('a behaviour only where no event registers its family', () => {
    const events = [{ at: 5, call: 'RegisterTaskDefinition', input: definition('late') }];
    expect(refusal(() => parse({ events, behaviour: { late: { startSeconds: 1 } } }))).toBeUndefined();
  });
});

const EXAMPLES = readdirSync(`${ROOT}/examples`)
  .map((name) => `examples/${name}/scenario.json`)
  .filter((file) => existsSync(`${ROOT}/${file}`));

describe('the examples', () => {
  it.each(EXAMPLES)('%s is a good scenario', (file) => {
    expect(parseScenario(JSON.parse(readFileSync(`${ROOT}/${file}`, 'utf8'))).services.length).toBeGreaterThan(0);
  });
});
