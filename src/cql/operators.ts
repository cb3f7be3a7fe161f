/** Spellings of the operators, and which of them each subject takes (ECS developer guide, cluster query language). */
import type { Operator, Subject } from './ast.ts';

/** Word spelling -> canonical operator. */
export const WORD_OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['equals', '=='],
  ['not_equals', '!='],
  ['greater_than', '>'],
  ['greater_than_equal', '>='],
  ['less_than', '<'],
  ['less_than_equal', '<='],
  ['exists', 'exists'],
  ['not_exists', '!exists'],
  ['in', 'in'],
  ['not_in', '!in'],
  ['matches', '=~'],
  ['not_matches', '!~'],
]);

/** Longest first, so that `>=` is not read as `>`. */
export const SYMBOL_OPERATORS: readonly Operator[] = ['!exists', '!in', '==', '!=', '=~', '!~', '>=', '<=', '>', '<'];

const TEXT: readonly Operator[] = ['==', '!=', 'in', '!in', '=~', '!~'];
const ORDER: readonly Operator[] = ['==', '!=', '>', '>=', '<', '<='];

const OPERATORS: Readonly<Record<Subject['kind'], readonly Operator[]>> = {
  agentConnected: TEXT,
  agentVersion: ORDER,
  attribute: [...ORDER, 'exists', '!exists', 'in', '!in', '=~', '!~'],
  ec2InstanceId: TEXT,
  registeredAt: ORDER,
  runningTasksCount: ORDER,
  taskGroup: TEXT,
};

export function operatorsOf(subject: Subject): readonly Operator[] {
  return OPERATORS[subject.kind];
}
