/** Task-level cpu and memory in every spelling ECS takes, and in some it does not. */
import { describe, expect, it } from 'vitest';
import { parseCpu, parseMemory } from '../../src/model/amounts.ts';
import { refusal } from './refusal.ts';

describe('task-level cpu', () => {
  it.each([
    ['1024', 1024],
    [1024, 1024],
    ['1 vCPU', 1024],
    ['1vcpu', 1024],
    ['.25 vCPU', 256],
    ['0.5 VCPU', 512],
    [' 256 ', 256],
  ])('%j is %i units', (given, units) => {
    expect(parseCpu(given, 'cpu')).toBe(units);
  });

  it.each([[undefined], [null], [''], ['0'], [0]])('%j is none', (given) => {
    expect(parseCpu(given, 'cpu')).toBeUndefined();
  });

  it.each([
    ['-1'],
    ['1e3'],
    ['0x10'],
    ['1.5'],
    ['1 GB'],
    ['vCPU'],
    ['1 vCPUs'],
    ['0.0001 vCPU'],
    ['99999999999'],
    ['1,024'],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [-5],
    [true],
    [{}],
  ])('%j is refused, by its name', (given) => {
    expect(refusal(() => parseCpu(given, 'cpu'))).toMatchObject({
      name: 'ClientException',
      code: 'AMOUNT',
      path: 'cpu',
    });
  });
});

describe('task-level memory', () => {
  it.each([
    ['512', 512],
    ['1GB', 1024],
    ['0.5 gb', 512],
    ['244 GB', 249856],
  ])('%j is %i MiB', (given, memoryMiB) => {
    expect(parseMemory(given, 'memory')).toBe(memoryMiB);
  });

  it.each([['1 vCPU'], ['1 MB'], ['1GiB'], ['GB']])('%j is refused', (given) => {
    expect(refusal(() => parseMemory(given, 'memory'))?.code).toBe('AMOUNT');
  });
});
