/** Overrides replace amounts before placement and leave the registered revision alone. */
import { describe, expect, it } from 'vitest';
import { applyOverrides } from '../../src/model/overrides.ts';
import { parseTaskDefinition } from '../../src/model/task-definition.ts';
import { containerWith, definitionWith } from './definitions.ts';
import { refusal } from './refusal.ts';

const containerDefinitions = [containerWith({ cpu: 10 }), containerWith({ name: 'side', memoryReservation: 16 })];
const definition = parseTaskDefinition(definitionWith({ cpu: '256', containerDefinitions }));
const apply = (overrides: unknown) => applyOverrides(definition, overrides);
const ofContainer = (...containerOverrides: object[]) => apply({ containerOverrides });

describe('overrides', () => {
  it('of the task replace cpu and memory', () => {
    expect(apply({ cpu: '1 vCPU', memory: '2GB' })).toMatchObject({ cpu: '1024', memory: '2048' });
  });

  it('of a container replace its amounts, and its GPUs as a whole', () => {
    const resourceRequirements = [{ type: 'GPU', value: '2' }];
    expect(
      ofContainer({ name: 'side', cpu: 7, memory: 128, memoryReservation: 32, resourceRequirements })
        .containerDefinitions,
    ).toEqual([
      expect.objectContaining({ name: 'app', cpu: 10, memory: 64 }),
      expect.objectContaining({ name: 'side', cpu: 7, memory: 128, memoryReservation: 32, resourceRequirements }),
    ]);
  });

  it('that say nothing change nothing', () => {
    expect([apply(undefined), apply(null)]).toEqual([definition, definition]);
    expect(apply({ containerOverrides: [{ name: 'app' }], inferenceAcceleratorOverrides: [] })).toEqual(definition);
  });

  it('leave the definition as it was', () => {
    const before = structuredClone(definition);
    ofContainer({ name: 'app', cpu: 99 });
    expect(definition).toEqual(before);
  });

  it.each([
    ['text', 'cpu=1', 'overrides'],
    [
      'a container that is not there',
      { containerOverrides: [{ name: 'app' }, { name: 'nobody' }] },
      'overrides.containerOverrides[1].name',
    ],
    ['a container without a name', { containerOverrides: [{ cpu: 1 }] }, 'overrides.containerOverrides[0].name'],
    ['cpu below zero', { containerOverrides: [{ name: 'app', cpu: -1 }] }, 'overrides.containerOverrides[0].cpu'],
    [
      'memory as text',
      { containerOverrides: [{ name: 'app', memory: '64' }] },
      'overrides.containerOverrides[0].memory',
    ],
    ['cpu in words', { cpu: 'much' }, 'overrides.cpu'],
    [
      'half a GPU',
      { containerOverrides: [{ name: 'app', resourceRequirements: [{ type: 'GPU', value: '0.5' }] }] },
      'overrides.containerOverrides[0].resourceRequirements[0].value',
    ],
  ])('may not be %s', (_, overrides, path) => {
    expect(refusal(() => apply(overrides))?.path).toBe(path);
  });

  it('have 8,192 characters, not 8,193', () => {
    const long = (length: number) => ({ note: 'n'.repeat(length - JSON.stringify({ note: '' }).length) });
    expect(apply(long(8192))).toEqual(definition);
    expect(refusal(() => apply(long(8193)))).toMatchObject({ code: 'OVERRIDES_LENGTH', path: 'overrides' });
  });
});
