/**
 * Expressions evaluated once, for lists and explanations: the code, its value sets and its marks are used again for the
 * next one, and no name is interned, so that asking leaves nothing behind.
 */
import { OP_EQUALS, OP_FALSE, OP_GROUP, OP_IN, OP_MARKS, OP_PRESENT, VALUE_NONE } from '../../../assembly/abi.ts';
import type { CqlOptions } from '../../contract.ts';
import type { Expression } from '../../cql/ast.ts';
import { compile } from '../../cql/compile.ts';
import type { Step } from '../../cql/compiled.ts';
import type { Core } from '../core.ts';
import type { Intern } from '../intern.ts';
import type { Views } from '../views.ts';
import { columnName, namelessInstruction } from './steps.ts';

const NOWHERE = [OP_FALSE, 0, 0] as const;

export class Transient {
  readonly #core: Core;
  readonly #views: Views;
  readonly #intern: Intern;
  readonly #options: CqlOptions;
  readonly #sets: number[];
  #setsUsed = 0;
  #marksUsed = 0;

  /** `sets`: value sets made for this by an engine before a restore. */
  constructor(core: Core, views: Views, intern: Intern, options: CqlOptions, sets: readonly number[] = []) {
    this.#core = core;
    this.#views = views;
    this.#intern = intern;
    this.#options = options;
    this.#sets = [...sets];
  }

  /** Sets kept for the next evaluation; snapshots carry them. */
  sets(): readonly number[] {
    return this.#sets;
  }

  /** A test by slot, valid until the core is called again. */
  matches(expression: Expression): (slot: number) => boolean {
    return this.#views.bitset(this.#evaluate(expression));
  }

  /** The slots of the instances that satisfy the expression, in order. */
  slots(expression: Expression): number[] {
    return this.#views.members(this.#evaluate(expression), this.#core.slots());
  }

  /** Address of the answer. */
  #evaluate(expression: Expression): number {
    const { steps } = compile(expression, this.#options);
    this.#setsUsed = 0;
    this.#marksUsed = 0;
    const words = steps.flatMap((step) => this.#instruction(step));
    this.#views.send(words);
    return this.#core.evaluateOnce(words.length);
  }

  #instruction(step: Step): readonly number[] {
    switch (step.op) {
      case 'present': {
        const attribute = this.#intern.known(columnName(step.subject));
        return attribute === undefined ? NOWHERE : [OP_PRESENT, attribute.id, 0];
      }
      case 'value':
        return this.#value(step);
      case 'taskGroup':
        return this.#taskGroup(step);
      default:
        return namelessInstruction(step);
    }
  }

  #value(step: Step & { op: 'value' }): readonly number[] {
    const attribute = this.#intern.known(columnName(step.subject));
    if (attribute === undefined) return NOWHERE;
    const only = step.oneOf?.length === 1 && !step.valueless ? step.oneOf[0] : undefined;
    if (only !== undefined) return equalTo(attribute, only);
    const set = this.#emptySet();
    if (step.valueless) this.#core.setAdd(set, VALUE_NONE);
    for (const [value, id] of attribute.values) if (step.accepts(value)) this.#core.setAdd(set, id);
    return [OP_IN, attribute.id, set];
  }

  #emptySet(): number {
    const at = this.#setsUsed++;
    if (at === this.#sets.length) this.#sets.push(this.#core.addSet());
    const set = this.#sets[at] as number;
    this.#core.clearSet(set);
    return set;
  }

  #taskGroup(step: Step & { op: 'taskGroup' }): readonly number[] {
    const groups = this.#intern.groups();
    const only = step.oneOf?.length === 1 ? step.oneOf[0] : undefined;
    const one = only === undefined ? undefined : groups.get(only);
    if (only !== undefined) return one === undefined ? NOWHERE : [OP_GROUP, one, 0];
    const mark = this.#marksUsed++;
    this.#core.clearMark(mark);
    for (const [name, id] of groups) if (step.accepts(name)) this.#core.markGroup(mark, id);
    return [OP_MARKS, mark, 0];
  }
}

function equalTo(
  { id, values }: { id: number; values: ReadonlyMap<string, number> },
  value: string,
): readonly number[] {
  const known = values.get(value);
  return known === undefined ? NOWHERE : [OP_EQUALS, id, known];
}
