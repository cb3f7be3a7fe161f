/**
 * What the containers of a simulated task do: the scenario's `behaviour`, by family or family:revision. The agent makes
 * scripts of it; nothing of it is AWS's. Invariant: every member is checked, and one that is not known is refused.
 */
import { plainCopy } from './plain.ts';
import { type Fields, fields, memberPath, nonEmptyText, oneOf, real, refuse, show, whole } from './read.ts';
import type { TaskDefinition } from './task-definition.ts';

export type TaskFailure = 'pull' | 'start' | 'exit' | 'outOfMemory';

/** One container's life. Times in seconds, from 0; fractions are rounded to milliseconds. */
export interface ContainerBehaviour {
  /** How long its image takes to be pulled; 0 unless given. The task's own: of the containers that wait for no other. */
  readonly imagePullSeconds?: number;
  /** From the pulled image to RUNNING. The task's own, 5 unless given: of the containers that wait for no other. */
  readonly startSeconds?: number;
  /** From its start until its health check, and those of its load balancers, begin to succeed; 0 unless given. */
  readonly healthyAfterSeconds?: number;
  /** From its start until its health check, and those of its load balancers, begin to fail; never unless given. */
  readonly unhealthyAfterSeconds?: number;
  /**
   * From its start until it exits by itself. Unless given never, but at once where others wait for COMPLETE or SUCCESS.
   * The task's own: of the essential containers.
   */
  readonly runSeconds?: number;
  /** What it exits with when it does so by itself; 0 unless given. The task's own: of the essential containers. */
  readonly exitCode?: number;
  /** Share of tasks that fail, 0 to 1: 0 unless given, 1 where a failure is named without it. */
  readonly failRate?: number;
  /**
   * What a failing task does, by its first essential container; exit unless given. `exit` and `outOfMemory` come at the
   * start, before it is RUNNING, or `runSeconds` after it where they are given.
   */
  readonly failure?: TaskFailure;
  /** From the stop signal to its exit; 1 unless given. */
  readonly stopSeconds?: number;
  /** CPU seconds that one request takes. */
  readonly cpuPerRequest?: number;
  /** Memory in use. */
  readonly memoryMiB?: number;
}

/** A task's behaviour: members for all its containers, and by name for one. */
export interface Behaviour extends ContainerBehaviour {
  readonly containers?: Readonly<Record<string, ContainerBehaviour>>;
  /** The SQS queue that it polls while it is RUNNING, by name. */
  readonly queue?: string;
  /** How long it works on one message; 1 unless given. */
  readonly secondsPerMessage?: number;
  /** Messages that it works on at once; 1 unless given. */
  readonly messagesAtOnce?: number;
  /** Share of receives, 0 to 1, whose message is not deleted and comes back; 0 unless given. */
  readonly messageFailRate?: number;
}

const FAILURES: readonly TaskFailure[] = ['pull', 'start', 'exit', 'outOfMemory'];
/** About thirty years: in milliseconds it is still exact. */
const MOST_SECONDS = 1e9;
const MOST_EXIT_CODE = 0xffffffff;

/** Members that are numbers, with the most each may be. */
const NUMBERS: Readonly<Record<string, number>> = {
  imagePullSeconds: MOST_SECONDS,
  startSeconds: MOST_SECONDS,
  healthyAfterSeconds: MOST_SECONDS,
  unhealthyAfterSeconds: MOST_SECONDS,
  runSeconds: MOST_SECONDS,
  stopSeconds: MOST_SECONDS,
  exitCode: MOST_EXIT_CODE,
  failRate: 1,
  cpuPerRequest: MOST_SECONDS,
  memoryMiB: MOST_SECONDS,
};
const KNOWN = [...Object.keys(NUMBERS), 'failure'];
/** Members that only a task has, but for its containers. */
const OF_TASKS = ['queue', 'secondsPerMessage', 'messagesAtOnce', 'messageFailRate'];
const MOST_MESSAGES_AT_ONCE = 100_000;

