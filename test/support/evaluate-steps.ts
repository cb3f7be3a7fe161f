/**
 * Runs compiled Cluster Query Language steps over one plain instance: the smallest machine that can, so that tests of
 * the compiler need no engine. A step that promises membership (`oneOf`) is held to it.
 */
import type { CqlOptions } from '../../src/contract.ts';
import { compile } from '../../src/cql/compile.ts';
import type { Comparison, CompiledExpression, DictionarySubject, Step } from '../../src/cql/compiled.ts';
import { parse } from '../../src/cql/parse.ts';

/** What a query can ask of an instance. */
export interface Facts {
  /** An attribute without a value is null. */
  readonly attributes: Readonly<Record<string, string | null>>;
  readonly agentConnected: boolean;
  readonly agentVersion?: string | undefined;
  readonly ec2InstanceId?: string | undefined;
  /** Seconds since 1970 UTC. */
  readonly registeredAt?: number | undefined;
  readonly runningTasksCount: number;
  /** Groups of the active tasks. */
  readonly groups: readonly string[];
}

const NOTHING: Facts = { attributes: {}, agentConnected: true, runningTasksCount: 0, groups: [] };

export function facts(given: Partial<Facts> = {}): Facts {
  return { ...NOTHING, ...given };
}

/** Absent is undefined, present without a value null. */
function read(subject: DictionarySubject, instance: Facts): string | null | undefined {
  if (subject.kind !== 'attribute') return instance[subject.kind];
  return Object.hasOwn(instance.attributes, subject.name) ? instance.attributes[subject.name] : undefined;
}

function holds(a: number, comparison: Comparison, b: number): boolean {
  const results = { '==': a === b, '!=': a !== b, '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b };
  return results[comparison];
}

function accepted(step: Step & { op: 'value' | 'taskGroup' }, text: string): boolean {
  const accepts = step.accepts(text);
  if (step.oneOf !== undefined && step.oneOf.includes(text) !== accepts)
    throw new Error(`oneOf and accepts disagree on ${JSON.stringify(text)}`);
  return accepts;
}

function test(step: Exclude<Step, { op: 'and' | 'or' | 'not' }>, instance: Facts): boolean {
  switch (step.op) {
    case 'present':
      return read(step.subject, instance) !== undefined;
    case 'value': {
      const value = read(step.subject, instance);
      if (value === undefined) return false;
      return value === null ? step.valueless : accepted(step, value);
    }
    case 'agentConnected':
      return instance.agentConnected ? step.whenTrue : step.whenFalse;
    case 'registeredAt':
      return instance.registeredAt !== undefined && holds(instance.registeredAt, step.comparison, step.seconds);
    case 'runningTasksCount':
      return holds(instance.runningTasksCount, step.comparison, step.count);
    case 'taskGroup':
      return instance.groups.some((group) => accepted(step, group));
  }
}

function pop(stack: boolean[]): boolean {
  const top = stack.pop();
  if (top === undefined) throw new Error('the steps take more from the stack than there is');
  return top;
}

/** The answer, and how deep the stack got. */
export function run(
  { steps }: CompiledExpression,
  instance: Facts,
): { readonly selects: boolean; readonly depth: number } {
  const stack: boolean[] = [];
  let depth = 0;
  for (const step of steps) {
    if (step.op === 'not') stack.push(!pop(stack));
    else if (step.op === 'and' || step.op === 'or') {
      const [right, left] = [pop(stack), pop(stack)];
      stack.push(step.op === 'and' ? left && right : left || right);
    } else stack.push(test(step, instance));
    depth = Math.max(depth, stack.length);
  }
  if (stack.length !== 1) throw new Error(`the steps leave ${stack.length} answers`);
  return { selects: pop(stack), depth };
}

/** Whether the expression selects the instance. */
export function selects(expression: string, instance: Partial<Facts> = {}, options: CqlOptions = {}): boolean {
  return run(compile(parse(expression, options), options), facts(instance)).selects;
}
