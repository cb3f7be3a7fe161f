/**
 * Runs an automaton over whole values in time linear in their length: sets of states, kept as a deterministic automaton
 * that is built as far as values ask for and forgotten when it grows past its bound.
 */
import type { State } from './program.ts';
import { contains } from './ranges.ts';

/** A set of states before `$` is known to hold. */
interface Node {
  readonly states: readonly number[];
  readonly next: Map<number, Node>;
  /** Whether the value may end here; undefined until asked. */
  accepts: boolean | undefined;
}

const MAX_NODES = 500;

export class Automaton {
  readonly #states: readonly State[];
  #nodes = new Map<string, Node>();
  #first: Node | undefined;

  constructor(states: readonly State[]) {
    this.#states = states;
  }

  matches(value: string): boolean {
    let node = this.#start();
    for (const character of value) {
      if (node.states.length === 0) return false;
      node = this.#step(node, character.codePointAt(0) ?? 0);
    }
    if (value === '') return this.#close([0], true, true).some((state) => this.#states[state]?.op === 'match');
    node.accepts ??= this.#close(node.states, false, true).some((state) => this.#states[state]?.op === 'match');
    return node.accepts;
  }

  #start(): Node {
    this.#first ??= this.#node(this.#close([0], true, false));
    return this.#first;
  }

  #step(node: Node, code: number): Node {
    const known = node.next.get(code);
    if (known !== undefined) return known;
    const reached: number[] = [];
    for (const at of node.states) {
      const state = this.#states[at];
      if (state?.op === 'set' && contains(state.ranges, code)) reached.push(at + 1);
    }
    const next = this.#node(this.#close(reached, false, false));
    node.next.set(code, next);
    return next;
  }

  #node(states: readonly number[]): Node {
    const key = states.join();
    let node = this.#nodes.get(key);
    if (node !== undefined) return node;
    if (this.#nodes.size >= MAX_NODES) this.#forget();
    node = { states, next: new Map(), accepts: undefined };
    this.#nodes.set(key, node);
    return node;
  }

  #forget(): void {
    for (const node of this.#nodes.values()) node.next.clear();
    this.#nodes = new Map();
    this.#first = undefined;
  }

  /** The states reachable without taking a character, ascending: sets, ends and the match. */
  #close(from: readonly number[], atStart: boolean, atEnd: boolean): number[] {
    const seen = new Set<number>();
    const todo = [...from];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const state = this.#states[at];
      if (state?.op === 'split') todo.push(state.a, state.b);
      if ((state?.op === 'start' && atStart) || (state?.op === 'end' && atEnd)) todo.push(at + 1);
    }
    return [...seen]
      .filter((at) => this.#states[at]?.op !== 'split' && this.#states[at]?.op !== 'start')
      .sort((a, b) => a - b);
  }
}
