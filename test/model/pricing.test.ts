/** Prices of a scenario. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_PRICING, parsePricing } from '../../src/model/pricing.ts';

describe('pricing', () => {
  it('is the default without', () => {
    expect(parsePricing(undefined)).toBe(DEFAULT_PRICING);
    expect(parsePricing({})).toEqual(DEFAULT_PRICING);
  });

  it('takes dollars an hour and gives whole micro-cents', () => {
    const { instanceTypes, fargateVcpu, fargateGB } = parsePricing({
      instanceUsdPerHour: { 'm5.large': 0.1 + 0.2 },
      fargateVcpuUsdPerHour: 0.04656,
    });
    expect(instanceTypes.get('m5.large')).toBe(30_000_000);
    expect([fargateVcpu, fargateGB]).toEqual([4_656_000, undefined]);
  });

  it.each([
    [{ spotPercent: 101 }, 'pricing.spotPercent', 101],
    [{ fargateSpotPercent: -1 }, 'pricing.fargateSpotPercent', -1],
    [{ instanceUsdPerHour: { 'm5.large': -0.1 } }, 'pricing.instanceUsdPerHour[m5.large]', -0.1],
    [{ fargateGBUsdPerHour: '1' }, 'pricing.fargateGBUsdPerHour', '1'],
  ])('refuses %j', (given, path, value) => {
    expect(() => parsePricing(given)).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ path, value }) }),
    );
  });
});
