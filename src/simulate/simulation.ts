/**
 * A run that is driven step by step: clusters on one virtual clock that jumps from event to event. Made by run, and by
 * tests that look at the clusters between two steps. Invariant: time never goes back.
 */
import { createAgents } from '../agent/tick.ts';
import { registerInstances } from '../cluster/apply/instances.ts';
import { apply } from '../cluster/apply.ts';
import { createCluster } from '../cluster/create.ts';
import { describeService } from '../cluster/describe/service.ts';
import type { EventSink } from '../cluster/events.ts';
import type { Parcel } from '../cluster/rule-state.ts';
import type { ClusterState } from '../cluster/state.ts';
import { type Minute, nextMinuteMs, observeMinute, runMinute } from '../control/minute.ts';
import { reconcile } from '../control/reconcile.ts';
import { Meter } from '../cost/meter.ts';
import { createEngine } from '../create-engine.ts';
import { createEvents, type Events } from '../events/tick.ts';
import type { MetricsOptions } from '../metrics/metrics.ts';
import type { InstanceTypes } from '../model/instance-type.ts';
import { createControls, createFeeds, decisionsOf } from './controls.ts';
import { forecastSeries } from './forecast-series.ts';
import { loadSeries } from './load-series.ts';
import { beginMeasure, type Measure } from './measures.ts';
import type { RecordedEvent, SimulationResult } from './result.ts';
import { datapointRecorder } from './scaling-series.ts';
import type { Scenario, ScenarioCluster } from './scenario.ts';
import { buildCapacity } from './scenario-capacity.ts';
import { buildDaemons } from './scenario-daemons.ts';
import { createSampler, type Sampler } from './series.ts';
import { summarise } from './summary.ts';
import { createListener, createRecorder, type Log } from './trace.ts';
import { type Yardstick, yardsticksOf } from './yardstick.ts';

export interface SimulationOptions {
  /** Default 'wasm'. */
  readonly engine?: 'wasm' | 'reference';
  readonly onEvent?: (event: RecordedEvent) => void;
  /** ENI limits and prices by instance type; without, no instance has one. */
  readonly instanceTypes?: InstanceTypes;
  /** By what the time under target is measured; default: the targets of the scenario's own policies. */
  readonly yardsticks?: readonly Yardstick[];
  /** Default true. Without, `events` and `series` stay empty, and what the summary counts from events is 0: events cost time. */
  readonly record?: boolean;
}

/** A cluster and what drives it. */
export interface Driven {
  readonly state: ClusterState;
  readonly agents: ReturnType<typeof createAgents>;
  readonly minute: Minute;
  readonly events: Events;
  /** When its next minute is due; `Infinity` while nothing needs one. */
  minuteMs: number;
}

/** The scenario's own for the first cluster; another one for each further, so that no two of its EC2 instances share an id. */
function seedOf({ seed, clusters }: Scenario, cluster: ScenarioCluster): number {
  return (seed ^ Math.imul(clusters.indexOf(cluster), 0x9e3779b9)) >>> 0;
}

/** A cluster of the scenario at time 0, with nothing scheduled. @throws BayplanError for what its engine refuses. */
export async function drive(
  scenario: Scenario,
  cluster: ScenarioCluster,
  options: Pick<SimulationOptions, 'engine' | 'instanceTypes'>,
  sinkFor?: (state: () => ClusterState) => EventSink,
  onDatapoint?: MetricsOptions['onDatapoint'],
): Promise<Driven> {
  const context = { region: scenario.region, account: scenario.account, cluster: cluster.name };
  const types = options.instanceTypes === undefined ? {} : { instanceTypes: options.instanceTypes };
  const kind = options.engine ?? 'wasm';
  const seed = seedOf(scenario, cluster);
  const engine = await createEngine({ ...context, seed, engine: kind, ...types });
  const state: ClusterState = createCluster({
    engine,
    decisions: await decisionsOf(kind),
    context,
    seed,
    splitRule: scenario.splitRule,
    startEpochMs: scenario.startEpochMs,
    ...(sinkFor === undefined ? {} : { sink: sinkFor(() => state) }),
    defaultStrategy: cluster.defaultStrategy,
    subnets: scenario.subnets,
    targetGroups: scenario.targetGroups,
    securityGroups: scenario.securityGroups,
    queues: scenario.queues.filter((one) => one.cluster === cluster.name).map(({ settings }) => settings),
    firesSchedules: scenario.clusters[0] === cluster,
  });
  if (cluster.containerInstances.length > 0) registerInstances(state, cluster.containerInstances);
  buildCapacity(state, scenario.capacity, options.instanceTypes);
  buildDaemons(state, scenario.daemons);
  for (const input of scenario.taskDefinitions) engine.registerTaskDefinition(input);
  const minute = createControls(scenario, state, onDatapoint);
  const agents = createAgents(scenario.seed, scenario.behaviour);
  const events = createEvents(scenario.behaviour);
  for (const feed of createFeeds(scenario, cluster.name)) state.timers.set(0, { type: 'FeedQueue', feed });
  return { state, agents, minute, events, minuteMs: Number.POSITIVE_INFINITY };
}

/** Its services at time 0, its events at theirs. */
export function schedule(
  scenario: Pick<Scenario, 'services' | 'scaling' | 'rules' | 'events'>,
  clusters: readonly Driven[],
): void {
  const timersOf = (name: string): ClusterState['timers'] =>
    (clusters.find(({ state }) => state.context.cluster === name) as Driven).state.timers;
  for (const { cluster, input, path } of scenario.services)
    timersOf(cluster).set(0, { type: 'Call', call: 'CreateService', input, path });
  for (const { cluster, atMs, command } of [...scenario.scaling, ...scenario.rules, ...scenario.events])
    timersOf(cluster).set(atMs, command);
}

