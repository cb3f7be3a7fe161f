/** What a plan answers: the JSON of `bayplan plan`. Shapes only. */

/** Something that happens to a number of tasks at once. */
export interface Step {
  /** Milliseconds since the update. */
  readonly atMs: number;
  /** `start` tasks of the new revision, `stop` tasks that the scheduler wants gone, `fail`: tasks that end by themselves. */
  readonly action: 'start' | 'stop' | 'fail';
  readonly count: number;
}

/** Tasks of the service by what they are at. */
export interface TaskCounts {
  /** Of the revisions before the update. */
  readonly old: number;
  /** Of the new revision: not healthy yet, and healthy. */
  readonly starting: number;
  readonly healthy: number;
  /** Asked to stop, still holding their room. */
  readonly stopping: number;
}

/** One step of an order, without times: those are what ECS leaves open. */
export interface OrderStep {
  readonly action: 'start' | 'healthy' | 'stop' | 'stopped';
  readonly count: number;
  /** On which container instance; absent on Fargate. */
  readonly containerInstanceArn?: string;
}

export type FixKind = 'maximumPercent' | 'minimumHealthyPercent' | 'containerInstances' | 'hostPort';

/** One change that alone lets the rollout finish in every explored order: explored again with it. */
export interface Fix {
  readonly kind: FixKind;
  /** A sentence, such as `raise maximumPercent from 100 to 125`. */
  readonly change: string;
  readonly from: number;
  readonly to: number;
  /** containerInstances: the instance that the added ones are like. */
  readonly containerInstanceArn?: string;
}

export interface Stuck {
  /** ECS's own sentence where it has one. */
  readonly reason: string;
  /** Smallest first of each kind; empty when no such change is enough. */
  readonly fixes: readonly Fix[];
  readonly tasks: TaskCounts;
  /** An order that leads there; empty when the run itself tells. */
  readonly order: readonly OrderStep[];
}

/**
 * `may stick`: some orders finish, some do not. `fails`: the new revision's tasks do not run, or the deployment is FAILED.
 */
export type Verdict = 'finishes' | 'may stick' | 'sticks' | 'fails';

export interface PlanResult {
  /** In every explored order. */
  readonly finishes: boolean;
  readonly verdict: Verdict;
  readonly service: string;
  readonly cluster: string;
  /** When the scenario's time stood still for the update, and what it asks for. */
  readonly update: {
    readonly atMs: number;
    readonly taskDefinition: string;
    readonly desiredCount: number;
    readonly minimum: number;
    readonly maximum: number;
  };
  /** Of the order that the simulator takes. */
  readonly steps: readonly Step[];
  /** Of that order, since the update; absent when it does not finish. */
  readonly completedAtMs?: number;
  readonly stuck?: Stuck;
  /** All orders, or some drawn from the seed because there were too many. */
  readonly explored: 'all' | 'sampled';
  /** Distinct states seen; ends are those in which nothing more happens. With `sampled`, ends are orders drawn. */
  readonly states: number;
  readonly ends: number;
  readonly stuckEnds: number;
  /** What the answer rests on that a reader might not expect. */
  readonly notes: readonly string[];
}
