/** Which types meet the requirements of a launch template, and what is refused. */
import { describe, expect, it } from 'vitest';
import { instanceTypes } from '../../src/instance-types/index.ts';
import { meets, parseInstanceRequirements } from '../../src/model/instance-requirements.ts';
import { refusal } from './refusal.ts';

const any = { vCpuCount: { min: 1 }, memoryMiB: { min: 1 } };
const parse = (input: unknown) => parseInstanceRequirements(input, 'r');

function typesOf(input: Record<string, unknown> | undefined): string[] {
  const requirements = input === undefined ? undefined : parse({ ...any, ...input });
  return Object.entries(instanceTypes)
    .filter(([type, facts]) => meets(requirements, type, facts))
    .map(([type]) => type);
}

describe('types', () => {
  it('are the general-purpose ones without requirements', () => {
    const types = typesOf(undefined);
    expect(types).toContain('m5.large');
    expect(types.filter((type) => !/^m\d/.test(type) || type.includes('metal'))).toEqual([]);
  });

  it('are neither burstable nor bare metal unless that is asked for', () => {
    const types = typesOf({});
    expect(types).toContain('c5.large');
    expect(types.filter((type) => /^t\d|\.metal/.test(type))).toEqual([]);
    expect(typesOf({ burstablePerformance: 'included' })).toContain('t3.small');
    expect(typesOf({ burstablePerformance: 'required' }).every((type) => /^t\d/.test(type))).toBe(true);
    expect(typesOf({ bareMetal: 'required' }).every((type) => type.includes('.metal'))).toBe(true);
  });

  it.each<[string, Record<string, unknown>, string[], string[]]>([
    ['vCPUs', { vCpuCount: { min: 2, max: 2 } }, ['m5.large'], ['m5.xlarge', 'm7a.medium']],
    ['memory', { memoryMiB: { min: 8192, max: 8192 } }, ['m5.large'], ['r5.large', 'c5.large']],
    ['memory a vCPU', { memoryGiBPerVCpu: { min: 8 } }, ['r5.large'], ['m5.large']],
    ['GPUs', { acceleratorCount: { min: 1 } }, ['g4dn.xlarge'], ['m5.large']],
    ['manufacturers', { cpuManufacturers: ['amd'] }, ['m5a.large', 'c6a.large'], ['m5.large', 'm6g.large']],
    ['Amazon', { cpuManufacturers: ['amazon-web-services'] }, ['m6g.large'], ['m5.large', 'm5a.large']],
    ['allowed', { allowedInstanceTypes: ['m5.*', 'c5.large'] }, ['m5.2xlarge', 'c5.large'], ['m5a.large', 'c5.xlarge']],
    ['excluded', { excludedInstanceTypes: ['m*'] }, ['c5.large'], ['m5.large', 'm6g.large']],
  ])('meet %s', (_, input, within, without) => {
    const types = typesOf(input);
    expect(types).toEqual(expect.arrayContaining(within));
    expect(types.filter((type) => without.includes(type))).toEqual([]);
  });

  it('are none of which too little is known', () => {
    expect(meets(parse(any), 'm5.large', {})).toBe(false);
  });
});

describe('requirements are refused for', () => {
  it.each<[string, unknown, string, string]>([
    ['no vCPU count', { memoryMiB: { min: 1 } }, 'r.vCpuCount', 'WRONG_TYPE'],
    ['no least memory', { ...any, memoryMiB: { max: 1 } }, 'r.memoryMiB.min', 'WRONG_TYPE'],
    ['bounds the wrong way round', { ...any, vCpuCount: { min: 4, max: 2 } }, 'r.vCpuCount.min', 'OUT_OF_RANGE'],
    [
      'allowed and excluded types',
      { ...any, allowedInstanceTypes: ['m5.*'], excludedInstanceTypes: ['m5.large'] },
      'r.excludedInstanceTypes',
      'INSTANCE_TYPES',
    ],
    [
      'no pattern',
      { ...any, allowedInstanceTypes: ['m5 large'] },
      'r.allowedInstanceTypes[0]',
      'INSTANCE_TYPE_PATTERN',
    ],
    ['an unknown manufacturer', { ...any, cpuManufacturers: ['via'] }, 'r.cpuManufacturers[0]', 'NOT_ALLOWED'],
    ['what is not modelled', { ...any, localStorage: 'required' }, 'r.localStorage', 'NOT_MODELLED'],
    ['what there is not', { ...any, vCpus: 2 }, 'r.vCpus', 'UNKNOWN_MEMBER'],
  ])('%s', (_, input, path, code) => {
    expect(refusal(() => parse(input))).toMatchObject({ path, code });
  });
});
