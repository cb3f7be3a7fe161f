/** Fargate sizes and rules (ECS developer guide, Fargate task definition considerations). */
import { describe, expect, it } from 'vitest';
import { parseTaskDefinition } from '../../src/model/task-definition.ts';
import { fargateWith } from './definitions.ts';
import { refusal } from './refusal.ts';

const GB = 1024;
const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, k) => (from + k * step) * GB);

/** The guide's table, written again. */
const TABLE: readonly [cpu: number, memoryMiB: readonly number[]][] = [
  [256, [512, 1024, 2048]],
  [512, [1024, 2048, 3072, 4096]],
  [1024, range(2, 8, 1)],
  [2048, range(4, 16, 1)],
  [4096, range(8, 30, 1)],
  [8192, range(16, 60, 4)],
  [16384, range(32, 120, 8)],
  [32768, [61440, 122880, 249856]],
];
const parse = (members: object, container: object = {}) =>
  parseTaskDefinition(fargateWith({ ...members }, { ...container }));

describe('Fargate', () => {
  it.each(TABLE)('offers %i CPU units with the listed memory and no other', (cpu, listed) => {
    const tried = [256, 512, 768, ...range(1, 128, 1), 130 * GB, 61440, 122880, 249856];
    const offered = new Set(
      tried.filter((memory) => refusal(() => parse({ cpu: String(cpu), memory: String(memory) })) === undefined),
    );
    expect([...offered].sort((a, b) => a - b)).toEqual(listed);
  });

  it('has no other CPU sizes', () => {
    expect(refusal(() => parse({ cpu: '128', memory: '512' }))?.message).toBe(
      'No Fargate configuration exists for given values.',
    );
    expect(refusal(() => parse({ cpu: '3072', memory: '8192' }))?.name).toBe('ClientException');
  });

  it.each([
    ['no cpu', { cpu: undefined }],
    ['no memory', { memory: undefined }],
    ['another network mode', { networkMode: 'bridge' }],
    ['no network mode', { networkMode: undefined }],
    ['a constraint', { placementConstraints: [{ type: 'memberOf', expression: 'attribute:a exists' }] }],
    ['ipcMode', { ipcMode: 'host' }],
    ['Windows on a quarter of a vCPU', { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }],
    ['too little storage', { ephemeralStorage: { sizeInGiB: 20 } }],
    ['too much storage', { ephemeralStorage: { sizeInGiB: 201 } }],
  ])('refuses %s', (_, members) => {
    expect(refusal(() => parse(members))?.name).toBe('ClientException');
  });

  it('runs Windows from one to four vCPU, on X86_64', () => {
    const windows = (cpu: string, memory: string, cpuArchitecture: string) =>
      refusal(() =>
        parse({ cpu, memory, runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2019_FULL', cpuArchitecture } }),
      );
    expect([windows('1024', '2048', 'X86_64'), windows('4096', '8192', 'X86_64')]).toEqual([undefined, undefined]);
    expect([windows('8192', '16384', 'X86_64')?.code, windows('1024', '2048', 'ARM64')?.code]).toEqual([
      'FARGATE_SIZE',
      'FARGATE_ARCHITECTURE',
    ]);
  });

  it.each([
    ['links', ['other']],
    ['privileged', true],
    ['disableNetworking', true],
    ['dnsServers', ['1.1.1.1']],
    ['dnsSearchDomains', ['a']],
    ['dockerSecurityOptions', ['label:a']],
    ['extraHosts', [{ hostname: 'a', ipAddress: '1.1.1.1' }]],
    ['resourceRequirements', [{ type: 'GPU', value: '1' }]],
    ['logConfiguration', { logDriver: 'syslog' }],
  ])('refuses %s on a container', (member, value) => {
    expect(refusal(() => parse({}, { [member]: value }))?.path).toContain(`containerDefinitions[0].${member}`);
  });

  it.each([
    ['links', []],
    ['privileged', false],
    ['logConfiguration', { logDriver: 'awsfirelens' }],
  ])('takes %s of %j', (member, value) => {
    expect(parse({}, { [member]: value })).toBeDefined();
  });

  it('takes 21 to 200 GiB of storage', () => {
    for (const sizeInGiB of [21, 200]) expect(parse({ ephemeralStorage: { sizeInGiB } })).toBeDefined();
  });

  it('rules also where EC2 is asked for beside it', () => {
    expect(refusal(() => parse({ requiresCompatibilities: ['EC2', 'FARGATE'], networkMode: 'host' }))?.code).toBe(
      'FARGATE_NETWORK_MODE',
    );
  });
});
