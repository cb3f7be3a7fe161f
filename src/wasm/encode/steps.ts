/** Compiled CQL steps that name nothing the host interns, and the columns of those that do. */
import {
  COMPARE_EQ,
  COMPARE_GE,
  COMPARE_GT,
  COMPARE_LE,
  COMPARE_LT,
  COMPARE_NE,
  OP_AGENT,
  OP_AND,
  OP_NOT,
  OP_OR,
  OP_REGISTERED_AT,
  OP_RUNNING_TASKS,
} from '../../../assembly/abi.ts';
import type { Comparison, DictionarySubject, Step } from '../../cql/compiled.ts';
import { AGENT_VERSION, EC2_INSTANCE_ID } from '../intern.ts';

const COMPARISONS: Record<Comparison, number> = {
  '==': COMPARE_EQ,
  '!=': COMPARE_NE,
  '<': COMPARE_LT,
  '<=': COMPARE_LE,
  '>': COMPARE_GT,
  '>=': COMPARE_GE,
};
const LATEST = 0xffffffff;

export function columnName(subject: DictionarySubject): string {
  if (subject.kind === 'attribute') return subject.name;
  return subject.kind === 'agentVersion' ? AGENT_VERSION : EC2_INSTANCE_ID;
}

/** The core keeps seconds + 1 in a u32; bounds outside it lie before or after every instance. */
function clampSeconds(seconds: number): number {
  return Math.min(Math.max(seconds + 1, 0), LATEST) | 0;
}

/** A bound beyond i32 is beyond every count. */
function clampCount(count: number): number {
  return Math.min(count, 0x7fffffff);
}

export type NamelessStep = Exclude<Step, { op: 'present' | 'value' | 'taskGroup' }>;

export function namelessInstruction(step: NamelessStep): readonly number[] {
  switch (step.op) {
    case 'and':
      return [OP_AND, 0, 0];
    case 'or':
      return [OP_OR, 0, 0];
    case 'not':
      return [OP_NOT, 0, 0];
    case 'agentConnected':
      return [OP_AGENT, (step.whenTrue ? 2 : 0) | (step.whenFalse ? 1 : 0), 0];
    case 'registeredAt':
      return [OP_REGISTERED_AT, COMPARISONS[step.comparison], clampSeconds(step.seconds)];
    case 'runningTasksCount':
      return [OP_RUNNING_TASKS, COMPARISONS[step.comparison], clampCount(step.count)];
  }
}
