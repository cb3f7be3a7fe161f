/** Which type a new instance of a mixed group is. */
import { describe, expect, it } from 'vitest';
import { offerFor, type PoolPick } from '../../../src/capacity/decide/offers.ts';
import type { GroupState } from '../../../src/cluster/capacity-state.ts';
import type { InstanceOffer } from '../../../src/model/group-instance-type.ts';
import { parseMixedPolicy } from '../../../src/model/group-mixed-policy.ts';

const offer = (instanceType: string, price?: number): InstanceOffer => ({
  instanceType,
  cpu: 1024,
  memoryMiB: 1024,
  gpus: 0,
  networkInterfaces: undefined,
  price,
  attributes: [],
});
const offers = [offer('big', 40), offer('small', 10), offer('tiny', 5), offer('odd')];

/** So many launches one after the other in zone a, unless another is given. */
function launched(
  distribution: object,
  isSpot: boolean,
  zones: readonly string[],
  interrupted: Readonly<Record<string, number>> = {},
): (string | undefined)[] {
  const settings = {
    mixed: parseMixedPolicy({ InstancesDistribution: distribution }, 'policy'),
  } as GroupState['settings'];
  const group = { offers, settings, interruptions: new Map(Object.entries(interrupted)) };
  const picks: PoolPick[] = [];
  for (const zone of zones) picks.push({ zone, isSpot, offer: offerFor(group, { zone, isSpot }, picks) });
  return picks.map((one) => one.offer.instanceType);
}
const thrice = ['a', 'a', 'a'];

describe('allocation strategies', () => {
  it('of On-Demand go by priority, or by price', () => {
    expect(launched({}, false, thrice)).toEqual(['big', 'big', 'big']);
    expect(launched({ OnDemandAllocationStrategy: 'lowest-price' }, false, thrice)).toEqual(['tiny', 'tiny', 'tiny']);
  });

  it('of lowest-price share evenly among the cheapest pools of each zone, two unless said', () => {
    expect(launched({}, true, ['a', 'a', 'a', 'b', 'a', 'b'])).toEqual([
      'tiny',
      'small',
      'tiny',
      'tiny',
      'small',
      'small',
    ]);
    expect(launched({ SpotInstancePools: 1 }, true, thrice)).toEqual(['tiny', 'tiny', 'tiny']);
    expect(launched({ SpotInstancePools: 3 }, true, thrice)).toEqual(['tiny', 'small', 'big']);
  });

  it('by capacity leave the pools that were interrupted most, zone by zone', () => {
    for (const SpotAllocationStrategy of ['capacity-optimized', 'capacity-optimized-prioritized']) {
      expect(launched({ SpotAllocationStrategy }, true, thrice)).toEqual(['big', 'big', 'big']);
      expect(launched({ SpotAllocationStrategy }, true, ['a', 'b'], { 'big a': 1 })).toEqual(['small', 'big']);
    }
  });

  it('by price and capacity take the cheapest of those that were interrupted least', () => {
    const SpotAllocationStrategy = 'price-capacity-optimized';
    expect(launched({ SpotAllocationStrategy }, true, ['a'])).toEqual(['tiny']);
    expect(launched({ SpotAllocationStrategy }, true, ['a', 'b'], { 'tiny a': 1, 'tiny b': 2, 'small b': 1 })).toEqual([
      'small',
      'big',
    ]);
  });

  it('refuse pools without lowest-price', () => {
    expect(() => launched({ SpotAllocationStrategy: 'capacity-optimized', SpotInstancePools: 2 }, true, ['a'])).toThrow(
      'policy.InstancesDistribution.SpotInstancePools: SpotInstancePools goes only with the allocation strategy lowest-price.',
    );
  });
});
