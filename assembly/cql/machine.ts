// Runs a compiled CQL program (postfix instructions of three words, see OP_* in abi.ts) for the 64 instances of one
// bitset word. Called by cql/evaluate; keeps nothing between runs.
import {
  INSTRUCTION_WORDS, MAX_STACK, OP_ACTIVE, OP_AGENT, OP_AND, OP_EQUALS, OP_FALSE, OP_GROUP, OP_IN, OP_MARKS, OP_NOT, OP_OR,
  OP_PRESENT, OP_READY, OP_REGISTERED_AT, OP_RUNNING_TASKS, OP_TRUE,
} from "../abi";
import { wordAt } from "../bits/words";
import { ACTIVE, bitset, READY } from "../table/instances";
import { marks64 } from "./marks";
import { agent64, equals64, group64, in64, present64, registeredAt64, runningTasks64 } from "./leaves";

const STACK: usize = memory.data(64 * 8, 16);

function leaf(op: i32, a: i32, b: i32, word: i32, lanes: u64): u64 {
  switch (op) {
    case OP_READY: return wordAt(bitset(READY), word);
    case OP_ACTIVE: return wordAt(bitset(ACTIVE), word);
    case OP_PRESENT: return present64(a, word);
    case OP_EQUALS: return equals64(a, b, word);
    case OP_IN: return in64(a, b, word, lanes);
    case OP_AGENT: return agent64(a, word);
    case OP_REGISTERED_AT: return registeredAt64(a, b, word, lanes);
    case OP_RUNNING_TASKS: return runningTasks64(a, b, word, lanes);
    case OP_GROUP: return group64(a, word);
    case OP_MARKS: return marks64(a, word);
    case OP_TRUE: return ~(<u64>0);
  }
  assert(op == OP_FALSE, "opcode");
  return 0;
}

/** Answers for `lanes` of a word; the other lanes mean nothing. */
export function run64(code: usize, instructions: i32, word: i32, lanes: u64): u64 {
  let sp: usize = STACK;
  for (let at = code, end = code + <usize>(instructions * INSTRUCTION_WORDS * 4); at < end; at += INSTRUCTION_WORDS * 4) {
    const op = load<i32>(at);
    if (op == OP_NOT) {
      store<u64>(sp - 8, ~load<u64>(sp - 8));
    } else if (op == OP_AND) {
      sp -= 8;
      store<u64>(sp - 8, load<u64>(sp - 8) & load<u64>(sp));
    } else if (op == OP_OR) {
      sp -= 8;
      store<u64>(sp - 8, load<u64>(sp - 8) | load<u64>(sp));
    } else {
      assert(sp < STACK + MAX_STACK * 8, "stack");
      store<u64>(sp, leaf(op, load<i32>(at, 4), load<i32>(at, 8), word, lanes));
      sp += 8;
    }
  }
  assert(sp == STACK + 8, "program leaves one answer");
  return load<u64>(STACK);
}
