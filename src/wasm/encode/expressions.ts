/**
 * Compiled CQL expressions bound to the core: value sets and watchers are made once per expression, so equal expressions
 * share one program.
 */
import { OP_EQUALS, OP_GROUP, OP_IN, OP_PRESENT } from '../../../assembly/abi.ts';
import type { CqlOptions } from '../../contract.ts';
import { compile } from '../../cql/compile.ts';
import type { Step } from '../../cql/compiled.ts';
import { parse } from '../../cql/parse.ts';
import type { Intern } from '../intern.ts';
import type { Code } from './code.ts';
import { columnName, namelessInstruction } from './steps.ts';

/** Expression text -> numbers of the sets and watchers its steps made, in order. */
export type Bindings = readonly [expression: string, ids: readonly number[]][];

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
      case 'present':
        return [OP_PRESENT, this.#intern.attribute(columnName(step.subject)), 0];
      case 'value':
        return this.#value(step, ids, known);
      case 'taskGroup':
        return this.#taskGroup(step, ids, known);
      default:
        return namelessInstruction(step);
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
