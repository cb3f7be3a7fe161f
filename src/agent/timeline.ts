/**
 * A task's containers on virtual time: a small event loop that yields one moment after another, for ever where a restart
 * policy goes on for ever. Events of one kind and time make one moment. Scripts keep one timeline for all tasks that
 * fare alike; nothing here knows of a task.
 */
import { isMet } from './dependency.ts';
import { ANSWERED, CHECKED, type Event, EventQueue, EXITED, PULLED, STARTED, TIMED_OUT } from './event-queue.ts';
import { type HealthStatus, healthChanges, taskHealth } from './health.ts';
import type { ContainerChange, Moment, StopCause } from './moment.ts';
import type { AnswerPlan, ContainerPlan, TaskPlan } from './plan.ts';
import {
  CANNOT_START,
  cannotPull,
  cannotResolve,
  DEPENDENCY_FAILED,
  dependencyTimedOut,
  ESSENTIAL_EXITED,
  failedToStart,
  OUT_OF_MEMORY,
} from './reasons.ts';

interface Container {
  readonly plan: ContainerPlan;
  readonly index: number;
  readonly isEssential: boolean;
  phase: 'WAITING' | 'STARTING' | 'RUNNING' | 'STOPPED';
  /** Starts so far. */
  runs: number;
  startedMs: number;
  exitCode: number | undefined;
  health: HealthStatus;
}

type Draft = { -readonly [member in keyof Moment]: Moment[member] };

/** What the agent reports for a container whose dependency failed, though it never ran. */
const DEPENDENCY_EXIT_CODE = 143;

function newContainer(plan: ContainerPlan, index: number): Container {
  const { isEssential } = plan;
  return {
    plan,
    index,
    isEssential,
    phase: 'WAITING',
    runs: 0,
    startedMs: 0,
    exitCode: undefined,
    health: 'UNKNOWN',
  };
}

export class Timeline {
  readonly #isProvisioned: boolean;
  readonly #containers: readonly Container[];
  readonly #events = new EventQueue();
  #nowMs = 0;
  #unpulled: number;
  #isBegun = false;
  #isRunning = false;
  #health: HealthStatus = 'UNKNOWN';
  #draft: Draft = { afterMs: 0 };
  #changes = new Map<number, ContainerChange>();

  constructor({ containers, isProvisioned }: TaskPlan) {
    this.#isProvisioned = isProvisioned;
    this.#unpulled = containers.length;
    this.#containers = containers.map(newContainer);
  }

  /** The next moment; undefined when nothing will happen any more. */
  next(): Moment | undefined {
    if (!this.#isBegun) return this.#begin();
    for (;;) {
      const due = this.#events.take();
      const [first] = due;
      if (first === undefined) return undefined;
      this.#nowMs = first.atMs;
      this.#draft = { afterMs: first.atMs };
      for (const event of due) this.#apply(event);
      const moment = this.#finish();
      if (moment !== undefined) return moment;
    }
  }

  #begin(): Moment | undefined {
    this.#isBegun = true;
    if (this.#isProvisioned) this.#draft.lastStatus = 'PENDING';
    this.#draft.pullStarted = true;
    return this.#finish();
  }

  #after(ms: number, kind: number, { index, runs }: Container, health: HealthStatus = 'UNKNOWN'): void {
    this.#events.add({ atMs: this.#nowMs + ms, kind, container: index, run: runs, health });
  }

