/**
 * What each container of one task will do: its definition and its behaviour as plain numbers. Made once for all tasks
 * of a definition that fare alike; timelines and stops read it. Times are whole milliseconds.
 */
import type { Behaviour, ContainerBehaviour, TaskFailure } from '../model/behaviour.ts';
import type { ContainerCondition } from '../model/container-lifecycle.ts';
import type { ContainerDefinition, TaskDefinition } from '../model/task-definition.ts';
import { type CheckPlan, planCheck } from './health.ts';

export interface DependencyPlan {
  /** Position of the container that is waited for. */
  readonly on: number;
  readonly condition: ContainerCondition;
}

export interface RestartPlan {
  readonly ignoredExitCodes: readonly number[];
  readonly attemptPeriodMs: number;
}

export interface AnswerPlan {
  readonly fromMs: number;
  /** Undefined: for good. */
  readonly untilMs: number | undefined;
}

export interface ContainerPlan {
  readonly name: string;
  readonly image: string;
  readonly isEssential: boolean;
  readonly dependsOn: readonly DependencyPlan[];
  readonly startTimeoutMs: number | undefined;
  readonly stopTimeoutMs: number;
  readonly pullMs: number;
  readonly startMs: number;
  /** From a start to the exit by itself; undefined: never. */
  readonly runMs: number | undefined;
  /** Of the exit by itself. */
  readonly exitCode: number;
  readonly failure: TaskFailure | undefined;
  readonly check: CheckPlan | undefined;
  /** When it answers load balancers, from a start on; undefined: always. */
  readonly answers: AnswerPlan | undefined;
  readonly restart: RestartPlan | undefined;
  readonly stopMs: number;
}

export interface TaskPlan {
  readonly containers: readonly ContainerPlan[];
  /** Tasks with a network interface of their own are PROVISIONING when they are placed, all others PENDING. */
  readonly isProvisioned: boolean;
}

const START_SECONDS = 5;
const STOP_SECONDS = 1;
/** ECS_CONTAINER_STOP_TIMEOUT of the agent. */
const STOP_TIMEOUT_SECONDS = 30;
const RESTART_PERIOD_SECONDS = 300; // ECS API, ContainerRestartPolicy
const KILLED = 137;

function inMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

/**
 * The members that hold for one container. Of the task's own, the times to pull and start belong to the containers that
 * wait for no other, so that they are the task's; how it runs and exits belongs to the essential ones, so that a
 * container that prepares the task does not inherit its end.
 */
function behaviourFor(container: ContainerDefinition, behaviour: Behaviour): ContainerBehaviour {
  const { imagePullSeconds, startSeconds = START_SECONDS, runSeconds, exitCode, ...others } = behaviour;
  const isFirst = (container.dependsOn ?? []).length === 0;
  return {
    ...others,
    ...(isFirst ? { startSeconds, ...(imagePullSeconds === undefined ? {} : { imagePullSeconds }) } : {}),
    ...(container.essential !== false && runSeconds !== undefined ? { runSeconds } : {}),
    ...(container.essential !== false && exitCode !== undefined ? { exitCode } : {}),
    ...behaviour.containers?.[container.name ?? ''],
  };
}

/** Seconds until the exit by itself. Who is waited for until it is done is done at once, or the task would never start. */
function runSecondsOf(
  container: ContainerDefinition,
  { runSeconds }: ContainerBehaviour,
  definition: TaskDefinition,
): number | undefined {
  if (runSeconds !== undefined) return runSeconds;
  const isAwaited = (definition.containerDefinitions ?? []).some(({ dependsOn = [] }) =>
    dependsOn.some(
      ({ containerName, condition }) =>
        containerName === container.name && (condition === 'COMPLETE' || condition === 'SUCCESS'),
    ),
  );
  return isAwaited ? 0 : undefined;
}

/** A container that fails by exiting does so at its start, unless its behaviour says how long it runs before. */
function exitOf(exitCode: number | undefined, failure: TaskFailure | undefined): number {
  if (failure === 'outOfMemory') return KILLED;
  return failure === 'exit' ? exitCode || 1 : (exitCode ?? 0);
}

function planRestart({ restartPolicy }: ContainerDefinition): RestartPlan | undefined {
  if (restartPolicy?.enabled !== true) return undefined;
  return {
    ignoredExitCodes: restartPolicy.ignoredExitCodes ?? [],
    attemptPeriodMs: (restartPolicy.restartAttemptPeriod ?? RESTART_PERIOD_SECONDS) * 1000,
  };
}

/** The load balancer's checks find what the container's own would; they reach containers with ports only. */
function planAnswers(
  { portMappings = [] }: ContainerDefinition,
  { healthyAfterSeconds = 0, unhealthyAfterSeconds }: ContainerBehaviour,
): AnswerPlan | undefined {
  if (portMappings.length === 0 || (healthyAfterSeconds === 0 && unhealthyAfterSeconds === undefined)) return undefined;
  const untilMs = unhealthyAfterSeconds === undefined ? undefined : inMs(unhealthyAfterSeconds);
  return { fromMs: inMs(healthyAfterSeconds), untilMs };
}

function planContainer(
  container: ContainerDefinition,
  definition: TaskDefinition,
  behaviour: Behaviour,
  failure: TaskFailure | undefined,
): ContainerPlan {
  const own = behaviourFor(container, behaviour);
  const fails = failure === 'exit' || failure === 'outOfMemory';
  const runSeconds = fails ? (own.runSeconds ?? 0) : runSecondsOf(container, own, definition);
  const names = (definition.containerDefinitions ?? []).map(({ name }) => name);
  const { healthyAfterSeconds = 0, unhealthyAfterSeconds } = own;
  return {
    name: container.name ?? '',
    image: container.image ?? '',
    isEssential: container.essential !== false,
    dependsOn: (container.dependsOn ?? []).map(({ containerName, condition = 'START' }) => ({
      on: names.indexOf(containerName),
      condition,
    })),
    startTimeoutMs: container.startTimeout ? container.startTimeout * 1000 : undefined,
    stopTimeoutMs: (container.stopTimeout || STOP_TIMEOUT_SECONDS) * 1000,
    pullMs: inMs(own.imagePullSeconds ?? 0),
    startMs: inMs(own.startSeconds ?? 0),
    runMs: runSeconds === undefined ? undefined : inMs(runSeconds),
    exitCode: exitOf(own.exitCode, failure),
    failure,
    check:
      container.healthCheck &&
      planCheck(
        container.healthCheck,
        inMs(healthyAfterSeconds),
        unhealthyAfterSeconds === undefined ? undefined : inMs(unhealthyAfterSeconds),
      ),
    answers: planAnswers(container, own),
    restart: planRestart(container),
    stopMs: inMs(own.stopSeconds ?? STOP_SECONDS),
  };
}

/** `failures`: what the containers do that fail in this task, by position. */
export function planTask(
  definition: TaskDefinition,
  behaviour: Behaviour,
  failures: ReadonlyMap<number, TaskFailure>,
): TaskPlan {
  return {
    containers: (definition.containerDefinitions ?? []).map((container, k) =>
      planContainer(container, definition, behaviour, failures.get(k)),
    ),
    isProvisioned: definition.networkMode === 'awsvpc',
  };
}
