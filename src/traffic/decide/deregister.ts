/**
 * Rules: a task that shall stop leaves its target groups; its targets drain for the whole deregistration delay, since
 * no connection tells when it is idle. One whose containers do not run any more has nothing to drain. Called by decide.
 */
import type { TargetState } from '../../cluster/state.ts';
import type { TaskTraffic } from '../observe.ts';

/** Targets that start to drain. */
export function deregister({ task, phase }: TaskTraffic): TargetState[] {
  return phase === 'STOPPING' || phase === 'ENDED' ? task.targets.filter(({ health }) => health !== 'draining') : [];
}

/** Targets that leave at once, having been deregistered. */
export function remove({ task, phase }: TaskTraffic): readonly TargetState[] {
  return phase === 'ENDED' ? task.targets : [];
}
