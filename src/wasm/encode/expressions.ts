/**
 * Compiled CQL expressions bound to the core: value sets and watchers are made once per expression, so equal expressions
 * share one program.
 */
import {
  COMPARE_EQ,
  COMPARE_GE,
  COMPARE_GT,
  COMPARE_LE,
  COMPARE_LT,
  COMPARE_NE,
  OP_AGENT,
  OP_AND,
  OP_EQUALS,
  OP_GROUP,
  OP_IN,
  OP_NOT,
  OP_OR,
  OP_PRESENT,
  OP_REGISTERED_AT,
  OP_RUNNING_TASKS,
} from '../../../assembly/abi.ts';
import type { CqlOptions } from '../../contract.ts';
import { compile } from '../../cql/compile.ts';
import type { Comparison, DictionarySubject, Step } from '../../cql/compiled.ts';
import { parse } from '../../cql/parse.ts';
import { AGENT_VERSION, EC2_INSTANCE_ID, type Intern } from '../intern.ts';
import type { Code } from './code.ts';

export const COMPARISONS: Record<Comparison, number> = {
  '==': COMPARE_EQ,
  '!=': COMPARE_NE,
  '<': COMPARE_LT,
  '<=': COMPARE_LE,
  '>': COMPARE_GT,
  '>=': COMPARE_GE,
};
const LATEST = 0xffffffff;

/** Expression text -> numbers of the sets and watchers its steps made, in order. */
export type Bindings = readonly [expression: string, ids: readonly number[]][];

export function columnName(subject: DictionarySubject): string {
  if (subject.kind === 'attribute') return subject.name;
  return subject.kind === 'agentVersion' ? AGENT_VERSION : EC2_INSTANCE_ID;
}

/** The core keeps seconds + 1 in a u32; bounds outside it lie before or after every instance. */
export function clampSeconds(seconds: number): number {
  return Math.min(Math.max(seconds + 1, 0), LATEST) | 0;
}

/** A bound beyond i32 is beyond every count. */
export function clampCount(count: number): number {
  return Math.min(count, 0x7fffffff);
}

export class Expressions {
  readonly #intern: Intern;
  readonly #options: CqlOptions;
  readonly #codes = new Map<string, Code>();
  readonly #bindings = new Map<string, number[]>();

  constructor(intern: Intern, options: CqlOptions) {
    this.#intern = intern;
    this.#options = options;
  }

  /** @throws InvalidParameterException for an expression that cannot be read. */
  code(expression: string): Code {
    let code = this.#codes.get(expression);
    if (code === undefined) {
      code = this.#bind(expression, undefined);
      this.#codes.set(expression, code);
    }
    return code;
  }

  bindings(): Bindings {
    return [...this.#bindings];
  }

  /** Binds the expressions of a restored core to the sets and watchers it has already. */
  restore(bindings: Bindings): void {
    this.#codes.clear();
    this.#bindings.clear();
    for (const [expression, ids] of bindings) this.#codes.set(expression, this.#bind(expression, [...ids]));
  }

  #bind(expression: string, known: number[] | undefined): Code {
    const { steps, dynamic } = compile(parse(expression, this.#options), this.#options);
    const ids: number[] = [];
    const words = steps.flatMap((step) => this.#instruction(step, ids, known?.[ids.length]));
    this.#bindings.set(expression, ids);
    return { words, dynamic };
  }

  #instruction(step: Step, ids: number[], known: number | undefined): readonly number[] {
    switch (step.op) {
      case 'and':
        return [OP_AND, 0, 0];
      case 'or':
        return [OP_OR, 0, 0];
      case 'not':
        return [OP_NOT, 0, 0];
      case 'present':
        return [OP_PRESENT, this.#intern.attribute(columnName(step.subject)), 0];
      case 'agentConnected':
        return [OP_AGENT, (step.whenTrue ? 2 : 0) | (step.whenFalse ? 1 : 0), 0];
      case 'registeredAt':
        return [OP_REGISTERED_AT, COMPARISONS[step.comparison], clampSeconds(step.seconds)];
      case 'runningTasksCount':
        return [OP_RUNNING_TASKS, COMPARISONS[step.comparison], clampCount(step.count)];
      case 'value':
        return this.#value(step, ids, known);
      case 'taskGroup':
        return this.#taskGroup(step, ids, known);
    }
  }

  #value(step: Step & { op: 'value' }, ids: number[], known: number | undefined): readonly number[] {
    const name = columnName(step.subject);
    const attribute = this.#intern.attribute(name);
    const only = step.oneOf?.length === 1 && !step.valueless ? step.oneOf[0] : undefined;
    if (only !== undefined) return [OP_EQUALS, attribute, this.#intern.value(name, only)];
    if (known === undefined) ids.push(this.#intern.addSet(name, step.accepts, step.valueless));
    else this.#intern.adoptSet(name, adopt(ids, known), step.accepts);
    return [OP_IN, attribute, ids.at(-1) as number];
  }

  #taskGroup(step: Step & { op: 'taskGroup' }, ids: number[], known: number | undefined): readonly number[] {
    const only = step.oneOf?.length === 1 ? step.oneOf[0] : undefined;
    if (only !== undefined) return [OP_GROUP, this.#intern.group(only), 0];
    if (known === undefined) ids.push(this.#intern.addWatcher(step.accepts));
    else this.#intern.adoptWatcher(adopt(ids, known), step.accepts);
    return [OP_GROUP, ids.at(-1) as number, 0];
  }
}

function adopt(ids: number[], id: number): number {
  ids.push(id);
  return id;
}
