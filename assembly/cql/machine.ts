// Runs a compiled CQL program (postfix instructions of three words, see OP_* in abi.ts) for one instance, or for all
// with a bitset per stack place. Called by cql/programs; keeps nothing between runs.
import { INSTRUCTION_WORDS, MAX_STACK, OP_AND, OP_NOT, OP_OR } from "../abi";
import { andWords, notWords, orWords } from "../bits/words";
import { allocate, giveBack } from "../memory/arena";
import { capacity, words } from "../table/instances";
import { holds } from "./leaves";
import { sweep } from "./sweeps";

const INSTRUCTION: usize = INSTRUCTION_WORDS * 4;
const STACK: usize = memory.data(MAX_STACK * 4, 16);

/** The answer for one instance; the stack is the bits of a word. */
export function runFor(code: usize, instructions: i32, slot: i32): bool {
  let stack: u64 = 0;
  for (let at = code, end = code + <usize>instructions * INSTRUCTION; at < end; at += INSTRUCTION) {
    const op = load<i32>(at);
    if (op == OP_NOT) stack ^= 1;
    else if (op == OP_AND) stack = (stack >> 1) & (stack | ~(<u64>1));
    else if (op == OP_OR) stack = (stack >> 1) | (stack & 1);
    else stack = (stack << 1) | <u64>holds(op, load<i32>(at, 4), load<i32>(at, 8), slot);
  }
  return (stack & 1) != 0;
}

// @ts-ignore: decorator
@inline function bitsBytes(): usize {
  return <usize>(capacity() >> 3);
}

// @ts-ignore: decorator
@inline function stackAt(place: i32): usize {
  return <usize>load<u32>(STACK + (<usize>place << 2));
}

/** Joins the two bitsets on top of the stack. */
function join(op: i32, top: i32): void {
  if (op == OP_AND) andWords(stackAt(top - 2), stackAt(top - 1), words());
  else orWords(stackAt(top - 2), stackAt(top - 1), words());
  giveBack(stackAt(top - 1), bitsBytes());
}

/** The answers for all instances, in a bitset that the caller gives back (a bit per slot of the capacity). */
export function runForAll(code: usize, instructions: i32): usize {
  let top = 0;
  for (let at = code, end = code + <usize>instructions * INSTRUCTION; at < end; at += INSTRUCTION) {
    const op = load<i32>(at);
    if (op == OP_NOT) {
      notWords(stackAt(top - 1), words());
    } else if (op == OP_AND || op == OP_OR) {
      join(op, top);
      top--;
    } else {
      assert(top < MAX_STACK, "stack");
      const bits = allocate(bitsBytes());
      sweep(op, load<i32>(at, 4), load<i32>(at, 8), bits);
      store<u32>(STACK + (<usize>top << 2), <u32>bits);
      top++;
    }
  }
  assert(top == 1, "program leaves one answer");
  return stackAt(0);
}
