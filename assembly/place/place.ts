// One placement: filter -> constrain -> score -> select -> commit. The pipeline and nothing else.
import { planned, UNPLANNED } from "../indexes/plan";
import { commit } from "./commit";
import { constrain } from "./constrain";
import { filter } from "./filter";
import { score } from "./score";
import { select } from "./select";

/** Decides where the next task of the request goes; -1 when no instance can take it. Commits nothing. */
export function decide(request: usize): i32 {
  const slot = planned(request);
  return slot == UNPLANNED ? decideByStages(request) : slot;
}

/** The stages one by one: what every index must agree with. */
export function decideByStages(request: usize): i32 {
  filter(request);
  constrain(request);
  score(request);
  return select();
}

/** Places one task without a record; returns its slot or -1. */
export function place(request: usize): i32 {
  const slot = decide(request);
  if (slot >= 0) commit(request, slot, 1);
  return slot;
}
