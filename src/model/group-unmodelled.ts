/**
 * What Amazon EC2 Auto Scaling's groups can be told and the simulation does not do: refused by name unless it is the default,
 * so that no run pretends. Called by auto-scaling-group. Names, tags and launch templates change nothing and are taken.
 */
import { type Fields, fields, refuse } from './read.ts';

function refuseMember(path: string, value: unknown, why: string): never {
  refuse('NOT_MODELLED', `${path}: ${why}`, { path, value }, 'ValidationException');
}

/** Members whose mere presence, other than as "off", asks for something. */
const OFF: Readonly<Record<string, readonly unknown[]>> = {
  CapacityRebalance: [false],
  MaxInstanceLifetime: [0],
  InstanceMaintenancePolicy: [],
  WarmPool: [],
  InstanceLifecyclePolicy: [],
  PlacementGroup: [],
  DesiredCapacityType: ['units'],
  HealthCheckType: ['EC2'],
};

/** @throws ValidationException NOT_MODELLED naming the member. */
export function checkUnmodelled(given: Fields, path: string): void {
  for (const [name, off] of Object.entries(OFF)) {
    const value = given[name];
    if (value === undefined || off.includes(value)) continue;
    const only = off.length === 0 ? '' : ` other than ${JSON.stringify(off[0])}`;
    refuseMember(`${path}.${name}`, value, `${name}${only} is not modelled.`);
  }
  if (given.AvailabilityZoneDistribution === undefined) return;
  const at = `${path}.AvailabilityZoneDistribution`;
  const { CapacityDistributionStrategy: strategy } = fields(given.AvailabilityZoneDistribution, at);
  if (strategy !== undefined && strategy !== 'balanced-best-effort')
    refuseMember(`${at}.CapacityDistributionStrategy`, strategy, 'only balanced-best-effort is modelled.');
}
