/** How much of what is reserved is used. Called by usage rows. */

/** CPU units of a whole vCPU. */
const VCPU = 1024;

/** Rounded to 1e-11: the dust of doubles must not cross a threshold, nor a whole number of tasks. NaN when nothing was reserved. */
export function percentOf(used: number, reserved: number): number {
  return reserved === 0 ? Number.NaN : Math.round((used / reserved) * 100e11) / 1e11;
}

/** @param cpuSeconds and `cpuUnits` over the same time. */
export function cpuPercentOf(cpuSeconds: number, cpuUnits: number): number {
  return percentOf(cpuSeconds * VCPU, cpuUnits);
}
