// Demands: what one task takes from an instance. Written once by the host, read by filter, commit and trace.
//
//   demand ─► { cpu, memory, gpu (NONE = all of the instance's), eni, number of ports, port keys u32 }
import { NONE } from "../abi";
import { take } from "../memory/arena";
import { listAt, listPush } from "../memory/list";

const LIST: usize = memory.data(16, 16);
const STRIDE = 24;

/** From a record of four amounts followed by `ports` port keys. */
export function addDemand(source: usize, ports: i32): i32 {
  const number = listPush(LIST, STRIDE);
  const at = listAt(LIST, number);
  memory.copy(at, source, 16);
  store<i32>(at, ports, 16);
  if (ports > 0) {
    const keys = take(<usize>ports << 2);
    memory.copy(keys, source + 16, <usize>ports << 2);
    store<u32>(at, <u32>keys, 20);
  }
  return number;
}

/** Address of the demand: `cpuOf` and the rest take it. */
// @ts-ignore: decorator
@inline export function demandAt(number: i32): usize {
  return listAt(LIST, number);
}

// @ts-ignore: decorator
@inline export function cpuOf(demand: usize): i32 {
  return load<i32>(demand);
}

// @ts-ignore: decorator
@inline export function memoryOf(demand: usize): i32 {
  return load<i32>(demand, 4);
}

/** GPUs, or NONE for all of the instance's. */
// @ts-ignore: decorator
@inline export function gpuOf(demand: usize): i32 {
  return load<i32>(demand, 8);
}

/** Whether the demand is for all GPUs of the instance, however many. */
// @ts-ignore: decorator
@inline export function wantsAllGpus(demand: usize): bool {
  return gpuOf(demand) == NONE;
}

/** Whether the demand is for more than cpu and memory. */
// @ts-ignore: decorator
@inline export function isScarce(demand: usize): bool {
  return (gpuOf(demand) | eniOf(demand) | portsOf(demand)) != 0;
}

// @ts-ignore: decorator
@inline export function eniOf(demand: usize): i32 {
  return load<i32>(demand, 12);
}

// @ts-ignore: decorator
@inline export function portsOf(demand: usize): i32 {
  return load<i32>(demand, 16);
}

// @ts-ignore: decorator
@inline export function portOf(demand: usize, index: i32): i32 {
  return load<i32>(<usize>load<u32>(demand, 20) + (<usize>index << 2));
}
