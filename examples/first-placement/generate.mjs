/**
 * Writes container-instances.json: 300 instances over three zones, as `aws ecs describe-container-instances` shows them,
 * with some load already. Always the same file: the draws come from a fixed seed.
 */
import { writeFileSync } from 'node:fs';

/** Registered amounts are what the ECS agent leaves of the machine. Weights are out of 100. */
const TYPES = [
  { type: 'm5.large', cpu: 2048, memory: 7680, architecture: 'x86_64', weight: 35 },
  { type: 'm5.xlarge', cpu: 4096, memory: 15680, architecture: 'x86_64', weight: 20 },
  { type: 'c5.xlarge', cpu: 4096, memory: 7568, architecture: 'x86_64', weight: 20 },
  { type: 'r5.large', cpu: 2048, memory: 15680, architecture: 'x86_64', weight: 10 },
  { type: 't3.medium', cpu: 2048, memory: 3884, architecture: 'x86_64', weight: 9 },
  { type: 'm6g.large', cpu: 2048, memory: 7680, architecture: 'arm64', weight: 6 },
];
const ZONES = [
  { zone: 'us-east-1a', subnet: 'subnet-0a1' },
  { zone: 'us-east-1b', subnet: 'subnet-0b2' },
  { zone: 'us-east-1c', subnet: 'subnet-0c3' },
];
const CAPABILITIES = [
  'com.amazonaws.ecs.capability.docker-remote-api.1.18',
  'com.amazonaws.ecs.capability.docker-remote-api.1.19',
  'com.amazonaws.ecs.capability.docker-remote-api.1.21',
  'com.amazonaws.ecs.capability.ecr-auth',
  'com.amazonaws.ecs.capability.logging-driver.awslogs',
  'ecs.capability.execution-role-awslogs',
  'ecs.capability.execution-role-ecr-pull',
  'ecs.capability.task-eni',
];
/** What the agent and SSH hold on every instance. */
const AGENT_PORTS = ['22', '2375', '2376', '51678', '51679'];
const COUNT = 300;
const DRAINING = [17, 118, 219, 220];
const AGENT_LOST = 141;
/** Machines of an old image, whose agent cannot write to CloudWatch Logs. */
const OLD_IMAGE = [30, 31, 32, 33, 34, 35];

let state = 2026;
/** Mulberry32: a whole number below `limit`. */
function draw(limit) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
}

function drawType() {
  let at = draw(100);
  return TYPES.find(({ weight }) => {
    at -= weight;
    return at < 0;
  });
}

function resources(cpu, memory, ports) {
  return [
    { name: 'CPU', type: 'INTEGER', integerValue: cpu },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
    { name: 'PORTS', type: 'STRINGSET', stringSetValue: ports },
    { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [] },
  ];
}

/** Tasks that run already, each of 256 or 512 CPU units, until about `percent` of the machine is taken. */
function load({ cpu, memory }, percent) {
  let tasks = 0;
  let cpuUsed = 0;
  let memoryUsed = 0;
  for (;;) {
    const size = 1 + draw(2);
    const nextCpu = cpuUsed + 256 * size;
    const nextMemory = memoryUsed + 512 * size + 128 * draw(4);
    if (nextCpu * 100 > cpu * percent || nextMemory * 100 > memory * percent) return { tasks, cpuUsed, memoryUsed };
    [tasks, cpuUsed, memoryUsed] = [tasks + 1, nextCpu, nextMemory];
  }
}

function hex(digits) {
  return Array.from({ length: digits }, () => draw(16).toString(16)).join('');
}

function attributes({ type, architecture }, { zone, subnet }, hasOldImage) {
  const names = hasOldImage ? CAPABILITIES.filter((name) => !name.includes('awslogs')) : CAPABILITIES;
  return [
    ...names.map((name) => ({ name })),
    { name: 'ecs.availability-zone', value: zone },
    { name: 'ecs.cpu-architecture', value: architecture },
    { name: 'ecs.instance-type', value: type },
    { name: 'ecs.os-type', value: 'linux' },
    { name: 'ecs.subnet-id', value: subnet },
    { name: 'ecs.vpc-id', value: 'vpc-0d4e5f' },
  ];
}

function instance(k) {
  const type = drawType();
  const zone = ZONES[draw(10) < 8 ? k % 3 : 0];
  const { tasks, cpuUsed, memoryUsed } = load(type, 30 + draw(68));
  return {
    containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/harbour/${hex(32)}`,
    ec2InstanceId: `i-0${hex(16)}`,
    version: 1 + draw(9000),
    versionInfo: { agentVersion: OLD_IMAGE.includes(k) ? '1.36.2' : '1.89.1', dockerVersion: 'DockerVersion: 25.0.6' },
    registeredResources: resources(type.cpu, type.memory, AGENT_PORTS),
    remainingResources: resources(type.cpu - cpuUsed, type.memory - memoryUsed, AGENT_PORTS),
    status: DRAINING.includes(k) ? 'DRAINING' : 'ACTIVE',
    agentConnected: k !== AGENT_LOST,
    runningTasksCount: tasks,
    pendingTasksCount: 0,
    attributes: attributes(type, zone, OLD_IMAGE.includes(k)),
    registeredAt: `2026-01-0${1 + draw(9)}T0${draw(10)}:15:00Z`,
  };
}

const lines = Array.from({ length: COUNT }, (_, k) => JSON.stringify(instance(k)));
const file = new URL('container-instances.json', import.meta.url);
writeFileSync(file, `{ "containerInstances": [\n${lines.join(',\n')}\n], "failures": [] }\n`);
