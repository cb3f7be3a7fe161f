/**
 * Container instances as `aws ecs describe-container-instances` answers them, by number: a recorded one of 69 attributes
 * and a plainer one of 12. Text, so that what is registered was parsed. Called by bench/bulk.
 */
import { arnOf, ZONES } from './cluster.ts';
import { Dice } from './dice.ts';

interface Attribute {
  readonly name: string;
  readonly value?: string;
}

const named = (prefix: string, names: string): Attribute[] =>
  names.split(' ').map((name) => ({ name: `${prefix}${name}` }));
const TYPES = [
  ['t2.micro', 1024, 982],
  ['c5.large', 2048, 3788],
  ['m5.xlarge', 4096, 15_600],
  ['r5.2xlarge', 8192, 63_400],
] as const;

/** Names that an agent of 2023 registers beside those with a value (recorded by the project Cloud Custodian). */
const CAPABILITIES: readonly Attribute[] = [
  ...named('com.amazonaws.ecs.capability.docker-remote-api.1.', '17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32'),
  ...named('com.amazonaws.ecs.capability.logging-driver.', 'none fluentd awslogs syslog awsfirelens json-file'),
  ...named('com.amazonaws.ecs.capability.', 'privileged-container ecr-auth task-iam-role-network-host task-iam-role'),
  ...named(
    'ecs.capability.',
    'secrets.asm.environment-variables secrets.asm.bootstrap.log-driver task-eia.optimized-cpu ecr-endpoint ' +
      'docker-plugin.local task-cpu-mem-limit secrets.ssm.bootstrap.log-driver efsAuth full-sync ' +
      'firelens.options.config.file logging-driver.awsfirelens.log-driver-buffer-limit aws-appmesh task-eni-trunking ' +
      'firelens.fluentbit service-connect-v1 private-registry-authentication.secretsmanager task-eia ' +
      'firelens.options.config.s3 execution-role-awslogs docker-plugin.amazon-ecs-volume-plugin task-eni ' +
      'firelens.fluentd efs execution-role-ecr-pull task-eni.ipv6 container-health-check execute-command ' +
      'increased-task-cpu-limit network.container-port-range container-ordering env-files.s3 ' +
      'pid-ipc-namespace-sharing secrets.ssm.environment-variables',
  ),
];

function valued(zone: number, type: string): Attribute[] {
  return [
    { name: 'ecs.capability.branch-cni-plugin-version', value: 'unknown-' },
    { name: 'ecs.ami-id', value: 'ami-0ac7415dd546fb485' },
    { name: 'ecs.availability-zone', value: ZONES[zone] as string },
    { name: 'ecs.cpu-architecture', value: 'x86_64' },
    { name: 'ecs.os-type', value: 'linux' },
    { name: 'ecs.vpc-id', value: 'vpc-0b5e46291a1fdd151' },
    { name: 'ecs.os-family', value: 'LINUX' },
    { name: 'ecs.subnet-id', value: `subnet-06f550a96363e3a0${zone}` },
    { name: 'ecs.instance-type', value: type },
    { name: 'ecs.capability.cni-plugin-version', value: 'unknown-2020.09.0' },
  ];
}

function resources(cpu: number, memoryMiB: number, ports: readonly string[]): object[] {
  const zero = { doubleValue: 0, longValue: 0, integerValue: 0 };
  return [
    { name: 'CPU', type: 'INTEGER', ...zero, integerValue: cpu },
    { name: 'MEMORY', type: 'INTEGER', ...zero, integerValue: memoryMiB },
    { name: 'PORTS', type: 'STRINGSET', ...zero, stringSetValue: ports },
    { name: 'PORTS_UDP', type: 'STRINGSET', ...zero, stringSetValue: [] },
  ];
}

const AGENT_PORTS = ['22', '2376', '2375', '51678', '51679'];

function one(number: number, dice: Dice, count: 12 | 69): object {
  const zone = dice.below(ZONES.length);
  const [type, cpu, memoryMiB] = dice.pick(TYPES);
  const attributes = [...valued(zone, type), ...CAPABILITIES];
  if (count === 12)
    attributes.splice(10, Number.POSITIVE_INFINITY, { name: 'stack', value: `s${dice.below(4)}` }, { name: 'gpu' });
  const usedPorts = dice.below(2) === 0 ? AGENT_PORTS : [...AGENT_PORTS, String(8000 + dice.below(9))];
  return {
    containerInstanceArn: arnOf(number),
    ec2InstanceId: `i-${number.toString(16).padStart(17, '0')}`,
    version: dice.below(200_000),
    versionInfo: { agentVersion: '1.68.2', agentHash: '4943e4d8', dockerVersion: 'DockerVersion: 20.10.17' },
    remainingResources: resources(cpu - 128 * dice.below(8), memoryMiB - 64 * dice.below(8), usedPorts),
    registeredResources: resources(cpu, memoryMiB, AGENT_PORTS),
    status: 'ACTIVE',
    agentConnected: true,
    runningTasksCount: dice.below(8),
    pendingTasksCount: 0,
    attributes,
    registeredAt: new Date(1_700_000_000_000 + number * 1000).toISOString(),
    attachments: [],
    tags: [],
  };
}

/** JSON of a list of `length` instances, numbered from `first` on. */
export function describedText(first: number, length: number, attributes: 12 | 69, seed: number): string {
  const dice = new Dice(seed ^ first);
  return JSON.stringify(Array.from({ length }, (_, k) => one(first + k, dice, attributes)));
}
