/** A task record in AWS's shape, against the recorded answer of run-task. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONTEXT } from '../../src/base/arn.ts';
import { taskId } from '../../src/base/ids.ts';
import { parseTasks } from '../../src/model/imported-task.ts';
import { resolvePlacement } from '../../src/model/placement-request.ts';
import { describeTask, type TaskFacts } from '../../src/model/task.ts';
import { containerWith, definitionWith, registryWith } from './definitions.ts';

const containerDefinitions = [
  containerWith({ cpu: 10, memory: 10 }),
  containerWith({ name: 'side', image: undefined, memory: undefined, memoryReservation: 16 }),
];
const registry = registryWith(definitionWith({ containerDefinitions }));
const INSTANCE = 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/abc';
const binding = { bindIP: '0.0.0.0', containerPort: 80, hostPort: 49153, protocol: 'tcp' as const };
const factsWith = (more: Partial<TaskFacts> = {}): TaskFacts => ({
  context: DEFAULT_CONTEXT,
  id: taskId(0, 5),
  placement: resolvePlacement({ taskDefinition: 'web' }, registry, new Map()),
  cpu: 10,
  memoryMiB: 26,
  containerInstanceArn: INSTANCE,
  lastStatus: 'PENDING',
  desiredStatus: 'RUNNING',
  extras: {},
  gpuIds: new Map([['side', ['g0']]]),
  networkBindings: new Map([['app', [binding]]]),
  ...more,
});

describe('a task', () => {
  const task = describeTask(factsWith({ availabilityZone: 'us-east-1b', cpuArchitecture: 'x86_64' }));

  it('says where it is and what it takes, numbers as text', () => {
    expect(task).toMatchObject({
      taskArn: `arn:aws:ecs:us-east-1:123456789012:task/default/${taskId(0, 5)}`,
      clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/default',
      containerInstanceArn: INSTANCE,
      taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
      group: 'family:web',
      cpu: '10',
      memory: '26',
      launchType: 'EC2',
      availabilityZone: 'us-east-1b',
      attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
      lastStatus: 'PENDING',
      desiredStatus: 'RUNNING',
    });
  });

  it('lists its containers with ports and GPUs', () => {
    expect(task.containers).toEqual([
      expect.objectContaining({ name: 'app', image: 'busybox', cpu: '10', memory: '10', networkBindings: [binding] }),
      expect.objectContaining({ name: 'side', cpu: '0', memoryReservation: '16', networkBindings: [], gpuIds: ['g0'] }),
    ]);
    expect(task.containers?.[1]).not.toHaveProperty('memory');
    expect(new Set(task.containers?.map(({ containerArn }) => containerArn)).size).toBe(2);
  });

  it('is the same every time', () => {
    expect(describeTask(factsWith())).toEqual(describeTask(factsWith()));
  });

  it('shows what it was started with', () => {
    const extras = { startedBy: 'me', tags: [{ key: 'a' }], overrides: { cpu: '512' } };
    expect(
      describeTask(factsWith({ extras, stoppedReason: 'done', lastStatus: 'STOPPED', desiredStatus: 'STOPPED' })),
    ).toMatchObject({
      ...extras,
      stoppedReason: 'done',
      lastStatus: 'STOPPED',
    });
  });

  it('has PENDING containers while it is PROVISIONING', () => {
    const lastStatus = 'PROVISIONING';
    expect(describeTask(factsWith({ lastStatus })).containers?.map((container) => container.lastStatus)).toEqual([
      'PENDING',
      'PENDING',
    ]);
  });

  it('can be imported into another engine', () => {
    expect(parseTasks([task])).toMatchObject([{ containerInstanceArn: INSTANCE, group: 'family:web', active: true }]);
  });
});
