/**
 * Whether attributes satisfy an expression that names nothing but attributes: for instances that are not registered yet.
 * Called where ECS chooses what to launch. The engine decides about instances that are there.
 */
import type { NamedAttribute } from '../model/attribute.ts';
import type { Expression, Subject } from './ast.ts';
import type { CompiledExpression } from './compiled.ts';

/** Every subject that stands in the expression, in order, with repetitions. */
export function subjectsOf(node: Expression): Subject[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return [...subjectsOf(node.left), ...subjectsOf(node.right)];
    case 'not':
      return subjectsOf(node.operand);
    default:
      return [node.subject];
  }
}

/** @param attributes of the instance; what is not an attribute counts as missing. */
export function satisfies({ steps }: CompiledExpression, attributes: readonly NamedAttribute[]): boolean {
  const stack: boolean[] = [];
  for (const step of steps) {
    switch (step.op) {
      case 'and': {
        const [b, a] = [stack.pop(), stack.pop()];
        stack.push(a === true && b === true);
        break;
      }
      case 'or': {
        const [b, a] = [stack.pop(), stack.pop()];
        stack.push(a === true || b === true);
        break;
      }
      case 'not':
        stack.push(stack.pop() !== true);
        break;
      case 'present':
      case 'value': {
        const { subject } = step;
        const found = subject.kind === 'attribute' ? attributes.find(({ name }) => name === subject.name) : undefined;
        if (step.op === 'present') stack.push(found !== undefined);
        else if (found === undefined) stack.push(false);
        else stack.push(found.value === undefined ? step.valueless : step.accepts(found.value));
        break;
      }
      default:
        stack.push(false);
    }
  }
  return stack.pop() === true;
}
