/** What the scheduler can decide about a service; the shapes that decide/ answers and act turns into commands. */
import type { Command } from '../cluster/commands.ts';
import type { InstanceState, TaskState } from '../cluster/state.ts';

export type Decision =
  | { readonly kind: 'start'; readonly count: number }
  | { readonly kind: 'startDaemons'; readonly instances: readonly InstanceState[] }
  /** From old revisions and unfit tasks, or from the new ones when there are too many; of healthy ones at most `healthy`. */
  | { readonly kind: 'stop'; readonly from: 'old' | 'new' | 'all'; readonly count: number; readonly healthy: number }
  | { readonly kind: 'stopThese'; readonly tasks: readonly TaskState[] }
  | { readonly kind: 'command'; readonly command: Command };
