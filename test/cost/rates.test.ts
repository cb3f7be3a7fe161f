/** What an hour costs, against AWS's published prices, and for how many seconds something is billed. */
import { describe, expect, it } from 'vitest';
import { amount, billedSeconds, fargateRate, instanceRate } from '../../src/cost/rates.ts';
import { instanceTypes } from '../../src/instance-types/index.ts';
import { DEFAULT_PRICING, parsePricing } from '../../src/model/pricing.ts';
import type { TaskDefinition } from '../../src/model/task-definition.ts';

const task = (members: object = {}): TaskDefinition =>
  ({ family: 'web', containerDefinitions: [{ name: 'web', image: 'web' }], ...members }) as TaskDefinition;
const platform = (operatingSystemFamily: string, cpuArchitecture?: string) =>
  task({ runtimePlatform: { operatingSystemFamily, ...(cpuArchitecture === undefined ? {} : { cpuArchitecture }) } });
const SMALL = { cpu: 256, memoryMiB: 512 };
const LARGE = { cpu: 1024, memoryMiB: 2048 };

describe('a managed instance', () => {
  it.each([
    // $0.096 and 12 % of it; on Spot 35 % and 12 %.
    ['on demand', 'MANAGED_INSTANCES', DEFAULT_PRICING, 10_752_000],
    ['on Spot', 'MANAGED_INSTANCES_SPOT', DEFAULT_PRICING, 3_360_000 + 1_152_000],
    ['with a fee of 7.8 %', 'MANAGED_INSTANCES', parsePricing({ managedInstancesFeePercent: 7.8 }), 10_348_800],
    ['for free', 'MANAGED_INSTANCES', parsePricing({ instanceUsdPerHour: { 'm5.large': 0 } }), 0],
  ] as const)('%s', (_, source, pricing, rate) => {
    expect(instanceRate('m5.large', source, pricing, instanceTypes)).toBe(rate);
  });
});

describe('a Fargate task', () => {
  it.each([
    // $0.04048 x 0.25 + $0.004445 x 0.5.
    ['Linux on x86', task(), SMALL, 1_234_250],
    ['Linux on x86, 1 vCPU and 2 GB', task(), LARGE, 4_048_000 + 889_000],
    ['Linux on ARM', platform('LINUX', 'ARM64'), LARGE, 3_238_000 + 712_000],
    // With the licence of $0.046 a vCPU.
    ['Windows', platform('WINDOWS_SERVER_2022_CORE'), LARGE, 9_148_000 + 4_600_000 + 2_010_000],
    ['50 GiB of storage, 20 of them free', task({ ephemeralStorage: { sizeInGiB: 50 } }), LARGE, 4_937_000 + 333_000],
  ])('%s', (_, definition, reserved, rate) => {
    expect(fargateRate(definition, reserved, false, DEFAULT_PRICING)).toBe(rate);
  });

  it('costs three tenths on Spot, or what the scenario says; storage has no Spot price', () => {
    expect(fargateRate(task(), LARGE, true, DEFAULT_PRICING)).toBe(1_481_100);
    expect(fargateRate(task(), LARGE, true, parsePricing({ fargateSpotPercent: 50 }))).toBe(2_468_500);
    const stored = task({ ephemeralStorage: { sizeInGiB: 30 } });
    expect(fargateRate(stored, LARGE, true, DEFAULT_PRICING)).toBe(1_481_100 + 111_000);
  });

  it('has the prices of the scenario', () => {
    const pricing = parsePricing({ fargateVcpuUsdPerHour: 0.05, fargateGBUsdPerHour: 0.01 });
    expect(fargateRate(platform('LINUX', 'ARM64'), LARGE, false, pricing)).toBe(7_000_000);
  });
});

describe('an instance', () => {
  it('has the price of its type, 35 % of it on Spot', () => {
    expect(instanceRate('m5.large', 'EC2', DEFAULT_PRICING, instanceTypes)).toBe(9_600_000);
    expect(instanceRate('m5.large', 'EC2_SPOT', DEFAULT_PRICING, instanceTypes)).toBe(3_360_000);
  });

  it('has the price of the scenario', () => {
    const pricing = parsePricing({ instanceUsdPerHour: { 'm5.large': 0.107, own: 1 }, spotPercent: 10 });
    expect(instanceRate('m5.large', 'EC2', pricing, instanceTypes)).toBe(10_700_000);
    expect(instanceRate('own', 'EC2_SPOT', pricing, undefined)).toBe(10_000_000);
  });

  it('of a type that nobody knows has none', () => {
    for (const type of ['x9.huge', 'constructor', undefined])
      expect(instanceRate(type, 'EC2', DEFAULT_PRICING, instanceTypes)).toBeUndefined();
    expect(instanceRate('m5.large', 'EC2', DEFAULT_PRICING, undefined)).toBeUndefined();
  });

  it('outside AWS costs what ECS Anywhere does', () => {
    expect(instanceRate(undefined, 'EXTERNAL', DEFAULT_PRICING, undefined)).toBe(1_025_000);
  });
});

describe('a bill', () => {
  it('goes by begun seconds, a minute at least, five for Windows on Fargate', () => {
    expect([0, 59_999, 60_001, 3_600_000].map((ms) => billedSeconds(ms))).toEqual([60, 60, 61, 3600]);
    expect(billedSeconds(10_000, platform('WINDOWS_SERVER_2022_FULL'))).toBe(300);
    expect(billedSeconds(10_000, task())).toBe(60);
  });

  it('is rounded down to a micro-cent and exact for long times', () => {
    expect(amount(9_600_000, 3600)).toBe(9_600_000);
    expect(amount(9_600_000, 61)).toBe(162_666);
    const century = 36_525 * 86_400;
    expect(BigInt(amount(1_234_567, century + 1))).toBe((1_234_567n * BigInt(century + 1)) / 3600n);
  });
});
