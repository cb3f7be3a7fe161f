/** Mixed instances: On-Demand and Spot of an Auto Scaling group (Amazon EC2 Auto Scaling guide, mixed instances groups). */
import type { InstanceMix, MixedInstances } from '../../model/mixed-instances.ts';

export function mixedInstances(mix: InstanceMix): MixedInstances {
  const { onDemandBaseCapacity, onDemandPercentageAboveBaseCapacity, total } = mix;
  const base = Math.min(total, onDemandBaseCapacity);
  const hundredths = (total - base) * onDemandPercentageAboveBaseCapacity;
  const rest = hundredths % 100;
  // Rounding favours On-Demand.
  const above = rest === 0 ? hundredths / 100 : (hundredths - rest) / 100 + 1;
  return { onDemand: base + above, spot: total - base - above };
}
