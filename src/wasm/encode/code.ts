/** Programs of the core: postfix instructions of three words, joined here; see OP_* of the ABI. */
import { OP_AND, OP_EQUALS, OP_FALSE, OP_NOT, OP_OR, OP_PRESENT, OP_READY, OP_TRUE } from '../../../assembly/abi.ts';
import type { NamedAttribute } from '../../model/attribute.ts';
import type { Intern } from '../intern.ts';

export interface Code {
  readonly words: readonly number[];
  /** Depends on task counts too. */
  readonly dynamic: boolean;
}

export function instruction(op: number, a = 0, b = 0): Code {
  return { words: [op, a, b], dynamic: false };
}

export const ready: Code = instruction(OP_READY);

function joined(parts: readonly Code[], op: number, empty: number): Code {
  if (parts.length === 0) return instruction(empty);
  const words = parts.flatMap((part, k) => (k === 0 ? part.words : [...part.words, op, 0, 0]));
  return { words, dynamic: parts.some(({ dynamic }) => dynamic) };
}

export function all(parts: readonly Code[]): Code {
  return joined(parts, OP_AND, OP_TRUE);
}

export function any(parts: readonly Code[]): Code {
  return joined(parts, OP_OR, OP_FALSE);
}

export function not(part: Code): Code {
  return { words: [...part.words, OP_NOT, 0, 0], dynamic: part.dynamic };
}

/** The instance has the attribute; with a value, exactly that one. */
export function has(intern: Intern, { name, value }: NamedAttribute): Code {
  if (value === undefined) return instruction(OP_PRESENT, intern.attribute(name));
  return instruction(OP_EQUALS, intern.attribute(name), intern.value(name, value));
}

/** The attribute has one of the values. */
export function hasOneOf(intern: Intern, name: string, values: readonly string[]): Code {
  return any(values.map((value) => has(intern, { name, value })));
}
