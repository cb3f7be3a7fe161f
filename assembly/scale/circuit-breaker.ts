// Circuit breaker: how many failed tasks fail a deployment. A rule on its arguments.
import { THRESHOLD_COUNT, THRESHOLD_BOUNDED_PERCENT } from "../abi";

const MOST_BOUNDED = 200;

/** `type` is one of THRESHOLD_*; `least` the smallest threshold of THRESHOLD_BOUNDED_PERCENT. */
export function circuitBreakerThreshold(desired: i32, type: i32, value: i32, least: i32): i32 {
  if (type == THRESHOLD_COUNT) return value;
  const share = <i32>((<i64>desired * <i64>value + 99) / 100);
  return type == THRESHOLD_BOUNDED_PERCENT ? min(max(share, least), MOST_BOUNDED) : max(share, 1);
}
