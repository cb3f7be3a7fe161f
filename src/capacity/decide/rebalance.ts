/**
 * AZRebalance: zones of which one has two more instances than another are balanced, one at a time: launch first, then
 * terminate (Amazon EC2 Auto Scaling guide, Auto Scaling benefits). Called by decide.
 */
import type { ClusterView } from '../../cluster/state.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';
import { countByZone, launches } from './launches.ts';

/** Only between instances that serve: what is on its way may balance by itself. */
export function rebalance(view: ClusterView, seen: Observation, none: Decision): Decision | undefined {
  const { group, alive, zones } = seen;
  if (!seen.runs('AZRebalance') || !seen.runs('Launch') || !seen.runs('Terminate') || zones.length < 2)
    return undefined;
  if (alive.length !== group.desiredCapacity || alive.some(({ state }) => state !== 'InService')) return undefined;
  const counts = countByZone(zones, alive);
  const numbers = Object.values(counts);
  const most = Math.max(...numbers);
  if (most - Math.min(...numbers) < 2) return undefined;
  if (!alive.some((one) => counts[one.availabilityZone] === most && !one.isProtected)) return undefined;
  return { ...none, launch: launches(view, seen, 1, alive), launchCause: 'REBALANCE' };
}