/** When something happens next, in milliseconds since the start; `Infinity` when nothing will. */
export function nextMsOf({ state, minuteMs }: Driven): number {
  return Math.min(state.timers.nextMs, minuteMs);
}

/** Everything of one millisecond, the minute first, and what follows from it. */
export function advance(driven: Driven, nowMs: number): void {
  const { state, agents, minute, events } = driven;
  state.nowMs = nowMs;
  const observe = (): void => observeMinute(state, minute);
  if (driven.minuteMs === nowMs) {
    runMinute(state, minute);
    if (state.timers.nextMs !== nowMs) reconcile(state, agents, observe, events);
  }
  while (state.timers.nextMs === nowMs) {
    for (const command of state.timers.take()) apply(state, command);
    reconcile(state, agents, observe, events);
  }
  driven.minuteMs = nextMinuteMs(state, minute);
}

function measuresOf(
  scenario: Scenario,
  clusters: readonly Driven[],
  sampler: Sampler,
  given: readonly Yardstick[] = yardsticksOf(scenario),
): Measure[] {
  return given.flatMap((yardstick) => {
    const driven = clusters.find(({ state }) => state.context.cluster === yardstick.cluster);
    return driven === undefined ? [] : [beginMeasure(yardstick, driven.minute.metrics, sampler)];
  });
}

export class Simulation {
  readonly #scenario: Scenario;
  readonly #clusters: readonly Driven[];
  readonly #log: Log;
  readonly #sampler: Sampler;
  readonly #isRecording: boolean;
  readonly #measures: readonly Measure[];

  private constructor(
    scenario: Scenario,
    clusters: readonly Driven[],
    log: Log,
    sampler: Sampler,
    isRecording: boolean,
    measures: readonly Measure[],
  ) {
    this.#scenario = scenario;
    this.#clusters = clusters;
    this.#log = log;
    this.#sampler = sampler;
    this.#isRecording = isRecording;
    this.#measures = measures;
  }

  /** @throws BayplanError for a scenario whose instances or task definitions an engine refuses. */
  static async create(scenario: Scenario, options: SimulationOptions = {}): Promise<Simulation> {
    const log: Log = { events: [], onEvent: options.onEvent };
    const sampler = createSampler(new Meter(scenario.pricing, options.instanceTypes));
    const clusters: Driven[] = [];
    const sinkFor =
      options.record === false ? createListener : (state: () => ClusterState) => createRecorder(log, sampler, state);
    const onDatapoint = options.record === false ? undefined : datapointRecorder(sampler);
    for (const cluster of scenario.clusters)
      clusters.push(await drive(scenario, cluster, options, sinkFor, onDatapoint));
    schedule(scenario, clusters);
    // How it begins, also when nothing happens for long.
    if (options.record !== false) for (const { state } of clusters) sampler.sample(state);
    const measures = options.record === false ? [] : measuresOf(scenario, clusters, sampler, options.yardsticks);
    return new Simulation(scenario, clusters, log, sampler, options.record !== false, measures);
  }

  /** One for each cluster; to be read only. */
  get states(): readonly ClusterState[] {
    return this.#clusters.map(({ state }) => state);
  }

  /** What has happened so far, of all clusters, in order. */
  get events(): readonly RecordedEvent[] {
    return this.#log.events;
  }

  /** When something happens next, in milliseconds since the start; `Infinity` when nothing will. */
  get nextMs(): number {
    return this.#clusters.reduce((least, driven) => Math.min(least, nextMsOf(driven)), Number.POSITIVE_INFINITY);
  }

  /** Everything of the next millisecond in which something happens, in all clusters. */
  step(): void {
    const nowMs = this.nextMs;
    for (const driven of this.#clusters) {
      if (nextMsOf(driven) !== nowMs) continue;
      advance(driven, nowMs);
      if (this.#isRecording) this.#sampler.sample(driven.state);
    }
    for (const { state } of this.#clusters) this.#deliver(state, nowMs);
  }

  /** What rules of one cluster start in another; within the same millisecond. */
  #deliver(sender: ClusterState, nowMs: number): void {
    const { parcels } = sender;
    const isOwner = ({ cluster, queue }: Parcel, { context, queues }: ClusterState): boolean =>
      queue === undefined ? context.cluster === cluster : queues.has(queue);
    for (const parcel of parcels) {
      const receiver = this.states.find((state) => isOwner(parcel, state));
      const { timers } = receiver ?? (parcel.queue === undefined ? { timers: undefined } : sender);
      timers?.set(nowMs, parcel.command);
    }
    if (parcels.length > 0) parcels.length = 0;
  }

  /** What it answers when it ends there. */
  result(endedAtMs: number): SimulationResult {
    const { states } = this;
    return {
      seed: this.#scenario.seed,
      scenario: this.#scenario.json,
      summary: summarise(this.#clusters, this.#log.events, this.#sampler, this.#measures, endedAtMs),
      series: this.#isRecording ? this.#series(endedAtMs) : [],
      services: states.flatMap((state) =>
        [...state.services.values()].map((service) => describeService(state, service)),
      ),
      events: this.#log.events,
    };
  }

  #series(endedAtMs: number): SimulationResult['series'] {
    const forecasts = forecastSeries(this.#scenario, endedAtMs);
    return [...this.#sampler.series, ...loadSeries(this.#scenario.load, endedAtMs), ...forecasts];
  }

  /** Gives the engines back; nothing may be asked afterwards. */
  dispose(): void {
    for (const { state } of this.#clusters) state.engine.dispose();
  }
}
