/** Second part of the pipeline: the rules over what was observed. Pure; each rule is a file in decide/. */
import type { TargetState, TaskState } from '../cluster/state.ts';
import { isActivated } from './decide/activate.ts';
import { deregister, remove } from './decide/deregister.ts';
import { changeHealth, type HealthChange } from './decide/health.ts';
import { type NewTarget, register } from './decide/register.ts';
import type { Observation } from './observe.ts';

export interface Decision {
  readonly register: readonly NewTarget[];
  readonly deregister: readonly TargetState[];
  readonly remove: readonly TargetState[];
  readonly health: readonly HealthChange[];
  readonly activate: readonly TaskState[];
}

export function decide({ nowMs, tasks }: Observation): Decision {
  const changes = tasks.flatMap(({ answers }) => answers.map((answer) => changeHealth(answer, nowMs)));
  return {
    register: tasks.flatMap(register),
    deregister: tasks.flatMap(deregister),
    remove: tasks.flatMap(remove),
    health: changes.filter((change) => change !== undefined),
    activate: tasks.filter(isActivated).map(({ task }) => task),
  };
}
