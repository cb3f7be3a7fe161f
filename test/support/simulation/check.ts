/**
 * Runs random scenarios and looks at their clusters after every millisecond. The long runs of `npm run fuzz -- simulate`
 * and the short one of `npm test` are the same function.
 */
import fc from 'fast-check';
import type { ClusterState } from '../../../src/cluster/state.ts';
import { BayplanError } from '../../../src/errors.ts';
import type { RecordedEvent, SimulationResult } from '../../../src/simulate/result.ts';
import { simulate } from '../../../src/simulate/run.ts';
import { parseScenario, type Scenario } from '../../../src/simulate/scenario.ts';
import { Simulation } from '../../../src/simulate/simulation.ts';
import { CapacityRules } from './capacity-rules.ts';
import { CostRules, partWrongs } from './cost-rules.ts';
import { countWrongs } from './counts.ts';
import { DeliveryRules } from './delivery-rules.ts';
import { silenceWrongs, silent, waitingWrongs } from './ends.ts';
import { engineWrongs } from './engine-sums.ts';
import { TYPES } from './groups.ts';
import { ManagedRules } from './managed-rules.ts';
import { ManagedScalingRules } from './managed-scaling-rules.ts';
import { ProviderRules, roomWrongs } from './provider-rules.ts';
import { requestWrongs } from './request-rules.ts';
import { Rules } from './rules.ts';
import { ScalingRules } from './scaling-rules.ts';
import { scenario } from './scenario.ts';
import { Story, summaryWrongs } from './story.ts';

export interface Campaign {
  readonly runs: number;
  readonly seed: number;
  /** fast-check's path of an earlier failure: replays that one alone. */
  readonly path?: string | undefined;
  /** Milliseconds after which a failure is no longer made smaller. */
  readonly shrinkMs?: number | undefined;
}

export interface Tally {
  readonly runs: number;
  /** Scenarios that parseScenario refused: not run. */
  readonly refused: number;
  readonly events: number;
  /** Desired counts that Application Auto Scaling has set. */
  readonly scalings: number;
  /** Instances that groups have launched, and scaled in. */
  readonly launches: number;
  readonly scaleIns: number;
  /** Instances that ECS has launched for Managed Instances. */
  readonly managedLaunches: number;
  /** Those into Capacity Reservations. */
  readonly reservedLaunches: number;
  /** Daemons of Managed Instances that did not stay, and deployments of them that came to their end. */
  readonly daemonFailures: number;
  readonly daemonDeployments: number;
  /** How often managed scaling has taken instances away. */
  readonly managedScaleIns: number;
}

type Counts = Omit<Tally, 'runs' | 'refused'>;

/** How many steps lie between two comparisons of the engine's books: they are long. */
const BOOKS_EVERY = 16;
/** What is waited for beyond the end before silence is wrong: longer than any delay that a scenario can ask for. */
const PATIENCE_MS = 3_600_000;
/** How often it is looked at meanwhile: tasks that fail all the time are no silence, and much happens. */
const ROUNDS = 4;
const MOST_TOLD = 5;
/** Parts of a run between which it is stopped: which of them its seed tells. */
const STOPS = 7;
/** Where tasks come and go every second enough is seen early. */
const MOST_EVENTS = 12_000;

function complain(atMs: number, wrongs: readonly string[]): void {
  if (wrongs.length === 0) return;
  throw new Error(`at ${atMs} ms: ${wrongs.slice(0, MOST_TOLD).join('; ')}`);
}

/** A run that is looked at. */
class Watched {
  readonly #simulation: Simulation;
  readonly #startEpochMs: number;
  readonly #rules = new Rules();
  readonly #providers = new ProviderRules();
  readonly #watch: Watch;
  #steps = 0;

  constructor(simulation: Simulation, { startEpochMs }: Scenario, watch: Watch) {
    this.#simulation = simulation;
    this.#startEpochMs = startEpochMs;
    this.#watch = watch;
    watch.cost.look(simulation.states, 0);
  }

