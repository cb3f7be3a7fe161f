/**
 * Wrong types in members that placement only reads in passing: a clear error with the JSON path, or no notice at all,
 * but never a stack trace and never `undefined` or `null` printed into an answer.
 */
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONTEXT } from '../../src/base/arn.ts';
import { taskId } from '../../src/base/ids.ts';
import { resolvePlacement } from '../../src/model/placement-request.ts';
import { describeTask } from '../../src/model/task.ts';
import { definitionWith, fargateWith, type Members, registryWith } from './definitions.ts';
import { refusal } from './refusal.ts';

const register = (definition: Members) => registryWith().register(definition);

const CONTAINER: readonly [member: string, value: unknown][] = [
  ['secrets', 'text'],
  ['secrets', {}],
  ['secrets', [null]],
  ['secrets', [{ name: 'a', valueFrom: 5 }]],
  ['logConfiguration', 'awslogs'],
  ['logConfiguration', { logDriver: 5 }],
  ['logConfiguration', { logDriver: 'awslogs', secretOptions: 5 }],
  ['logConfiguration', { logDriver: 'awslogs', secretOptions: [null] }],
  ['dockerSecurityOptions', 5],
  ['dockerSecurityOptions', [5]],
  ['credentialSpecs', 5],
  ['credentialSpecs', [null]],
];
const TASK: readonly [member: string, value: unknown][] = [
  ['volumes', {}],
  ['volumes', [null]],
  ['volumes', [{ name: 'v', dockerVolumeConfiguration: { driver: 5 } }]],
  ['volumes', 'text'],
  ['runtimePlatform', 'LINUX'],
  ['runtimePlatform', { operatingSystemFamily: 5 }],
  ['taskDefinitionArn', 5],
  ['status', 'SLEEPY'],
];

describe('a wrong type is refused with its path', () => {
  it.each(CONTAINER)('in a container: %s of %j', (member, value) => {
    expect(refusal(() => register(definitionWith({}, { [member]: value })))?.path ?? 'accepted').toContain(
      `containerDefinitions[0].${member}`,
    );
  });

  it.each(TASK)('in a task definition: %s of %j', (member, value) => {
    expect(refusal(() => register(definitionWith({ [member]: value })))?.path ?? 'accepted').toContain(member);
  });

  it('in the operating system of a Fargate task', () => {
    const runtimePlatform = { operatingSystemFamily: 5 };
    expect(refusal(() => register(fargateWith({ runtimePlatform })))?.path ?? 'accepted').toContain('runtimePlatform');
  });

  it('in the storage of a Fargate task', () => {
    expect(
      refusal(() => register(fargateWith({ ephemeralStorage: { sizeInGiB: 'much' } })))?.path ?? 'accepted',
    ).toContain('ephemeralStorage');
  });
});

describe('overrides', () => {
  const registry = registryWith(definitionWith());
  const resolve = (overrides: object) => resolvePlacement({ taskDefinition: 'web', overrides }, registry, new Map());

  it('that refer to themselves are refused', () => {
    const overrides: Record<string, unknown> = {};
    overrides.self = overrides;
    expect(refusal(() => resolve(overrides))?.path).toBe('overrides');
  });

  it('with a BigInt are refused', () => {
    expect(refusal(() => resolve({ cpu: '256', note: 5n }))?.path).toBe('overrides.note');
  });

  it('with null for GPUs leave the definition its own', () => {
    const { taskDefinition } = resolve({ containerOverrides: [{ name: 'app', resourceRequirements: null }] });
    expect(taskDefinition.containerDefinitions?.[0]?.resourceRequirements ?? undefined).toBeUndefined();
    expect(taskDefinition.containerDefinitions?.[0]).not.toHaveProperty('resourceRequirements', null);
  });

  it('ask for GPUs as the definition does', () => {
    const gpus = (value: unknown) =>
      refusal(() => resolve({ containerOverrides: [{ name: 'app', resourceRequirements: [{ type: 'GPU', value }] }] }));
    expect([gpus(2)?.code, gpus('0')?.code]).toEqual(['GPU_VALUE', 'GPU_VALUE']);
  });
});

describe('nothing', () => {
  const describeWith = (container: Members) =>
    describeTask({
      context: DEFAULT_CONTEXT,
      id: taskId(0, 0),
      placement: resolvePlacement({ taskDefinition: 'web' }, registryWith(definitionWith({}, container)), new Map()),
      cpu: 0,
      memoryMiB: 16,
      containerInstanceArn: 'arn',
      lastStatus: 'PENDING',
      desiredStatus: 'RUNNING',
      extras: {},
      gpuIds: new Map(),
      networkBindings: new Map(),
    }).containers?.[0];

  it('is not printed as "null" where a container has null for its memory', () => {
    expect(describeWith({ memory: null, memoryReservation: 16 })).not.toHaveProperty('memory');
    expect(describeWith({ memoryReservation: null })).not.toHaveProperty('memoryReservation');
  });

  it.each([
    ['logConfiguration', {}],
    ['firelensConfiguration', {}],
  ])('is not required as a capability named undefined by an empty %s', (member, value) => {
    let names = '';
    const refused = refusal(() => {
      names = JSON.stringify(register(definitionWith({}, { [member]: value })).requiresAttributes);
    });
    expect(refused?.path ?? names).not.toContain('undefined');
  });

  it('for GPUs is no crash: null is absent', () => {
    const definition = register(definitionWith({}, { resourceRequirements: null, portMappings: null }));
    expect(definition.containerDefinitions?.[0]?.resourceRequirements).toBeUndefined();
  });
});
