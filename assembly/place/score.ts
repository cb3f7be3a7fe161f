// Score: the third stage. Applies the strategies in order; each keeps only the candidates that are best by it.
import {
  COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY, STRATEGY_BINPACK_CPU, STRATEGY_BINPACK_MEMORY, STRATEGY_RANDOM,
  STRATEGY_SPREAD_ATTRIBUTE, STRATEGY_SPREAD_INSTANCE,
} from "../abi";
import { groupOf, strategyArgument, strategyCount, strategyKind } from "../table/requests";
import { binpack } from "./score/binpack";
import { random } from "./score/random";
import { spreadAttribute, spreadInstances } from "./score/spread";

export function score(request: usize): void {
  for (let k = 0, end = strategyCount(request); k < end; k++) {
    const kind = strategyKind(request, k);
    if (kind == STRATEGY_RANDOM) return random();
    if (kind == STRATEGY_BINPACK_CPU) binpack(COLUMN_REMAINING_CPU);
    else if (kind == STRATEGY_BINPACK_MEMORY) binpack(COLUMN_REMAINING_MEMORY);
    else if (kind == STRATEGY_SPREAD_INSTANCE) spreadInstances(groupOf(request));
    else spreadAttribute(strategyArgument(request, k));
  }
  assert(strategyKind(request, 0) <= STRATEGY_SPREAD_ATTRIBUTE, "strategy");
}
