/** Zone balance: instances of an Auto Scaling group by zone (Amazon EC2 Auto Scaling guide, benefits and instance termination). */
import type { ZoneBalance, ZoneCount } from '../../model/zone-balance.ts';

/** Instances of each zone afterwards. */
export function balanceZones({ zones, change }: ZoneBalance): number[] {
  const after = zones.map((zone) => ({ ...zone }));
  for (let k = 0; k < change && after.length > 0; k++) first(after, (a, b) => a.instances - b.instances).instances++;
  for (let k = 0; k > change; k--) {
    const able = after.filter(({ instances, protectedInstances }) => instances > protectedInstances);
    if (able.length === 0) break;
    first(able, (a, b) => b.instances - a.instances).instances--;
  }
  return after.map(({ instances }) => instances);
}

function first<T extends ZoneCount>(zones: readonly T[], compare: (a: T, b: T) => number): T {
  return [...zones].sort(compare)[0] as T;
}
