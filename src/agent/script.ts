/**
 * Scripts: what a task does from its placement on, as moments that do not depend on anything outside. Tasks of a
 * definition that fare alike share one script; a task's own state is how many moments have happened.
 */
import type { Behaviour, ContainerBehaviour, TaskFailure } from '../model/behaviour.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import type { Moment } from './moment.ts';
import { planTask, type TaskPlan } from './plan.ts';
import { Timeline } from './timeline.ts';

/** Those that have stopped are undefined, those that never started absent. */
export type RunningSince = ReadonlyMap<string, number | undefined>;

export interface TaskScript {
  readonly plan: TaskPlan;
  /** Since when containers run, by name, after so many moments; read when it is first asked for (stop). */
  readonly since: RunningSince[];
  /**
   * The k-th moment from 0; undefined when none follows. Moments are made when they are first asked for: a restart policy
   * may go on for ever.
   */
  moment(k: number): Moment | undefined;
}

class Script implements TaskScript {
  readonly plan: TaskPlan;
  readonly since: RunningSince[] = [];
  readonly #timeline: Timeline;
  readonly #moments: Moment[] = [];

  constructor(plan: TaskPlan) {
    this.plan = plan;
    this.#timeline = new Timeline(plan);
  }

  moment(k: number): Moment | undefined {
    while (this.#moments.length <= k) {
      const moment = this.#timeline.next();
      if (moment === undefined) return undefined;
      this.#moments.push(moment);
    }
    return this.#moments[k];
  }
}

/** One way to fail: the container, what it does, and how often. */
interface Chance {
  readonly container: number;
  readonly failure: TaskFailure;
  readonly rate: number;
}

/** The scripts of a definition under one behaviour, by the chances that came true. */
export class Scripts {
  readonly #definition: TaskDefinition;
  readonly #behaviour: Behaviour;
  readonly #chances: readonly Chance[];
  readonly #byOutcome = new Map<string, TaskScript>();
  /** Of tasks that have no chance to fail. */
  readonly #only: TaskScript | undefined;

  constructor(definition: TaskDefinition, behaviour: Behaviour) {
    this.#definition = definition;
    this.#behaviour = behaviour;
    this.#chances = chancesOf(definition, behaviour);
    this.#only = this.#chances.length === 0 ? this.#of('') : undefined;
  }

  /** That of one task; see createScript. */
  drawn(draw: () => number): TaskScript {
    if (this.#only !== undefined) return this.#only;
    let outcome = '';
    for (const { rate } of this.#chances) outcome += rate === 1 || draw() < rate * WORD ? '1' : '0';
    return this.#of(outcome);
  }

  #of(outcome: string): TaskScript {
    const known = this.#byOutcome.get(outcome);
    if (known !== undefined) return known;
    const failures = new Map<number, TaskFailure>();
    this.#chances.forEach(({ container, failure }, k) => {
      if (outcome[k] === '1') failures.set(container, failure);
    });
    const script = new Script(planTask(this.#definition, this.#behaviour, failures));
    this.#byOutcome.set(outcome, script);
    return script;
  }
}

const WORD = 2 ** 32;
const NO_BEHAVIOUR: Behaviour = {};

function chanceOf({ failure, failRate }: ContainerBehaviour, container: number): readonly Chance[] {
  const rate = failRate ?? (failure === undefined ? 0 : 1);
  return rate === 0 ? [] : [{ container, failure: failure ?? 'exit', rate }];
}

/** A failing task fails by its first essential container; a container with a rate of its own by itself. */
function chancesOf(definition: TaskDefinition, behaviour: Behaviour): readonly Chance[] {
  const containers = definition.containerDefinitions ?? [];
  const first = containers.findIndex(({ essential }) => essential !== false);
  return [
    ...chanceOf(behaviour, first),
    ...containers.flatMap(({ name }, k) => chanceOf(behaviour.containers?.[name ?? ''] ?? {}, k)),
  ];
}

const known = new WeakMap<TaskDefinition, WeakMap<Behaviour, Scripts>>();

/** The same for the same definition and behaviour. */
export function scriptsOf(definition: TaskDefinition, behaviour = NO_BEHAVIOUR): Scripts {
  const byBehaviour = known.get(definition) ?? new WeakMap<Behaviour, Scripts>();
  const before = byBehaviour.get(behaviour);
  if (before !== undefined) return before;
  const scripts = new Scripts(definition, behaviour);
  known.set(definition, byBehaviour.set(behaviour, scripts));
  return scripts;
}

/**
 * The script of one task. The same definition and behaviour, by identity, with the same draws give the same object; both
 * must not change any more.
 * @param draw a random number of 32 bits; asked once for each fail rate strictly between 0 and 1, the task's own before
 * those of its containers in the order of the definition.
 */
export function createScript(
  definition: TaskDefinition,
  behaviour: Behaviour | undefined,
  draw: () => number,
): TaskScript {
  return scriptsOf(definition, behaviour).drawn(draw);
}
