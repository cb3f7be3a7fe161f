/**
 * Runs a scenario: clusters on one virtual clock that jumps from event to event. Called by the command line, the endpoint
 * and by library users. Same scenario, same bytes.
 */
import { createAgents } from '../agent/tick.ts';
import { registerInstances } from '../cluster/apply/instances.ts';
import { apply } from '../cluster/apply.ts';
import type { Command } from '../cluster/commands.ts';
import { createCluster } from '../cluster/create.ts';
import { describeService } from '../cluster/describe/service.ts';
import type { EventSink } from '../cluster/events.ts';
import type { ClusterState } from '../cluster/state.ts';
import { reconcile } from '../control/reconcile.ts';
import { createEngine } from '../create-engine.ts';
import type { RecordedEvent, SimulationResult } from './result.ts';
import type { Scenario, ScenarioCluster } from './scenario.ts';
import { createSampler } from './series.ts';
import { summarise } from './summary.ts';
import { createRecorder, type Log } from './trace.ts';

export interface SimulateOptions {
  /** Stops there instead of at the scenario's end. */
  readonly untilMs?: number;
  /** Default 'wasm'. */
  readonly engine?: 'wasm' | 'reference';
  /** Now and then, with the virtual time. */
  readonly onProgress?: (atMs: number) => void;
  readonly onEvent?: (event: RecordedEvent) => void;
  /** Default true. Without, `events` and `series` stay empty, and what the summary counts from events is 0: events cost time. */
  readonly record?: boolean;
}

/** A cluster and what drives it. */
export interface Run {
  readonly state: ClusterState;
  readonly agents: ReturnType<typeof createAgents>;
}

/** A cluster of the scenario at time 0, with nothing scheduled. @throws BayplanError for what its engine refuses. */
export async function createRun(
  scenario: Scenario,
  cluster: ScenarioCluster,
  options: Pick<SimulateOptions, 'engine'>,
  sinkFor?: (state: () => ClusterState) => EventSink,
): Promise<Run> {
  const context = { region: scenario.region, account: scenario.account, cluster: cluster.name };
  const engine = await createEngine({ ...context, seed: scenario.seed, engine: options.engine ?? 'wasm' });
  const state: ClusterState = createCluster({
    engine,
    context,
    seed: scenario.seed,
    startEpochMs: scenario.startEpochMs,
    ...(sinkFor === undefined ? {} : { sink: sinkFor(() => state) }),
    subnets: scenario.subnets,
    targetGroups: scenario.targetGroups,
    securityGroups: scenario.securityGroups,
  });
  if (cluster.containerInstances.length > 0) registerInstances(state, cluster.containerInstances);
  for (const input of scenario.taskDefinitions) engine.registerTaskDefinition(input);
  return { state, agents: createAgents(scenario.seed, scenario.behaviour) };
}

/** Its services at time 0, its events at theirs. */
export function schedule(scenario: Pick<Scenario, 'services' | 'events'>, runs: readonly Run[]): void {
  const runOf = (cluster: string): Run => runs.find(({ state }) => state.context.cluster === cluster) as Run;
  for (const { cluster, input, path } of scenario.services)
    runOf(cluster).state.timers.set(0, { type: 'Call', call: 'CreateService', input, path });
  for (const { cluster, atMs, command } of scenario.events) runOf(cluster).state.timers.set(atMs, command);
}

/** @throws BayplanError for a scenario whose instances or task definitions an engine refuses. */
export async function simulate(scenario: Scenario, options: SimulateOptions = {}): Promise<SimulationResult> {
  const log: Log = { events: [], onEvent: options.onEvent };
  const sampler = createSampler();
  const runs: Run[] = [];
  const sinkFor =
    options.record === false ? undefined : (state: () => ClusterState) => createRecorder(log, sampler, state);
  for (const cluster of scenario.clusters) runs.push(await createRun(scenario, cluster, options, sinkFor));
  schedule(scenario, runs);
  const untilMs = Math.min(options.untilMs ?? scenario.durationMs, scenario.durationMs);
  for (let nowMs = nextMs(runs); nowMs <= untilMs; nowMs = nextMs(runs)) {
    for (const run of runs) {
      if (run.state.timers.nextMs !== nowMs) continue;
      advance(run, nowMs);
      if (options.record !== false) sampler.sample(run.state);
    }
    options.onProgress?.(nowMs);
  }
  const states = runs.map(({ state }) => state);
  const services = states.flatMap((state) =>
    [...state.services.values()].map((service) => describeService(state, service)),
  );
  const summary = summarise(states, log.events, sampler.availability, untilMs);
  for (const state of states) state.engine.dispose();
  return {
    seed: scenario.seed,
    scenario: scenario.json,
    summary,
    series: sampler.series,
    services,
    events: log.events,
  };
}

function nextMs(runs: readonly Run[]): number {
  return runs.reduce((least, { state }) => Math.min(least, state.timers.nextMs), Number.POSITIVE_INFINITY);
}

/** Everything of one millisecond, and what follows from it. */
export function advance({ state, agents }: Run, nowMs: number): void {
  state.nowMs = nowMs;
  while (state.timers.nextMs === nowMs) {
    const due: readonly Command[] = state.timers.take();
    for (const command of due) apply(state, command);
    reconcile(state, agents);
  }
}