function checkNumber(name: string, value: unknown, path: string): void {
  const most = NUMBERS[name] as number;
  const isWhole = name !== 'exitCode' || Number.isInteger(value);
  if (typeof value === 'number' && value >= 0 && value <= most && isWhole) return;
  const kind = name === 'exitCode' ? 'a whole number' : 'a number';
  refuse('OUT_OF_RANGE', `${path} must be ${kind} from 0 to ${most}, but was ${show(value)}.`, { path, value });
}

function checkMembers(given: Fields, path: string, known: readonly string[]): void {
  for (const [name, value] of Object.entries(given)) {
    const at = memberPath(path, name);
    if (!known.includes(name)) {
      refuse('UNKNOWN_MEMBER', `${at} is not known. A behaviour has ${known.join(', ')}.`, {
        path: at,
        value,
        expected: known,
      });
    }
    if (name === 'failure') oneOf(value, at, FAILURES);
    else if (name !== 'containers' && !OF_TASKS.includes(name)) checkNumber(name, value, at);
  }
}

/** Milliseconds are the clock's precision: a message takes one at least. */
function checkPolling(given: Fields, path: string): void {
  if (given.queue !== undefined) nonEmptyText(given.queue, `${path}.queue`);
  if (given.secondsPerMessage !== undefined)
    real(given.secondsPerMessage, `${path}.secondsPerMessage`, 0.001, MOST_SECONDS);
  if (given.messagesAtOnce !== undefined)
    whole(given.messagesAtOnce, `${path}.messagesAtOnce`, 1, MOST_MESSAGES_AT_ONCE);
  if (given.messageFailRate !== undefined) real(given.messageFailRate, `${path}.messageFailRate`, 0, 1);
}

/** @throws InvalidParameterException naming the JSON path of a member that is unknown or out of range. */
export function parseBehaviour(input: unknown, path: string): Behaviour {
  const given = fields(plainCopy(input, path), path);
  checkMembers(given, path, [...KNOWN, 'containers', ...OF_TASKS]);
  checkPolling(given, path);
  if (given.containers !== undefined) {
    for (const [name, entry] of Object.entries(fields(given.containers, `${path}.containers`))) {
      const at = memberPath(`${path}.containers`, name);
      checkMembers(fields(entry, at), at, KNOWN);
    }
  }
  return given as Behaviour;
}

/** `family` or `family:revision`. */
const KEY = /^[A-Za-z0-9_-]{1,255}(?::[1-9]\d*)?$/;

/** The scenario's `behaviour`. @throws InvalidParameterException as parseBehaviour does, and for a wrong key. */
export function parseBehaviours(input: unknown, path = 'behaviour'): ReadonlyMap<string, Behaviour> {
  const behaviours = new Map<string, Behaviour>();
  if (input === undefined || input === null) return behaviours;
  for (const [key, entry] of Object.entries(fields(input, path))) {
    const at = `${path}[${JSON.stringify(key)}]`;
    if (!KEY.test(key)) {
      refuse('BEHAVIOUR_KEY', `${at}: a behaviour is named by family or family:revision.`, { path: at, value: key });
    }
    behaviours.set(key, parseBehaviour(entry, at));
  }
  return behaviours;
}

/**
 * The behaviour of a registered definition: by family:revision, else by family.
 * @throws InvalidParameterException UNKNOWN_CONTAINER when it names a container that the definition lacks.
 */
export function behaviourOf(
  behaviours: ReadonlyMap<string, Behaviour>,
  definition: TaskDefinition,
  path = 'behaviour',
): Behaviour | undefined {
  const exact = `${definition.family}:${definition.revision}`;
  const key = behaviours.has(exact) ? exact : (definition.family ?? '');
  const behaviour = behaviours.get(key);
  const names = (definition.containerDefinitions ?? []).map(({ name }) => name ?? '');
  const unknown = Object.keys(behaviour?.containers ?? {}).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const at = memberPath(`${path}[${JSON.stringify(key)}].containers`, unknown);
    refuse('UNKNOWN_CONTAINER', `${at}: ${exact} has the containers ${names.join(', ')}.`, {
      path: at,
      value: unknown,
      expected: names,
    });
  }
  return behaviour;
}
