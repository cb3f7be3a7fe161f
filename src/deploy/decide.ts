/** Picks the rule that fits the service. Pure: a view in, decisions out. Called by tick. */
import type { ClusterView } from '../cluster/state.ts';
import { alarms } from './decide/alarms.ts';
import { breaker } from './decide/breaker.ts';
import { closing } from './decide/closing.ts';
import { daemon } from './decide/daemon.ts';
import { rebalancing } from './decide/rebalancing.ts';
import { rolling } from './decide/rolling.ts';
import { settling } from './decide/settling.ts';
import { shifting } from './decide/shifting.ts';
import { throttle } from './decide/throttle.ts';
import type { Decision } from './decision.ts';
import type { Observation } from './observe.ts';

const NOTHING: readonly Decision[] = [];

export function decide(view: ClusterView, seen: Observation): readonly Decision[] {
  if (seen.service.status === 'DRAINING') return closing(seen);
  return (
    breaker(view, seen) ??
    alarms(view, seen) ??
    throttle(seen) ??
    progress(view, seen) ??
    settling(seen) ??
    rebalancing(view, seen) ??
    NOTHING
  );
}

function progress(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  if (seen.service.settings.schedulingStrategy === 'DAEMON') return daemon(view, seen);
  const { rolloutState, settings } = seen.primary;
  // Nearly always so.
  if (rolloutState === 'COMPLETED') return rolling(view, seen);
  const isRolling = settings.deploymentConfiguration.strategy === 'ROLLING';
  if (!isRolling && rolloutState === 'IN_PROGRESS') return shifting(view, seen);
  // One that was aborted leaves both revisions: some traffic still goes to the old one.
  const isAborted = !isRolling && rolloutState === 'FAILED' && seen.service.deployments.length > 1;
  return isAborted ? undefined : rolling(view, seen);
}
