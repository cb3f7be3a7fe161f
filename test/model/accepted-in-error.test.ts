/** What looks almost right and must not pass, and what must mean the same in two spellings. */
import { describe, expect, it } from 'vitest';
import { parseContainerInstances } from '../../src/model/container-instance.ts';
import { resolvePlacement } from '../../src/model/placement-request.ts';
import { parseStartTask } from '../../src/model/run-task.ts';
import { parseTaskDefinition } from '../../src/model/task-definition.ts';
import { parseTimestamp } from '../../src/model/time.ts';
import { definitionWith, fargateWith, registryWith } from './definitions.ts';
import { refusal } from './refusal.ts';

describe('the name of a task definition', () => {
  const registry = registryWith(definitionWith());

  it.each([
    'web:01',
    'web:1e0',
    'web:0x1',
    'web:1.0',
    'web:+1',
    'web: 1',
    'web:1:2',
    'x/web',
    'arn:aws:ecs:us-east-1:123456789012:cluster/web',
  ])('is not %j', (name) => {
    expect(refusal(() => registry.resolve(name))?.path).toBe('taskDefinition');
  });

  it('without a revision means the latest ACTIVE one', () => {
    const inactive = registryWith(definitionWith({ revision: 1 }), definitionWith({ revision: 2, status: 'INACTIVE' }));
    expect(inactive.resolve('web').revision).toBe(1);
    expect(inactive.resolve('web:2').revision).toBe(2);
  });
});

describe('a registered revision', () => {
  it('does not change with the object it was made from', () => {
    const registry = registryWith();
    const container = { name: 'app', memory: 64, environment: [] };
    registry.register({ family: 'web', containerDefinitions: [container] });
    container.memory = 4096;
    expect(registry.resolve('web').containerDefinitions?.[0]?.memory).toBe(64);
  });
});

describe('a timestamp', () => {
  it.each(['2018-01-01T00:99:00Z', '2018-01-01T00:00:99Z', '0070-01-01', '0099-12-31', '2018-01-01T00:00:00+99:99'])(
    'is not %s',
    (given) => {
      expect(refusal(() => parseTimestamp(given, 'registeredAt'))?.path).toBe('registeredAt');
    },
  );
});

describe('a container instance', () => {
  it('has an id at the end of its ARN', () => {
    const containerInstanceArn = 'arn:aws:ecs:us-east-1:123456789012:container-instance/';
    expect(refusal(() => parseContainerInstances([{ containerInstanceArn }]))?.path).toBe(
      'containerInstances[0].containerInstanceArn',
    );
  });
});

describe('a network mode', () => {
  it.each([['default'], [''], [null]])('of %j is as none given', (networkMode) => {
    expect(parseTaskDefinition(definitionWith({ networkMode })).networkMode).toBeUndefined();
  });
});

describe('a capacity provider', () => {
  const registry = registryWith(definitionWith());

  it('has a name', () => {
    expect(
      refusal(() => resolvePlacement({ taskDefinition: 'web', capacityProvider: '' }, registry, new Map()))?.path,
    ).toBe('capacityProvider');
  });

  it('is given once', () => {
    const twice = { capacityProvider: 'a', capacityProviderStrategy: [{ capacityProvider: 'b' }] };
    expect(refusal(() => resolvePlacement({ taskDefinition: 'web', ...twice }, registry, new Map()))).toBeDefined();
  });

  it('is no parameter of StartTask', () => {
    const input = { taskDefinition: 'web', containerInstances: ['abc'], capacityProvider: 'a' };
    expect(refusal(() => parseStartTask(input, registry, new Map()))?.path).toBe('capacityProvider');
  });
});

describe('StartTask', () => {
  it('names each instance once', () => {
    const input = { taskDefinition: 'web', containerInstances: ['abc', 'def', 'abc'] };
    expect(refusal(() => parseStartTask(input, registryWith(definitionWith()), new Map()))?.path).toBe(
      'containerInstances[2]',
    );
  });
});

describe('Fargate', () => {
  it.each([
    ['maxSwap', { maxSwap: 1 }],
    ['swappiness', { swappiness: 60 }],
    ['a capability other than SYS_PTRACE', { capabilities: { add: ['NET_ADMIN'] } }],
  ])('does not support %s', (_, linuxParameters) => {
    expect(refusal(() => parseTaskDefinition(fargateWith({}, { linuxParameters })))?.path ?? 'accepted').toContain(
      'linuxParameters',
    );
  });

  it('supports SYS_PTRACE', () => {
    const linuxParameters = { capabilities: { add: ['SYS_PTRACE'] }, initProcessEnabled: true };
    expect(parseTaskDefinition(fargateWith({}, { linuxParameters }))).toBeDefined();
  });
});

describe('GPUs', () => {
  const gpu = (value: string) => [{ type: 'GPU', value }];

  it('are all of the instance for one container, or numbered for several', () => {
    const two = (first: string, second: string) =>
      definitionWith({
        containerDefinitions: [
          { name: 'a', image: 'a', memory: 64, resourceRequirements: gpu(first) },
          { name: 'b', image: 'b', memory: 64, resourceRequirements: gpu(second) },
        ],
      });
    expect(refusal(() => parseTaskDefinition(two('ALL', '1')))?.code).toBe('GPU_VALUE');
    expect(refusal(() => parseTaskDefinition(two('1', '2')))).toBeUndefined();
  });

  it('are not for Windows', () => {
    const runtimePlatform = { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' };
    const definition = definitionWith({ runtimePlatform }, { resourceRequirements: gpu('1') });
    expect(refusal(() => parseTaskDefinition(definition))?.code).toBe('GPU_VALUE');
  });
});

describe('Windows on Fargate', () => {
  it.each([
    ['WINDOWS_SERVER_2016_FULL', 'FARGATE_OS'],
    ['WINDOWS_SERVER_2022_CORE', undefined],
  ])('%s: %s', (operatingSystemFamily, code) => {
    const definition = fargateWith({ runtimePlatform: { operatingSystemFamily }, cpu: '1024', memory: '2048' });
    expect(refusal(() => parseTaskDefinition(definition))?.code).toBe(code);
  });
});
