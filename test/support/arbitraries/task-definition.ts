/** Task definitions of every network mode with ports, GPUs, constraints and task-level sizes; a few are refused. */
import fc from 'fast-check';
import type { ContainerDefinition, PortMapping, TaskDefinition } from '../../../src/model/task-definition.ts';
import { defined } from './container-instance.ts';
import { expression } from './expression.ts';
import { among, FAMILIES, oneIn, sometimes } from './names.ts';

type Mode = 'bridge' | 'host' | 'awsvpc' | 'none' | undefined;
const MODES: readonly Mode[] = [undefined, undefined, 'bridge', 'host', 'awsvpc', 'awsvpc', 'awsvpc', 'none'];

const mapping = (mode: Mode): fc.Arbitrary<PortMapping> =>
  fc
    .record({
      containerPort: among([80, 443, 8080]),
      host: among(['same', 'absent', 'zero', 'other']),
      protocol: sometimes(3, among(['tcp', 'udp'] as const)),
      range: oneIn(12),
    })
    .map(({ containerPort, host, protocol, range }) => {
      if (range && mode !== 'host') return { containerPortRange: '7000-7002', ...defined({ protocol }) };
      const hostPort = { same: containerPort, absent: undefined, zero: mode === 'host' ? undefined : 0, other: 9000 }[
        host
      ];
      const fitting = host === 'other' && (mode === 'host' || mode === 'awsvpc') ? undefined : hostPort;
      return {
        containerPort,
        ...defined({ hostPort: mode === 'awsvpc' && fitting === 0 ? undefined : fitting, protocol }),
      };
    });

/** Mappings whose container ports differ, as ECS asks. */
const mappings = (mode: Mode): fc.Arbitrary<PortMapping[]> =>
  mode === 'none'
    ? fc.constant([])
    : fc.uniqueArray(mapping(mode), { maxLength: 2, selector: (port) => port.containerPort ?? 0 });

const container = (mode: Mode): fc.Arbitrary<ContainerDefinition> =>
  fc
    .record({
      cpu: sometimes(6, among([0, 10, 64, 128])),
      memory: among([32, 32, 64, 128, 300]),
      memoryReservation: sometimes(2, among([16, 24])),
      portMappings: sometimes(4, mappings(mode)),
      gpu: fc.oneof(
        { arbitrary: fc.constant(undefined), weight: 14 },
        { arbitrary: among(['1', '1', '2', 'ALL']), weight: 1 },
      ),
      essential: sometimes(1, fc.constant(true)),
    })
    .map(({ gpu, ...draw }) => ({
      ...defined(draw),
      ...(gpu ? { resourceRequirements: [{ type: 'GPU' as const, value: gpu }] } : {}),
    }));

const SIZES = [
  { cpu: '256', memory: '512' },
  { cpu: '128' },
  { memory: '1024' },
  { cpu: '.5 vCPU', memory: '1 GB' },
] as const;

const body = among(MODES).chain((networkMode) =>
  fc.record({
    networkMode: fc.constant(networkMode),
    containers: fc.oneof(
      fc.tuple(container(networkMode)),
      fc.array(container(networkMode), { minLength: 1, maxLength: 3 }),
    ),
    size: sometimes(2, among(SIZES)),
    memberOf: sometimes(1, expression),
    windows: oneIn(16),
    taskRoleArn: sometimes(1, fc.constant('arn:aws:iam::123456789012:role/task')),
    privileged: oneIn(24),
  }),
);

/** A register-task-definition input. */
export const taskDefinitionOf = (family: string): fc.Arbitrary<TaskDefinition> =>
  body.map((draw) => {
    const containerDefinitions = draw.containers.map((one, k) => ({
      name: `c${k}`,
      image: 'busybox',
      ...one,
      ...(draw.privileged && k === 0 ? { privileged: true } : {}),
    }));
    return {
      family,
      containerDefinitions,
      ...defined({ networkMode: draw.networkMode, taskRoleArn: draw.taskRoleArn }),
      ...draw.size,
      ...(draw.memberOf ? { placementConstraints: [{ type: 'memberOf' as const, expression: draw.memberOf }] } : {}),
      ...(draw.windows ? { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } } : {}),
    };
  });

/** One of the three families. */
export const taskDefinition: fc.Arbitrary<TaskDefinition> = among(FAMILIES).chain(taskDefinitionOf);
