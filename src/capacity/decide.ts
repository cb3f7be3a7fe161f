/**
 * What becomes of a group, one thing a round: protection follows the tasks, what is drained goes, what is unhealthy is
 * replaced, then the desired capacity is launched or terminated, then zones are balanced. Called by tick. Pure.
 */
import type { ClusterView } from '../cluster/state.ts';
import { launches } from './decide/launches.ts';
import { protection } from './decide/protection.ts';
import { rebalance } from './decide/rebalance.ts';
import { victims } from './decide/victims.ts';
import { type Decision, NOTHING } from './decision.ts';
import type { Observation } from './observe.ts';

export function decide(view: ClusterView, seen: Observation): Decision {
  const { group } = seen;
  const guard = protection(seen);
  const none: Decision = { ...NOTHING, ...guard, group, finish: released(seen) };
  if (guard.protect.length + guard.unprotect.length + none.finish.length > 0) return none;
  if (seen.unhealthy.length > 0 && seen.runs('Terminate')) return replace(view, seen, none);
  return resize(view, seen, none) ?? rebalance(view, seen, none) ?? none;
}

/** Terminate first, then launch (Amazon EC2 Auto Scaling guide, suspend and resume processes, ReplaceUnhealthy). */
function replace(view: ClusterView, seen: Observation, none: Decision): Decision {
  const { group, alive, unhealthy } = seen;
  const kept = alive.filter((one) => !unhealthy.includes(one));
  const count = group.desiredCapacity - kept.length;
  const launch = count > 0 ? launches(view, seen, count, kept) : [];
  return { ...none, terminate: unhealthy, terminationCause: 'HEALTH', launch, launchCause: 'UNHEALTHY' };
}

function resize(view: ClusterView, seen: Observation, none: Decision): Decision | undefined {
  const { group, alive } = seen;
  const count = group.desiredCapacity - alive.length;
  if (count > 0) {
    const launch = launches(view, seen, count, alive);
    return launch.length === 0 ? undefined : { ...none, launch };
  }
  // One that is to balance the zones comes before another goes.
  const coming = alive.filter(({ isExtra, state }) => isExtra && state !== 'InService').length;
  if (count + coming >= 0 || !seen.runs('Terminate')) return undefined;
  const terminate = victims(view, seen, -count - coming);
  return terminate.length === 0 ? undefined : { ...none, terminate };
}

/** Drained of all but daemons, and no hook left to answer. */
function released({ leaving, provider }: Observation): Decision['finish'] {
  return leaving.filter(({ awaited, isBusy }) => awaited.size === 0 && !(provider?.settings.managedDraining && isBusy));
}
