/**
 * The answer before the deployment: does the update finish? Called by the command line and by library users. The simulator
 * takes one order and gives it times; the search takes every order that ECS leaves open.
 */
import { answerCall } from '../cluster/apply/api.ts';
import type { ServiceState } from '../cluster/state.ts';
import type { Scenario } from '../simulate/scenario.ts';
import { type BeforeOptions, runBefore } from './before.ts';
import type { Berth } from './berth.ts';
import { type Built, build, takeOut } from './build.ts';
import { type Exploration, type ExploreOptions, explore } from './explore.ts';
import { findFixes } from './fixes.ts';
import type { Move } from './moves.ts';
import { totalsOf } from './problem.ts';
import { reasonOf } from './reason.ts';
import type { OrderStep, PlanResult, Stuck, Verdict } from './result.ts';
import { runTimed, type TimedOutcome } from './timed.ts';
import { type PlannedUpdate, type PlanRequest, planUpdate } from './update.ts';

export interface PlanOptions extends BeforeOptions {
  /** States looked at before orders are drawn instead; 100,000 unless given. */
  readonly mostStates?: number;
  /** Orders drawn then; at most 1,000 unless given, fewer when they are long. */
  readonly samples?: number;
}

const MOST_STATES = 100_000;
const SAMPLES = 1000;

/** What the search found, in the words of the answer. */
interface Searched {
  readonly exploration: Exploration | undefined;
  readonly stuck: Stuck | undefined;
  readonly bounds: Pick<PlanResult['update'], 'taskDefinition' | 'desiredCount' | 'minimum' | 'maximum'>;
  readonly isSteady: boolean;
}

/** @throws BayplanError for a service or an update that is not there, and for what ECS refuses of it. */
export async function plan(scenario: Scenario, request: PlanRequest, options: PlanOptions = {}): Promise<PlanResult> {
  const update = planUpdate(scenario, request);
  const timed = await timedRun(scenario, update, options);
  const searched = await searchOrders(scenario, update, options);
  return answer(request.service, update, timed, searched);
}

async function timedRun(scenario: Scenario, update: PlannedUpdate, options: PlanOptions): Promise<TimedOutcome> {
  const before = await runBefore(scenario, update, options);
  try {
    return runTimed(before);
  } finally {
    before.run.state.engine.dispose();
  }
}

async function searchOrders(scenario: Scenario, update: PlannedUpdate, options: PlanOptions): Promise<Searched> {
  const { mostStates = MOST_STATES, samples = SAMPLES } = options;
  const before = await runBefore(scenario, update, options);
  const { state } = before.run;
  try {
    answerCall(state, before.call);
    const held = takeOut(before.service);
    const problem = build(state, before.service, held);
    const explored: ExploreOptions = { seed: scenario.seed, mostStates, samples };
    const exploration = problem && explore(problem, explored);
    const bounds = boundsOf(before.service, problem);
    const { isSteady } = before;
    if (problem === undefined || exploration?.stuck === undefined)
      return { exploration, stuck: undefined, bounds, isSteady };
    const reason = reasonOf(state, before.service, problem, exploration.stuck.state);
    const around = { cluster: state, service: before.service, held, problem, reason, options: briefly(explored) };
    // The order is told before fixes add instances.
    const order = orderOf(exploration.stuck.order, before.run.state.slots, problem);
    const { oldUnhealthy, ...tasks } = totalsOf(problem, exploration.stuck.state);
    const stuck: Stuck = {
      reason: reason.message,
      fixes: findFixes(around),
      tasks,
      order,
    };
    return { exploration, stuck, bounds, isSteady };
  } finally {
    state.engine.dispose();
  }
}

/** Fixes are tried many times over. */
function briefly({ seed, mostStates, samples }: ExploreOptions): ExploreOptions {
  return { seed, mostStates: Math.ceil(mostStates / 5), samples };
}

function boundsOf(service: ServiceState, problem: Built | undefined): Searched['bounds'] {
  const { desiredCount, deployments } = service;
  return {
    taskDefinition: deployments[0]?.definition.taskDefinitionArn ?? '',
    desiredCount: problem?.desiredCount ?? desiredCount,
    minimum: problem?.minimum ?? 0,
    maximum: problem?.maximum ?? 0,
  };
}

/** Moves with the instances they happen on. Instances that are alike take turns: which one is meant follows from the order. */
function orderOf(
  moves: readonly Move[],
  slots: readonly ({ readonly arn: string } | undefined)[],
  problem: Built,
): OrderStep[] {
  const at = new Map<number, Berth>();
  for (let k = 0; k < problem.start.length; k += 2) {
    const berth = problem.berths.at(problem.start[k] as number);
    for (let n = problem.start[k + 1] as number; n > 0; n--) at.set(freeSlot(berth, at), berth);
  }
  const steps: OrderStep[] = [];
  for (const { action, berth, to } of moves) {
    const slot = [...at].find(([, own]) => own === berth)?.[0] ?? -1;
    at.set(slot, to);
    const arn = slots[slot]?.arn;
    const last = steps.at(-1);
    if (last?.action === action && last.containerInstanceArn === arn)
      steps[steps.length - 1] = { ...last, count: last.count + 1 };
    else steps.push({ action, count: 1, ...(arn === undefined ? {} : { containerInstanceArn: arn }) });
  }
  return steps;
}

function freeSlot({ group }: Berth, taken: ReadonlyMap<number, Berth>): number {
  return group.slots.find((slot) => !taken.has(slot)) ?? -1;
}

const NOT_STEADY =
  'the service was not steady when the update came: tasks that are not healthy yet may become so, or stop before';
const NOT_SEARCHED =
  'the service splits its tasks between capacity providers: only the order that the simulator takes was looked at';

function answer(service: string, update: PlannedUpdate, timed: TimedOutcome, searched: Searched): PlanResult {
  const { exploration, bounds, isSteady } = searched;
  const finishes = timed.end === 'finished' && searched.stuck === undefined;
  const stuck = finishes ? undefined : stuckOf(timed, searched);
  const notes = [...(isSteady ? [] : [NOT_STEADY]), ...(exploration === undefined ? [NOT_SEARCHED] : [])];
  return {
    finishes,
    verdict: verdictOf(timed, exploration),
    service,
    cluster: update.cluster,
    update: { atMs: update.atMs, ...bounds },
    steps: timed.steps,
    ...(timed.end === 'finished' ? { completedAtMs: timed.endedAtMs } : {}),
    ...(stuck === undefined ? {} : { stuck }),
    explored: exploration?.explored ?? 'sampled',
    states: exploration?.states ?? 1,
    ends: exploration?.ends ?? 1,
    stuckEnds: exploration?.stuckEnds ?? (finishes ? 0 : 1),
    notes,
  };
}

function verdictOf({ end }: TimedOutcome, exploration: Exploration | undefined): Verdict {
  if (end === 'failed' || end === 'endless') return 'fails';
  const { ends = 1, stuckEnds = 0 } = exploration ?? {};
  // The simulator's order is one, whatever was searched.
  if (stuckEnds > 0 && (stuckEnds < ends || end === 'finished')) return 'may stick';
  return end === 'stuck' || stuckEnds > 0 ? 'sticks' : 'finishes';
}

/** A revision that fails is told first: no room would help it. */
function stuckOf(timed: TimedOutcome, { stuck }: Searched): Stuck {
  const { reason, tasks, end } = timed;
  if (end === 'failed' || end === 'endless' || stuck === undefined) return { reason, fixes: [], tasks, order: [] };
  return stuck;
}
