/** What a group's controller decides; act turns it into commands. */
import type { LaunchCause, LaunchWish, TerminationCause } from '../cluster/capacity-commands.ts';
import type { GroupInstance, GroupState } from '../cluster/capacity-state.ts';

export interface Decision {
  readonly group: GroupState;
  /** Instances whose protection changes. */
  readonly protect: readonly GroupInstance[];
  readonly unprotect: readonly GroupInstance[];
  readonly terminate: readonly GroupInstance[];
  readonly terminationCause: TerminationCause;
  readonly launch: readonly LaunchWish[];
  readonly launchCause: LaunchCause;
  /** Nothing holds them any more. */
  readonly finish: readonly GroupInstance[];
}

export const NOTHING = {
  protect: [],
  unprotect: [],
  terminate: [],
  terminationCause: 'CAPACITY',
  launch: [],
  launchCause: 'CAPACITY',
  finish: [],
} as const;
