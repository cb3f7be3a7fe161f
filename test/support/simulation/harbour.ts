/**
 * Arbitraries of what a scenario's services stand on: instances, subnets, target groups, task definitions, behaviour.
 * Few names and small numbers, so that tasks compete for room and events hit something.
 */
import fc from 'fast-check';
import { among, chance, sometimes, ZONES } from '../arbitraries/names.ts';

type Json = Record<string, unknown>;

export const CLUSTERS = ['c0', 'c1', 'c2'] as const;
export const SUBNETS = ['subnet-a', 'subnet-b', 'subnet-c'] as const;
export const ALARMS = ['errors', 'latency'] as const;
const MOST_INSTANCES = 12;

export const instanceIds = Array.from({ length: MOST_INSTANCES }, (_, k) => `i${k}`);

export function groupArn(name: string): string {
  return `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/1`;
}

export const subnets = SUBNETS.map((subnetId, k) => ({
  subnetId,
  availabilityZone: ZONES[k] as string,
  vpcId: 'vpc-1',
}));

function resources(cpu: number, memoryMiB: number): Json[] {
  return [
    { name: 'CPU', type: 'INTEGER', integerValue: cpu },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memoryMiB },
    { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '51678'] },
    { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [] },
  ];
}

/** What container health checks and sidecars need of an agent. */
const CAPABILITIES = [
  { name: 'ecs.capability.container-health-check' },
  { name: 'ecs.capability.container-ordering' },
  { name: 'ecs.capability.task-eni' },
  { name: 'com.amazonaws.ecs.capability.docker-remote-api.1.24' },
  { name: 'com.amazonaws.ecs.capability.docker-remote-api.1.18' },
];

/** One instance, not yet named. */
export const instance = fc
  .record({
    cpu: among([256, 1024, 2048]),
    memoryMiB: among([512, 2048, 4096]),
    zone: among(ZONES),
    stack: sometimes(3, among(['blue', 'green'])),
    provider: sometimes(3, among(['cp0', 'cp1'])),
    isDraining: fc.nat(9).map((n) => n === 9),
    isOld: fc.nat(9).map((n) => n === 9),
    isSilent: fc.nat(14).map((n) => n === 14),
  })
  .map(({ cpu, memoryMiB, zone, stack, provider, isDraining, isOld, isSilent }) => ({
    json: {
      status: isDraining ? 'DRAINING' : 'ACTIVE',
      agentConnected: !isSilent,
      ...(provider === undefined ? {} : { capacityProviderName: provider }),
      registeredResources: resources(cpu, memoryMiB),
      attributes: [
        { name: 'ecs.availability-zone', value: zone },
        ...(isOld ? [] : CAPABILITIES),
        ...(stack === undefined ? [] : [{ name: 'stack', value: stack }]),
      ],
    } as Json,
  }));

export function named(json: Json, cluster: string, id: string): Json {
  return {
    containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/${cluster}/${id}`,
    ec2InstanceId: `i-${id}`,
    ...json,
  };
}

const HEALTH = fc.record({
  HealthCheckIntervalSeconds: among([5, 10, 30]),
  HealthCheckTimeoutSeconds: among([2, 4]),
  HealthyThresholdCount: among([2, 3]),
  UnhealthyThresholdCount: among([2, 3]),
});

/** The four groups that services may name, and a Classic Load Balancer. */
export const targetGroups = fc.tuple(
  ...(['ip0', 'ip1', 'in0', 'in1'] as const).map((name) =>
    fc.tuple(HEALTH, among([0, 5, 60, 300]), among(['HTTP', 'TCP'])).map(([health, delay, protocol]) => ({
      Name: name,
      TargetGroupArn: groupArn(name),
      Protocol: protocol,
      Port: 80,
      TargetType: name.startsWith('ip') ? 'ip' : 'instance',
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: String(delay) }],
      ...health,
    })),
  ),
);

/** How a family reaches the network: it decides what its services may be. */
export const KINDS = ['bare', 'fixed', 'dynamic', 'awsvpc', 'host'] as const;
export type Kind = (typeof KINDS)[number];

function ports(kind: Kind): Json {
  if (kind === 'bare') return {};
  if (kind === 'awsvpc' || kind === 'host') return { portMappings: [{ containerPort: 80 }] };
  return { portMappings: [{ containerPort: 80, hostPort: kind === 'fixed' ? 8080 : 0 }] };
}

const revision = fc.record({
  cpu: among([64, 256, 512]),
  memory: among([64, 256, 512]),
  isChecked: chance(2),
  sidecar: fc.option(among(['START', 'HEALTHY', 'COMPLETE', 'beside'] as const), { freq: 5 }),
  stopTimeout: sometimes(2, among([2, 20])),
  stack: sometimes(1, fc.constant('attribute:stack exists')),
});

function healthCheck(isChecked: boolean): Json {
  return isChecked ? { healthCheck: { command: ['CMD', 'true'], interval: 5, retries: 2, startPeriod: 10 } } : {};
}

function sidecarOf(sidecar: string | null): Json[] {
  if (sidecar === null) return [];
  return [{ name: 'side', image: 'side', cpu: 0, memory: 32, essential: false, ...healthCheck(sidecar === 'HEALTHY') }];
}

/** A family: its kind, and RegisterTaskDefinition's input of each revision. */
export function family(name: string): fc.Arbitrary<{ kind: Kind; inputs: Json[] }> {
  return fc.tuple(among(KINDS), fc.array(revision, { minLength: 1, maxLength: 3 })).map(([kind, revisions]) => ({
    kind,
    inputs: revisions.map(({ cpu, memory, isChecked, sidecar, stopTimeout, stack }) => ({
      family: name,
      ...(kind === 'awsvpc'
        ? { networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' }
        : kind === 'host'
          ? { networkMode: 'host' }
          : {}),
      ...(stack === undefined || kind === 'host' || kind === 'awsvpc'
        ? {}
        : { placementConstraints: [{ type: 'memberOf', expression: stack }] }),
      containerDefinitions: [
        {
          name: 'app',
          image: 'app',
          cpu: kind === 'awsvpc' ? 64 : cpu,
          memory: kind === 'awsvpc' ? 256 : memory,
          ...ports(kind),
          ...healthCheck(isChecked),
          ...(stopTimeout === undefined ? {} : { stopTimeout }),
          ...(sidecar === null || sidecar === 'beside'
            ? {}
            : { dependsOn: [{ containerName: 'side', condition: sidecar }] }),
        },
        ...sidecarOf(sidecar),
      ],
    })),
  }));
}

const seconds = among([0, 1, 3, 7.5, 20, 60]);

/** How tasks of a family fare: most live on. */
export const behaviour = fc
  .record(
    {
      imagePullSeconds: seconds,
      startSeconds: seconds,
      healthyAfterSeconds: seconds,
      unhealthyAfterSeconds: among([30, 90, 600]),
      runSeconds: among([0, 5, 60, 400]),
      exitCode: among([0, 1]),
      failRate: among([0, 0.2, 0.7, 1]),
      failure: among(['pull', 'start', 'exit', 'outOfMemory']),
      stopSeconds: among([0, 1, 29, 90]),
      cpuPerRequest: among([0.01, 0.3]),
    },
    { requiredKeys: [] },
  )
  .map((all) => {
    const members: Json = { ...all };
    return members;
  });
