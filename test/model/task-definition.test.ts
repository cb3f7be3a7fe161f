/** Task definitions: what ECS takes, what it refuses and in which words (ECS API, RegisterTaskDefinition). */
import { describe, expect, it } from 'vitest';
import { parseTaskDefinition } from '../../src/model/task-definition.ts';
import { containerWith, definitionWith } from './definitions.ts';
import { refusal } from './refusal.ts';

const MEMORY_MISSING =
  "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.";
const CPU_TEXT =
  "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

describe('a task definition', () => {
  it('is taken as register input, as describe answer or bare', () => {
    const bare = parseTaskDefinition(definitionWith());
    expect(parseTaskDefinition({ taskDefinition: definitionWith() })).toEqual(bare);
    expect(bare).toMatchObject({ family: 'web', placementConstraints: [] });
  });

  it('keeps what placement does not read', () => {
    const kept = {
      tags: [{ key: 'a', value: 'b' }],
      runtimePlatform: { cpuArchitecture: 'ARM64' },
      ephemeralStorage: { sizeInGiB: 30 },
    };
    expect(parseTaskDefinition(definitionWith(kept, { environment: [], x: 1 }))).toMatchObject({
      ...kept,
      containerDefinitions: [{ environment: [], x: 1 }],
    });
  });

  it('has cpu and memory as AWS stores them', () => {
    expect(parseTaskDefinition(definitionWith({ cpu: '1 vCPU', memory: '2 GB' }))).toMatchObject({
      cpu: '1024',
      memory: '2048',
    });
  });

  it.each([['128'], ['196608'], ['192 vCPU']])('may have task-level cpu %s', (cpu) => {
    expect(parseTaskDefinition(definitionWith({ cpu })).cpu).toMatch(/^\d+$/);
  });

  it.each([['127'], ['196609']])('may not have task-level cpu %s', (cpu) => {
    expect(refusal(() => parseTaskDefinition(definitionWith({ cpu })))).toEqual({
      name: 'ClientException',
      code: 'TASK_CPU',
      path: 'cpu',
      message: CPU_TEXT,
    });
  });

  it.each(['a', 'A-b_9', 'f'.repeat(255)])('may be of the family %s', (family) => {
    expect(parseTaskDefinition(definitionWith({ family })).family).toBe(family);
  });

  it.each([[''], ['a b'], ['a.b'], ['a:1'], ['f'.repeat(256)], [undefined], [5]])(
    'may not be of the family %j',
    (family) => {
      expect(refusal(() => parseTaskDefinition(definitionWith({ family })))?.path).toBe('family');
    },
  );

  it('has one to ten containers', () => {
    const containers = Array.from({ length: 11 }, (_, k) => containerWith({ name: `c${k}` }));
    const parse = (containerDefinitions: unknown) => parseTaskDefinition(definitionWith({ containerDefinitions }));
    expect(parse(containers.slice(1)).containerDefinitions).toHaveLength(10);
    expect([refusal(() => parse(containers))?.code, refusal(() => parse([]))?.code]).toEqual([
      'CONTAINER_COUNT',
      'CONTAINER_COUNT',
    ]);
  });

  it('says where in a describe answer the fault stands', () => {
    const taskDefinition = definitionWith({}, { cpu: -1 });
    expect(refusal(() => parseTaskDefinition({ taskDefinition }))?.path).toBe(
      'taskDefinition.containerDefinitions[0].cpu',
    );
  });

  it('may not hold a container larger than itself', () => {
    expect(refusal(() => parseTaskDefinition(definitionWith({ memory: '63' })))).toMatchObject({
      name: 'ClientException',
      message: "The 'memory' setting for container is greater than for the task",
    });
    expect(parseTaskDefinition(definitionWith({ memory: '64' })).memory).toBe('64');
  });
});

describe('a container', () => {
  const parse = (container: object, members: object = {}) =>
    parseTaskDefinition(definitionWith({ ...members }, { ...container }));

  it('needs memory of its own or of the task', () => {
    expect(refusal(() => parse({ memory: undefined }))?.message).toBe(MEMORY_MISSING);
    expect(refusal(() => parse({ memory: 0 }))?.message).toBe(MEMORY_MISSING);
    expect(parse({ memory: undefined, memoryReservation: 4 })).toBeDefined();
    expect(parse({ memory: undefined }, { memory: '64' })).toBeDefined();
  });

  it.each([
    ['three MiB', { memory: 3 }, 'memory'],
    ['less than no memory', { memory: -1 }, 'memory'],
    ['half a MiB', { memoryReservation: 4.5 }, 'memoryReservation'],
    ['more reserved than it may use', { memoryReservation: 65 }, 'memoryReservation'],
    ['cpu as text', { cpu: '10' }, 'cpu'],
    ['cpu below zero', { cpu: -1 }, 'cpu'],
    ['no name', { name: undefined }, 'name'],
    ['a dot in its name', { name: 'a.b' }, 'name'],
    ['an essential that is text', { essential: 'true' }, 'essential'],
    ['an image that is a number', { image: 7 }, 'image'],
    ['ports that are no list', { portMappings: {} }, 'portMappings'],
    ['requirements that are no list', { resourceRequirements: 'GPU' }, 'resourceRequirements'],
  ])('may not have %s', (_, container, member) => {
    expect(refusal(() => parse(container))?.path).toBe(`containerDefinitions[0].${member}`);
  });

  it('stands among others with an essential one', () => {
    const two = (...essential: unknown[]) => ({
      containerDefinitions: essential.map((value, k) => containerWith({ name: `c${k}`, essential: value })),
    });
    expect(refusal(() => parse({}, two(false, false)))?.code).toBe('ESSENTIAL');
    expect([parse({}, two(false, true)), parse({}, two(false, undefined))]).toHaveLength(2);
  });

  it.each([['0'], ['-1'], ['1.5'], ['01'], ['one'], ['all'], [''], [1], [undefined]])(
    'may not ask for %j GPUs',
    (value) => {
      expect(refusal(() => parse({ resourceRequirements: [{ type: 'GPU', value }] }))?.path).toBe(
        'containerDefinitions[0].resourceRequirements[0].value',
      );
    },
  );

  it.each([['1'], ['16'], ['ALL']])('may ask for %s GPUs', (value) => {
    expect(parse({ resourceRequirements: [{ type: 'GPU', value }] })).toBeDefined();
  });
});
