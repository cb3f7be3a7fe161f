/**
 * The update in the one order that the simulator takes, with its times: steps, and how it ends. Called by plan. The rest
 * of the scenario does not happen: nothing but the update changes the cluster.
 */
import { answerCall } from '../cluster/apply/api.ts';
import type { ClusterEvent } from '../cluster/events.ts';
import { eventsOf, messageOf } from '../cluster/service-events.ts';
import type { ClusterState, DeploymentState, ServiceState, TaskState } from '../cluster/state.ts';
import { reconcile } from '../control/reconcile.ts';
import { PERCENTAGES } from '../deploy/decide/stuck.ts';
import { observe } from '../deploy/observe.ts';
import { advance } from '../simulate/simulation.ts';
import type { Before } from './before.ts';
import { waitsForAgents } from './reason.ts';
import type { Step, TaskCounts } from './result.ts';

export interface TimedOutcome {
  readonly end: 'finished' | 'failed' | 'stuck' | 'endless';
  readonly endedAtMs: number;
  readonly steps: readonly Step[];
  /** Of an end that is not good. */
  readonly reason: string;
  readonly tasks: TaskCounts;
}

/** Milliseconds in which something happens: beyond, tasks start and end for ever. */
const MOST_MOMENTS = 4000;
const UNABLE = 'is unable to consistently start tasks successfully.';

/** Writes down what starts and stops, tasks of one millisecond and kind together. */
class Steps {
  readonly list: Step[] = [];
  readonly #known: Set<TaskState>;
  readonly #stopping = new Set<TaskState>();
  readonly #fromMs: number;

  constructor(service: ServiceState, fromMs: number) {
    this.#known = new Set(service.deployments.flatMap(({ tasks }) => [...tasks]));
    for (const task of this.#known) if (task.desiredStatus === 'STOPPED') this.#stopping.add(task);
    this.#fromMs = fromMs;
  }

  note(event: ClusterEvent, state: ClusterState, service: ServiceState): void {
    if (event.type !== 'TaskStateChange' || event.task.service !== service) return;
    const { task } = event;
    if (!this.#known.has(task)) {
      this.#known.add(task);
      this.#add(state.nowMs, 'start');
    }
    if (task.desiredStatus !== 'STOPPED' || this.#stopping.has(task)) return;
    this.#stopping.add(task);
    this.#add(state.nowMs, task.stopCode === 'ServiceSchedulerInitiated' ? 'stop' : 'fail');
  }

  #add(nowMs: number, action: Step['action']): void {
    const last = this.list.at(-1);
    const atMs = nowMs - this.#fromMs;
    if (last?.atMs === atMs && last.action === action)
      this.list[this.list.length - 1] = { ...last, count: last.count + 1 };
    else this.list.push({ atMs, action, count: 1 });
  }
}

/** Applies the update and lets time pass until it is decided. @throws BayplanError for an update that ECS refuses. */
export function runTimed(before: Before): TimedOutcome {
  const { run, service } = before;
  const { state } = run;
  const fromMs = state.nowMs;
  const steps = new Steps(service, fromMs);
  before.listen((event) => steps.note(event, state, service));
  answerCall(state, before.call);
  const primary = service.deployments[0] as DeploymentState;
  reconcile(state, run.agents);
  let end = endOf(state, service, primary);
  for (let k = 0; end === undefined && k < MOST_MOMENTS && state.timers.nextMs < Number.POSITIVE_INFINITY; k++) {
    advance(run, state.timers.nextMs);
    end = endOf(state, service, primary);
  }
  // Nothing will happen any more, or it goes on for ever.
  const found = end ?? (state.timers.nextMs === Number.POSITIVE_INFINITY ? 'stuck' : 'endless');
  const reason = found === 'finished' ? '' : reasonOf(service, primary, found);
  return { end: found, endedAtMs: state.nowMs - fromMs, steps: steps.list, reason, tasks: countsOf(state, service) };
}

function endOf(state: ClusterState, service: ServiceState, primary: DeploymentState): TimedOutcome['end'] | undefined {
  if (primary.rolloutState === 'FAILED') return 'failed';
  const seen = observe(state, service);
  const isThere = seen.newTasks === seen.desiredCount && seen.newHealthy === seen.newTasks;
  if (primary.rolloutState === 'COMPLETED' && isThere && seen.oldTasks + seen.stopping === 0) return 'finished';
  const isMoving = seen.stopping > 0 || seen.newHealthy < seen.newTasks || state.nowMs < service.startsHeldUntilMs;
  if (isMoving || isProtected(state, service)) return undefined;
  if (primary.blockedBy === 'PERCENTAGES' || service.placementFailure !== undefined) return 'stuck';
  return undefined;
}

function isProtected(state: ClusterState, { deployments }: ServiceState): boolean {
  return deployments.some(({ tasks }) => [...tasks].some((task) => task.protectedUntilMs > state.nowMs));
}

function reasonOf(service: ServiceState, primary: DeploymentState, end: TimedOutcome['end']): string {
  if (end === 'failed') return primary.rolloutStateReason;
  const messages = eventsOf(service).map(messageOf);
  if (end === 'stuck') {
    const isLeaving = service.deployments.some(({ stopping }) => stopping > 0);
    const told = isLeaving ? waitsForAgents(service.name) : messages.find((one) => one.includes(' was unable to '));
    return told ?? `(service ${service.name}) ${PERCENTAGES}`;
  }
  const told = messages.find((message) => message.endsWith(UNABLE));
  const { family, revision } = primary.definition;
  return told ?? `(service ${service.name}) tasks of ${family}:${revision} stop again and again; none stays healthy.`;
}

function countsOf(state: ClusterState, service: ServiceState): TaskCounts {
  const { oldTasks: old, newTasks, newHealthy: healthy, stopping } = observe(state, service);
  return { old, starting: newTasks - healthy, healthy, stopping };
}
