/** A service against its task definition and target groups, in AWS's words where they are known. */
import { describe, expect, it } from 'vitest';
import { checkServiceAgainst } from '../../src/model/service-check.ts';
import { parseTargetGroup, type TargetGroup } from '../../src/model/target-group.ts';
import { definitionWith, fargateWith, type Members, registryWith } from './definitions.ts';
import { type Refusal, refusal } from './refusal.ts';
import { BALANCER, CLASSIC, GROUP_ARN, NETWORK, settingsWith } from './services.ts';

const group = (members: Members): TargetGroup => {
  return parseTargetGroup({ Name: 'web', Protocol: 'HTTP', Port: 80, ...members }, 'g');
};
const IP = group({ Name: 'ip', TargetType: 'ip' });
const GROUPS = new Map(
  [group({}), IP, group({ LoadBalancerName: 'elb' })].map((one) => [one.targetGroupArn, one] as const),
);
const PORTS = { portMappings: [{ containerPort: 80 }] };
const AWSVPC = definitionWith({ networkMode: 'awsvpc' }, PORTS);

function check(service: Members, definition: Members): Refusal | undefined {
  const registered = registryWith().register(definition);
  return refusal(() => checkServiceAgainst(settingsWith(service), registered, GROUPS, 'services[0]'));
}

describe('a service fits', () => {
  it.each<[what: string, service: Members, definition: Members]>([
    ['a bridge task', {}, definitionWith()],
    ['a dynamic port behind a target group', { loadBalancers: [BALANCER] }, definitionWith({}, PORTS)],
    [
      'a port within a range',
      { loadBalancers: [BALANCER] },
      definitionWith({}, { portMappings: [{ containerPortRange: '79-81' }] }),
    ],
    ['a Classic Load Balancer', { loadBalancers: [CLASSIC] }, definitionWith({}, PORTS)],
    [
      'awsvpc with targets by ip',
      { networkConfiguration: NETWORK, loadBalancers: [{ ...BALANCER, targetGroupArn: IP.targetGroupArn }] },
      AWSVPC,
    ],
    ['a Fargate task', { launchType: 'FARGATE', networkConfiguration: NETWORK }, fargateWith()],
    [
      'a Fargate task that does not say so',
      { launchType: 'FARGATE', networkConfiguration: NETWORK },
      fargateWith({ requiresCompatibilities: undefined }),
    ],
    ['a Fargate task on EC2', { networkConfiguration: NETWORK }, fargateWith()],
  ])('%s', (_, service, definition) => {
    expect(check(service, definition)).toBeUndefined();
  });
});

const CASES: readonly [what: string, service: Members, definition: Members, path: string, message: string][] = [
  [
    'awsvpc without subnets',
    {},
    AWSVPC,
    'networkConfiguration',
    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
  ],
  [
    'subnets without awsvpc',
    { networkConfiguration: NETWORK },
    definitionWith(),
    'networkConfiguration',
    'Network Configuration is not valid for the given networkMode of this task definition.',
  ],
  [
    'a bridge task on Fargate',
    { launchType: 'FARGATE' },
    definitionWith(),
    'taskDefinition',
    'Task definition does not support launch_type FARGATE.',
  ],
  [
    'a container that is not there',
    { loadBalancers: [{ ...BALANCER, containerName: 'nginx' }] },
    definitionWith({}, PORTS),
    'loadBalancers[0].containerName',
    'The container nginx does not exist in the task definition.',
  ],
  [
    'a port that is not there',
    { loadBalancers: [{ ...BALANCER, containerPort: 81 }] },
    definitionWith({}, PORTS),
    'loadBalancers[0].containerPort',
    'The container app did not have a container port 81 defined.',
  ],
  [
    'a group that is not there',
    { loadBalancers: [{ ...BALANCER, targetGroupArn: 'x' }] },
    definitionWith({}, PORTS),
    'loadBalancers[0].targetGroupArn',
    "services[0].loadBalancers[0].targetGroupArn: the target group 'x' does not exist.",
  ],
  [
    'targets by instance with awsvpc',
    { networkConfiguration: NETWORK, loadBalancers: [BALANCER] },
    AWSVPC,
    'loadBalancers[0].targetGroupArn',
    `The provided target group ${GROUP_ARN} has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.`,
  ],
  [
    'targets by ip with bridge',
    { loadBalancers: [{ ...BALANCER, targetGroupArn: IP.targetGroupArn }] },
    definitionWith({}, PORTS),
    'loadBalancers[0].targetGroupArn',
    `The provided target group ${IP.targetGroupArn} has target type ip, which is incompatible with the bridge network mode specified in the task definition.`,
  ],
  [
    'the other target group of a blue/green deployment',
    {
      deploymentConfiguration: { strategy: 'BLUE_GREEN' },
      loadBalancers: [{ ...BALANCER, advancedConfiguration: { alternateTargetGroupArn: 'y' } }],
    },
    definitionWith({}, PORTS),
    'loadBalancers[0].advancedConfiguration.alternateTargetGroupArn',
    "services[0].loadBalancers[0].advancedConfiguration.alternateTargetGroupArn: the target group 'y' does not exist.",
  ],
];

describe('a service is refused for', () => {
  it.each(CASES)('%s', (_, service, definition, path, message) => {
    expect(check(service, definition)).toMatchObject({
      name: 'InvalidParameterException',
      path: `services[0].${path}`,
      message,
    });
  });

  it('an old platform version with what came later', () => {
    const service = { launchType: 'FARGATE', platformVersion: '1.3.0', networkConfiguration: NETWORK };
    expect(check(service, fargateWith())).toBeUndefined();
    expect(check(service, fargateWith({ ephemeralStorage: { sizeInGiB: 30 } }))).toMatchObject({
      name: 'PlatformTaskDefinitionIncompatibilityException',
      path: 'services[0].platformVersion',
    });
  });

  it('more than ten constraints together with the definition', () => {
    const constraint = { type: 'memberOf', expression: 'attribute:a exists' };
    const definition = definitionWith({ placementConstraints: Array(5).fill(constraint) });
    expect(check({ placementConstraints: Array(5).fill(constraint) }, definition)).toBeUndefined();
    expect(check({ placementConstraints: Array(6).fill(constraint) }, definition)).toMatchObject({
      code: 'CONSTRAINT_COUNT',
      path: 'services[0].placementConstraints',
    });
  });
});