  /** @returns when it ended: earlier once very much has happened. */
  runUntil(untilMs: number, mostEvents = Number.POSITIVE_INFINITY): number {
    const { events } = this.#simulation;
    for (let nowMs = this.#simulation.nextMs; nowMs <= untilMs; nowMs = this.#simulation.nextMs) {
      if (events.length > mostEvents) return nowMs - 1;
      // What a rule of one cluster starts in another one is a step of its own.
      do this.#simulation.step();
      while (this.#simulation.nextMs === nowMs);
      this.#look(nowMs);
    }
    return untilMs;
  }

  #look(nowMs: number): void {
    this.#steps++;
    const { scaling, capacity, managed, managedScaling, delivery, story, cost } = this.#watch;
    for (const state of this.#simulation.states) {
      if (state.nowMs !== nowMs) continue;
      complain(nowMs, [...countWrongs(state), ...this.#rules.wrongs(state), ...waitingWrongs(state)]);
      complain(nowMs, [...scaling.wrongs(state), ...capacity.wrongs(state), ...this.#providers.wrongs(state)]);
      complain(nowMs, [...managed.wrongs(state), ...managedScaling.wrongs(state), ...delivery.wrongs(state)]);
      if (this.#steps % BOOKS_EVERY === 0) complain(nowMs, [...engineWrongs(state), ...roomWrongs(state)]);
    }
    cost.look(this.#simulation.states, nowMs);
    complain(nowMs, story.wrongs);
  }

  /** Whoever asks what it cost ends the bill. */
  end(endedAtMs: number): SimulationResult {
    for (const state of this.#simulation.states) complain(endedAtMs, [...engineWrongs(state), ...roomWrongs(state)]);
    const result = this.#simulation.result(endedAtMs);
    complain(endedAtMs, summaryWrongs(result));
    complain(endedAtMs, this.#watch.cost.wrongs(result.summary.cost, endedAtMs, this.#startEpochMs));
    return result;
  }

  /** Time goes on without events until every service is steady, says why not, or has had its time. */
  linger(endedAtMs: number): void {
    const { states } = this.#simulation;
    let sinceMs = endedAtMs;
    for (let more = 1; more <= ROUNDS; more++) {
      if (states.every((state) => silent(state, sinceMs).length === 0)) return;
      sinceMs = endedAtMs + ((more - 1) * PATIENCE_MS) / ROUNDS;
      const untilMs = endedAtMs + (more * PATIENCE_MS) / ROUNDS;
      // Very much happens: that is no silence.
      if (this.runUntil(untilMs, MOST_EVENTS * 2) < untilMs) return;
    }
    for (const state of states) complain(this.#simulation.nextMs, silenceWrongs(state, sinceMs));
  }
}

/** What hears every event as it happens. */
interface Watch {
  readonly story: Story;
  readonly scaling: ScalingRules;
  readonly capacity: CapacityRules;
  readonly managed: ManagedRules;
  readonly delivery: DeliveryRules;
  readonly managedScaling: ManagedScalingRules;
  readonly cost: CostRules;
}

/** @throws Error that says what is wrong, and when. */
export async function checkScenario(read: Scenario): Promise<Counts> {
  const watch: Watch = {
    story: new Story(),
    scaling: new ScalingRules(),
    capacity: new CapacityRules(),
    managed: new ManagedRules(),
    delivery: new DeliveryRules(),
    managedScaling: new ManagedScalingRules(),
    cost: new CostRules(read.pricing),
  };
  let states: readonly ClusterState[] = [];
  const onEvent = (event: RecordedEvent): void => {
    watch.story.note(event);
    watch.scaling.note(event);
    watch.capacity.note(event, states);
    watch.managed.note(event);
    watch.delivery.note(event);
    watch.cost.note(event);
  };
  const simulation = await Simulation.create(read, { onEvent, instanceTypes: TYPES });
  states = simulation.states;
  const watched = new Watched(simulation, read, watch);
  const endedAtMs = watched.runUntil(read.durationMs, MOST_EVENTS);
  const result = watched.end(endedAtMs);
  complain(endedAtMs, requestWrongs(read, result));
  const json = JSON.stringify(result);
  if (endedAtMs === read.durationMs) watched.linger(endedAtMs);
  simulation.dispose();
  await checkStop(read, result);
  await checkReplay(read, json, endedAtMs);
  const { launches, scaleIns } = watch.capacity;
  const managedLaunches = watch.managed.launches;
  const managedScaleIns = watch.managedScaling.scaleIns;
  return {
    events: result.events.length,
    scalings: watch.scaling.activities,
    launches,
    scaleIns,
    managedLaunches,
    reservedLaunches: watch.managed.reservations.launches,
    ...watch.managed.daemons.counts,
    managedScaleIns,
  };
}

/** The engines take turns: each is one more run. */
async function checkReplay(read: Scenario, json: string, untilMs: number): Promise<void> {
  const engine = read.seed % 2 === 0 ? 'reference' : 'wasm';
  const again = JSON.stringify(await simulate(read, { engine, untilMs, instanceTypes: TYPES }));
  if (again !== json) throw new Error(difference(json, again, engine));
}

/** Somewhere on the way: the bill is whole and has not been higher, and what has happened is the same. */
async function checkStop(read: Scenario, { events, summary }: SimulationResult): Promise<void> {
  const untilMs = Math.floor((summary.endedAtMs * (read.seed % STOPS)) / STOPS);
  const early = await simulate(read, { untilMs, instanceTypes: TYPES });
  complain(untilMs, partWrongs(early.summary.cost));
  if (early.summary.cost.microCents > summary.cost.microCents)
    throw new Error(`the cost falls from ${early.summary.cost.microCents} at ${untilMs} to ${summary.cost.microCents}`);
  const [one, other] = [events.slice(0, early.events.length), early.events].map((all) => JSON.stringify(all));
  if (one !== other) throw new Error(difference(String(one), String(other), 'same'));
}

function difference(one: string, other: string, engine: string): string {
  let k = 0;
  while (one[k] === other[k]) k++;
  return `the ${engine} engine gives other bytes at ${k}: ${one.slice(k - 80, k + 80)} | ${other.slice(k - 80, k + 80)}`;
}

function parsed(json: unknown): Scenario | undefined {
  try {
    return parseScenario(json);
  } catch (error) {
    if (error instanceof BayplanError) return undefined;
    throw error;
  }
}

/** @throws Error with the smallest scenario found, the seed, the path and the command that replays it. */
export async function checkScenarios({ runs, seed, path, shrinkMs = 60_000 }: Campaign): Promise<Tally> {
  let refused = 0;
  const counts: Record<keyof Counts, number> = {
    events: 0,
    scalings: 0,
    launches: 0,
    scaleIns: 0,
    managedLaunches: 0,
    reservedLaunches: 0,
    daemonFailures: 0,
    daemonDeployments: 0,
    managedScaleIns: 0,
  };
  let failedAt = 0;
  const property = fc.asyncProperty(scenario, async (json) => {
    if (failedAt > 0 && performance.now() - failedAt > shrinkMs) return;
    try {
      const read = parsed(json);
      if (read === undefined) {
        refused++;
        return;
      }
      const seen = await checkScenario(read);
      for (const [name, count] of Object.entries(seen)) counts[name as keyof Counts] += count;
    } catch (error) {
      failedAt ||= performance.now();
      throw error;
    }
  });
  const details = await fc.check(property, {
    numRuns: runs,
    seed,
    ...(path === undefined ? {} : { path, endOnFailure: true }),
  });
  if (details.failed) throw new Error(report(details));
  return { runs: details.numRuns, refused, ...counts };
}

function report({
  seed,
  counterexample,
  counterexamplePath,
  errorInstance,
}: Pick<fc.RunDetails<[unknown]>, 'seed' | 'counterexample' | 'counterexamplePath' | 'errorInstance'>): string {
  const message =
    errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
  const replay = `npm run fuzz -- simulate --runs 1 --seed ${seed} --path ${counterexamplePath}`;
  return `${JSON.stringify(counterexample?.[0])}\n${message}\nseed ${seed}, path ${counterexamplePath}. To replay:\n  ${replay}`;
}
