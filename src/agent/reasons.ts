/** Reasons of tasks and containers that end by themselves, in ECS's words (ECS developer guide, stopped-task-errors). */
import type { Impossible } from './dependency.ts';
import type { StopCause } from './moment.ts';

export const ESSENTIAL_EXITED: StopCause = {
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
};

/** A container that others wait for did not reach its state (recorded answer). */
export const DEPENDENCY_FAILED: StopCause = {
  stopCode: 'TaskFailedToStart',
  stoppedReason: 'Task failed to start',
};

export const OUT_OF_MEMORY = 'OutOfMemoryError: Container killed due to memory usage';

export const CANNOT_START =
  'CannotStartContainerError: Error response from daemon: failed to create shim task: OCI runtime create failed';

export function cannotPull(image: string): string {
  const ref = image === '' ? 'the image' : `ref ${image}`;
  return `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ${ref}: not found`;
}

export function failedToStart(stoppedReason: string): StopCause {
  return { stopCode: 'TaskFailedToStart', stoppedReason };
}

/** Of the container that waits; the sentences are the agent's. */
export function cannotResolve(on: string, target: string, why: Impossible): string {
  return `CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [${on}] for target [${target}] ${why}`;
}

/** Of the container that waits. */
export function dependencyTimedOut(on: string, target: string): string {
  return `CannotStartContainerError: dependency graph: container ordering dependency [${on}] for target [${target}] has timed out.`;
}
