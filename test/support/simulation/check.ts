/**
 * Runs random scenarios and looks at their clusters after every millisecond. The long runs of `npm run fuzz -- simulate`
 * and the short one of `npm test` are the same function.
 */
import fc from 'fast-check';
import { BayplanError } from '../../../src/errors.ts';
import type { RecordedEvent } from '../../../src/simulate/result.ts';
import { simulate } from '../../../src/simulate/run.ts';
import { parseScenario, type Scenario } from '../../../src/simulate/scenario.ts';
import { Simulation } from '../../../src/simulate/simulation.ts';
import { countWrongs } from './counts.ts';
import { silenceWrongs, silent, waitingWrongs } from './ends.ts';
import { engineWrongs } from './engine-sums.ts';
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
}

/** How many steps lie between two comparisons of the engine's books: they are long. */
const BOOKS_EVERY = 16;
/** What is waited for beyond the end before silence is wrong: longer than any delay that a scenario can ask for. */
const PATIENCE_MS = 3_600_000;
/** How often it is looked at meanwhile: tasks that fail all the time are no silence, and much happens. */
const ROUNDS = 4;
const MOST_TOLD = 5;

function complain(atMs: number, wrongs: readonly string[]): void {
  if (wrongs.length === 0) return;
  throw new Error(`at ${atMs} ms: ${wrongs.slice(0, MOST_TOLD).join('; ')}`);
}

/** A run that is looked at. */
class Watched {
  readonly #simulation: Simulation;
  readonly #rules = new Rules();
  readonly #story: Story;
  readonly #scaling: ScalingRules;
  #steps = 0;

  constructor(simulation: Simulation, story: Story, scaling: ScalingRules) {
    this.#simulation = simulation;
    this.#story = story;
    this.#scaling = scaling;
  }

  runUntil(untilMs: number): void {
    for (let nowMs = this.#simulation.nextMs; nowMs <= untilMs; nowMs = this.#simulation.nextMs) {
      this.#simulation.step();
      this.#look(nowMs);
    }
  }

  #look(nowMs: number): void {
    this.#steps++;
    for (const state of this.#simulation.states) {
      if (state.nowMs !== nowMs) continue;
      complain(nowMs, [...countWrongs(state), ...this.#rules.wrongs(state), ...waitingWrongs(state)]);
      complain(nowMs, this.#scaling.wrongs(state));
      if (this.#steps % BOOKS_EVERY === 0) complain(nowMs, engineWrongs(state));
    }
    complain(nowMs, this.#story.wrongs);
  }

  /** Time goes on without events until every service is steady, says why not, or has had its time. */
  linger(endedAtMs: number): void {
    const { states } = this.#simulation;
    let sinceMs = endedAtMs;
    for (let more = 1; more <= ROUNDS; more++) {
      if (states.every((state) => silent(state, sinceMs).length === 0)) return;
      sinceMs = endedAtMs + ((more - 1) * PATIENCE_MS) / ROUNDS;
      this.runUntil(endedAtMs + (more * PATIENCE_MS) / ROUNDS);
    }
    for (const state of states) complain(this.#simulation.nextMs, silenceWrongs(state, sinceMs));
  }
}

/** @throws Error that says what is wrong, and when. */
export async function checkScenario(read: Scenario): Promise<Pick<Tally, 'events' | 'scalings'>> {
  const story = new Story();
  const scaling = new ScalingRules();
  const onEvent = (event: RecordedEvent): void => {
    story.note(event);
    scaling.note(event);
  };
  const simulation = await Simulation.create(read, { onEvent });
  const watched = new Watched(simulation, story, scaling);
  watched.runUntil(read.durationMs);
  for (const state of simulation.states) complain(read.durationMs, engineWrongs(state));
  const result = simulation.result(read.durationMs);
  complain(read.durationMs, summaryWrongs(result));
  const json = JSON.stringify(result);
  watched.linger(read.durationMs);
  simulation.dispose();
  for (const engine of ['wasm', 'reference'] as const) {
    const again = JSON.stringify(await simulate(read, { engine }));
    if (again !== json) throw new Error(difference(json, again, engine));
  }
  return { events: result.events.length, scalings: scaling.activities };
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
  let events = 0;
  let scalings = 0;
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
      events += seen.events;
      scalings += seen.scalings;
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
  return { runs: details.numRuns, refused, events, scalings };
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