  #apply({ kind, container: index, run, health, answers = true }: Event): void {
    const container = this.#containers[index] as Container;
    const isVoid = run !== container.runs && kind !== TIMED_OUT;
    if (isVoid || container.phase === 'STOPPED') return;
    if (kind === PULLED) this.#pulled(container);
    else if (kind === STARTED) this.#created(container);
    else if (kind === EXITED) this.#exited(container);
    else if (kind === CHECKED) this.#checked(container, health);
    else if (kind === ANSWERED) this.#change(container, { answers });
    else this.#timedOut(container);
  }

  #change({ index, plan }: Container, change: Omit<ContainerChange, 'name'>): void {
    this.#changes.set(index, { name: plan.name, ...this.#changes.get(index), ...change });
  }

  /** The first cause stands. */
  #stop(cause: StopCause): void {
    this.#draft.stop ??= cause;
  }

  #pull(container: Container): void {
    container.phase = 'STARTING';
    if (container.plan.pullMs === 0) this.#pulled(container);
    else this.#after(container.plan.pullMs, PULLED, container);
  }

  #pulled(container: Container): void {
    this.#unpulled--;
    if (this.#unpulled === 0) this.#draft.pullStopped = true;
    if (container.plan.failure === 'pull') this.#neverStarted(container, cannotPull(container.plan.image));
    else this.#after(container.plan.startMs, STARTED, container);
  }

  #neverStarted(container: Container, reason: string): void {
    container.phase = 'STOPPED';
    this.#change(container, { lastStatus: 'STOPPED', reason });
    if (container.isEssential) this.#stop(failedToStart(reason));
  }

  #created(container: Container): void {
    const { failure, runMs } = container.plan;
    if (failure === 'start') {
      this.#neverStarted(container, CANNOT_START);
      return;
    }
    this.#start(container);
    // It fails at once, and so is never reported as running.
    if (failure !== undefined && runMs === 0) this.#exited(container);
  }

  #start(container: Container): void {
    const { plan } = container;
    container.phase = 'RUNNING';
    container.runs++;
    container.startedMs = this.#nowMs;
    this.#change(container, { lastStatus: 'RUNNING' });
    if (plan.runMs !== undefined) this.#after(plan.runMs, EXITED, container);
    if (plan.startTimeoutMs !== undefined && container.runs === 1)
      this.#after(plan.startTimeoutMs, TIMED_OUT, container);
    if (plan.answers !== undefined) this.#answer(container, plan.answers);
    if (plan.check === undefined) return;
    for (const { afterMs, status } of healthChanges(plan.check)) this.#after(afterMs, CHECKED, container, status);
  }

  #answer(container: Container, { fromMs, untilMs = Number.POSITIVE_INFINITY }: AnswerPlan): void {
    this.#change(container, { answers: fromMs === 0 && untilMs > 0 });
    const turn = (ms: number, answers: boolean): void =>
      this.#events.add({
        atMs: this.#nowMs + ms,
        kind: ANSWERED,
        container: container.index,
        run: container.runs,
        health: 'UNKNOWN',
        answers,
      });
    if (fromMs >= untilMs) return;
    if (fromMs > 0) turn(fromMs, true);
    if (untilMs < Number.POSITIVE_INFINITY) turn(untilMs, false);
  }

  #exited(container: Container): void {
    if (this.#mayRestart(container)) this.#restart(container);
    else this.#end(container);
  }

  /** The agent's rule: not for ignored exit codes, and not sooner than the period after the last start. */
  #mayRestart({ plan: { restart, exitCode }, startedMs }: Container): boolean {
    if (restart === undefined || restart.ignoredExitCodes.includes(exitCode)) return false;
    return this.#nowMs - startedMs >= restart.attemptPeriodMs;
  }

  #restart(container: Container): void {
    if (container.health !== 'UNKNOWN') this.#checked(container, 'UNKNOWN');
    this.#start(container);
    this.#change(container, { restartCount: container.runs - 1 });
  }

  #end(container: Container): void {
    const { failure, exitCode } = container.plan;
    const isKilled = failure === 'outOfMemory';
    container.phase = 'STOPPED';
    container.exitCode = exitCode;
    this.#change(container, { lastStatus: 'STOPPED', exitCode, ...(isKilled ? { reason: OUT_OF_MEMORY } : {}) });
    if (!container.isEssential) return;
    this.#stop(isKilled && !this.#isRunning ? failedToStart(OUT_OF_MEMORY) : ESSENTIAL_EXITED);
  }

  #checked(container: Container, healthStatus: HealthStatus): void {
    container.health = healthStatus;
    this.#change(container, { healthStatus });
  }

  /** Whoever still waits for more than the start of the container gives up. */
  #timedOut({ index, plan }: Container): void {
    for (const waiting of this.#containers) {
      if (waiting.phase !== 'WAITING') continue;
      const isLate = waiting.plan.dependsOn.some(
        ({ on, condition }) =>
          on === index && condition !== 'START' && isMet(condition, this.#containers[on] as Container) !== true,
      );
      if (isLate) this.#giveUp(waiting, dependencyTimedOut(plan.name, waiting.plan.name));
    }
  }

  #giveUp(container: Container, reason: string): void {
    container.phase = 'STOPPED';
    container.exitCode = DEPENDENCY_EXIT_CODE;
    this.#change(container, { lastStatus: 'STOPPED', exitCode: DEPENDENCY_EXIT_CODE, reason });
    this.#stop(DEPENDENCY_FAILED);
  }

  /** Containers whose dependencies are met begin; one that waits in vain fails the task. */
  #release(): void {
    let isSettled = false;
    while (!isSettled) {
      isSettled = true;
      for (const container of this.#containers) {
        if (this.#draft.stop !== undefined) return;
        if (container.phase !== 'WAITING') continue;
        this.#tryRelease(container);
        // A pull may fail at once, and with it one who stands before.
        if (container.phase !== 'WAITING') isSettled = false;
      }
    }
  }

  #tryRelease(container: Container): void {
    const { name, dependsOn } = container.plan;
    let isReady = true;
    for (const { on, condition } of dependsOn) {
      const other = this.#containers[on] as Container;
      const met = isMet(condition, other);
      if (typeof met === 'string') {
        this.#giveUp(container, cannotResolve(other.plan.name, name, met));
        return;
      }
      isReady &&= met;
    }
    if (isReady) this.#pull(container);
  }

  /** A task is RUNNING when all its containers have started, or never will without its needing them. */
  #becomesRunning(): boolean {
    if (this.#isRunning || this.#draft.stop !== undefined) return false;
    return this.#containers.every(({ phase, runs }) => runs > 0 || phase === 'STOPPED');
  }

  /** The moment, unless nothing of it shows. */
  #finish(): Moment | undefined {
    this.#release();
    const draft = this.#draft;
    if (this.#becomesRunning()) {
      this.#isRunning = true;
      draft.lastStatus = 'RUNNING';
    }
    const health = taskHealth(this.#containers);
    if (health !== this.#health) draft.healthStatus = health;
    this.#health = health;
    if (this.#changes.size > 0)
      draft.containers = [...this.#changes].sort(([a], [b]) => a - b).map(([, change]) => change);
    this.#changes = new Map();
    if (draft.stop !== undefined) this.#events.clear();
    return Object.keys(draft).length > 1 ? draft : undefined;
  }
}
