/** Regex tree -> a nondeterministic automaton: a flat list of states. Repetitions are copied, so their product is bounded. */
import type { Ranges, Regex } from './ast.ts';

export type State =
  /** Takes one character and goes to the next state in the list. */
  | { readonly op: 'set'; readonly ranges: Ranges }
  | { readonly op: 'start' | 'end' | 'match' }
  | { readonly op: 'split'; a: number; b: number };

export const MAX_STATES = 2_000;

/** Undefined when the automaton would have more than MAX_STATES states. */
export function buildProgram(regex: Regex): State[] | undefined {
  const states: State[] = [];
  if (!emit(regex, states)) return undefined;
  states.push({ op: 'match' });
  return states;
}

type Split = State & { op: 'split' };

function split(states: State[]): Split {
  const state: Split = { op: 'split', a: states.length + 1, b: states.length + 1 };
  states.push(state);
  return state;
}

function emit(regex: Regex, states: State[]): boolean {
  if (states.length > MAX_STATES) return false;
  switch (regex.kind) {
    case 'empty':
      return true;
    case 'set':
      states.push({ op: 'set', ranges: regex.ranges });
      return true;
    case 'start':
    case 'end':
      states.push({ op: regex.kind });
      return true;
    case 'sequence':
      return regex.parts.every((part) => emit(part, states));
    case 'choice':
      return emitChoice(regex.options, states);
    case 'repeat':
      return emitRepeat(regex.part, regex.least, regex.most, states);
  }
}

function emitChoice(options: readonly Regex[], states: State[]): boolean {
  const exits: Split[] = [];
  const isWhole = options.every((option, k) => {
    if (k === options.length - 1) return emit(option, states);
    const entry = split(states);
    const fits = emit(option, states);
    exits.push(split(states)); // a jump: both ways lead on
    entry.b = states.length;
    return fits;
  });
  for (const exit of exits) {
    exit.a = states.length;
    exit.b = states.length;
  }
  return isWhole;
}

function emitRepeat(part: Regex, least: number, most: number, states: State[]): boolean {
  for (let k = 0; k < least; k++) {
    const before = states.length;
    if (!emit(part, states)) return false;
    if (states.length === before) return true; // the part is empty, and so is any number of it
  }
  if (most === Number.POSITIVE_INFINITY) {
    const entry = split(states);
    const loop = states.length - 1;
    if (!emit(part, states)) return false;
    const back = split(states);
    back.a = loop;
    back.b = loop;
    entry.b = states.length;
    return true;
  }
  const exits: Split[] = [];
  for (let k = least; k < most; k++) {
    const before = states.length;
    exits.push(split(states));
    if (!emit(part, states)) return false;
    if (states.length === before + 1) break;
  }
  for (const exit of exits) exit.b = states.length;
  return true;
}
