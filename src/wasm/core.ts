/** The exports of the WebAssembly core, one to one with assembly/index.ts. Numbers are i32 or u32. */

export interface Core {
  readonly memory: WebAssembly.Memory;
  init(seed: number): void;
  abiVersion(): number;
  seed(): number;
  exchange(bytes: number): number;
  generation(): number;
  heapTop(): number;
  freeBytes(): number;
  register(portCount: number): number;
  registerAll(count: number): void;
  deregister(slot: number): void;
  setState(slot: number, flags: number): void;
  addAttribute(): number;
  setAttribute(slot: number, attribute: number, value: number): void;
  attributeValue(slot: number, attribute: number): number;
  cellAt(which: number, slot: number): number;
  slots(): number;
  isLive(slot: number): number;
  instanceCount(): number;
  portUsed(slot: number, key: number): number;
  portsOf(slot: number): number;
  reserveEni(slot: number, count: number): number;
  addSet(): number;
  setAdd(set: number, value: number): void;
  clearSet(set: number): void;
  clearMark(mark: number): void;
  markGroup(mark: number, group: number): void;
  addGroup(): number;
  watch(watcher: number, group: number): void;
  count(group: number, slot: number): number;
  addCount(group: number, slot: number, added: number): void;
  addDemand(portCount: number): number;
  addProgram(length: number, dynamic: number): number;
  evaluate(program: number): number;
  evaluateOnce(length: number): number;
  addRequest(): number;
  place(request: number, count: number): number;
  release(request: number, count: number): number;
  placeOne(request: number): number;
  releaseOne(request: number, slot: number): number;
  placeAt(request: number, slot: number): number;
  stopOne(request: number, slot: number): number;
  freeOne(request: number, slot: number): number;
  stop(request: number, count: number): number;
  freeAll(request: number, count: number): number;
  victims(request: number, tasks: number, count: number): number;
  rolloutMinimum(desired: number, percent: number): number;
  rolloutMaximum(desired: number, percent: number): number;
  rolloutStep(
    desired: number,
    minimum: number,
    maximum: number,
    newTasks: number,
    newHealthy: number,
    oldTasks: number,
    oldHealthy: number,
    oldUnhealthy: number,
    stopping: number,
    stopFirst: number,
  ): number;
  backlogPerTask(messages: number, running: number): number;
  acceptableBacklog(latencyMs: number, processingMs: number): number;
  circuitBreakerThreshold(desired: number, type: number, value: number, least: number): number;
  evaluateAlarms(alarms: number, datapoints: number): void;
  evaluateFleet(capacity: number, fresh: number, count: number): number;
  trackedCapacity(running: number, metric: number, target: number, least: number, most: number): number;
  trackTargets(count: number): void;
  scaleBySteps(policies: number, steps: number): void;
  splitCapacity(services: number, providers: number): void;
  reserveCapacity(providers: number, groups: number, types: number): void;
  mixInstances(count: number): void;
  balanceZones(groups: number, zones: number): void;
  run(request: number, count: number, status: number): number;
  start(request: number, slot: number, status: number): number;
  trace(request: number): number;
  taskCount(): number;
  task(number: number): number;
  stopTask(number: number): void;
  setTaskStatus(number: number, status: number): void;
  check(): number;
}
