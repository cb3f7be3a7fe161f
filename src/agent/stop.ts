/**
 * Stopping a task's containers: the signal goes to a container once all that depend on it are gone, and who outlives
 * its stop timeout is killed (ECS API, ContainerDependency, ContainerDefinition.stopTimeout).
 */
import type { ContainerPlan } from './plan.ts';
import type { RunningSince, TaskScript } from './script.ts';

export interface StoppedContainer {
  readonly name: string;
  /** Absent where the container never ran. */
  readonly exitCode?: number;
  /** Milliseconds since the task's placement. */
  readonly afterMs: number;
}

export interface StoppedTask {
  /** When the last container is gone, in milliseconds since the task's placement. */
  readonly stoppedAfterMs: number;
  /** Those that were not stopped before, in the order of the definition. */
  readonly containers: readonly StoppedContainer[];
}

/** Of a process that SIGKILL ended. */
const KILLED = 137;
/** Of a process that ends when it is asked to. */
const GRACEFUL = 0;

/** The same for all tasks of a script to which so much has happened. */
function runningSince(script: TaskScript, happened: number): RunningSince {
  script.since[happened] ??= readSince(script, happened);
  return script.since[happened];
}

function readSince(script: TaskScript, happened: number): RunningSince {
  const since = new Map<string, number | undefined>();
  for (let k = 0; k < happened; k++) {
    const moment = script.moment(k);
    for (const { name, lastStatus } of moment?.containers ?? []) {
      if (lastStatus !== undefined) since.set(name, lastStatus === 'RUNNING' ? moment?.afterMs : undefined);
    }
  }
  return since;
}

function endOf(plan: ContainerPlan, sinceMs: number, signalMs: number): { afterMs: number; exitCode: number } {
  const ownEndMs = sinceMs + (plan.runMs ?? Number.POSITIVE_INFINITY);
  if (ownEndMs < signalMs) return { afterMs: ownEndMs, exitCode: plan.exitCode };
  if (plan.stopMs > plan.stopTimeoutMs) return { afterMs: signalMs + plan.stopTimeoutMs, exitCode: KILLED };
  return { afterMs: signalMs + plan.stopMs, exitCode: GRACEFUL };
}

/**
 * What stopping does to the containers of a task.
 * @param happened how many moments of the script have happened to the task.
 * @param elapsedMs milliseconds from its placement to the stop signal.
 */
export function stopContainers(script: TaskScript, happened: number, elapsedMs: number): StoppedTask {
  const { containers } = script.plan;
  const since = runningSince(script, happened);
  const [only] = containers;
  return only === undefined || containers.length > 1
    ? stopInOrder(containers, since, elapsedMs)
    : stopOnly(only, since, elapsedMs);
}

/** One that waits for nobody: most tasks have no other. */
function stopOnly(plan: ContainerPlan, since: RunningSince, elapsedMs: number): StoppedTask {
  const stopped = stopAt(plan, since, elapsedMs, elapsedMs);
  return { stoppedAfterMs: stopped.afterMs, containers: isGone(plan.name, since) ? [] : [stopped] };
}

function isGone(name: string, since: RunningSince): boolean {
  return since.has(name) && since.get(name) === undefined;
}

function stopAt(plan: ContainerPlan, since: RunningSince, elapsedMs: number, signalMs: number): StoppedContainer {
  const sinceMs = since.get(plan.name);
  const end = sinceMs === undefined ? { afterMs: elapsedMs } : endOf(plan, sinceMs, signalMs);
  return { name: plan.name, ...end, afterMs: Math.max(elapsedMs, end.afterMs) };
}

function stopInOrder(containers: readonly ContainerPlan[], since: RunningSince, elapsedMs: number): StoppedTask {
  const ends = new Map<number, StoppedContainer>();
  const stop = (k: number): StoppedContainer => {
    const known = ends.get(k);
    if (known !== undefined) return known;
    const stopped = stopAt(containers[k] as ContainerPlan, since, elapsedMs, signalTo(k));
    ends.set(k, stopped);
    return stopped;
  };
  const signalTo = (k: number): number => {
    let signalMs = elapsedMs;
    containers.forEach(({ dependsOn }, dependant) => {
      if (dependsOn.some(({ on }) => on === k)) signalMs = Math.max(signalMs, stop(dependant).afterMs);
    });
    return signalMs;
  };
  const stopped = containers.map((_, k) => stop(k));
  return {
    stoppedAfterMs: stopped.reduce((last, { afterMs }) => Math.max(last, afterMs), elapsedMs),
    containers: stopped.filter(({ name }) => !isGone(name, since)),
  };
}
