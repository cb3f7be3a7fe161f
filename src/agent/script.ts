/**
 * Scripts: what a task does from its placement on, as moments that do not depend on anything outside. Tasks of a
 * definition that fare alike share one script; a task's own state is how many moments have happened.
 */
import type { Behaviour, ContainerBehaviour, TaskFailure } from '../model/behaviour.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import type { Moment } from './moment.ts';
import { planTask, type TaskPlan } from './plan.ts';
import { Timeline } from './timeline.ts';

export interface TaskScript {
  readonly plan: TaskPlan;
  /**
   * The k-th moment from 0; undefined when none follows. Moments are made when they are first asked for: a restart policy
   * may go on for ever.
   */
  moment(k: number): Moment | undefined;
}

class Script implements TaskScript {
  readonly plan: TaskPlan;
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
interface Scripts {
  readonly chances: readonly Chance[];
  readonly byOutcome: Map<string, TaskScript>;
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

function scriptsOf(definition: TaskDefinition, behaviour: Behaviour): Scripts {
  const byBehaviour = known.get(definition) ?? new WeakMap<Behaviour, Scripts>();
  const before = byBehaviour.get(behaviour);
  if (before !== undefined) return before;
  const scripts = { chances: chancesOf(definition, behaviour), byOutcome: new Map() };
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
  const { chances, byOutcome } = scriptsOf(definition, behaviour ?? NO_BEHAVIOUR);
  let outcome = '';
  for (const { rate } of chances) outcome += rate === 1 || draw() < rate * WORD ? '1' : '0';
  const shared = byOutcome.get(outcome);
  if (shared !== undefined) return shared;
  const failures = new Map<number, TaskFailure>();
  chances.forEach(({ container, failure }, k) => {
    if (outcome[k] === '1') failures.set(container, failure);
  });
  const script = new Script(planTask(definition, behaviour ?? NO_BEHAVIOUR, failures));
  byOutcome.set(outcome, script);
  return script;
}
