/**
 * The tasks that an update leaves behind, by what may become of them: healthy ones count for the minimum, others stop
 * whatever it is. Called by build. Invariant: a kind that may become healthy has a healthy one of its definition to become.
 */
import type { DeploymentState, ServiceState, TaskState } from '../cluster/state.ts';
import type { TaskDefinition } from '../model/task-definition.ts';

/** BROKEN: its checks have failed, it will not become healthy. */
type Health = 'WELL' | 'UNWELL' | 'BROKEN';

export interface OldKind {
  readonly definition: TaskDefinition;
  readonly health: Health;
}

/** What stops counts for nothing, so its health does not matter. */
function healthOf({ isHealthy, desiredStatus, unfit }: TaskState): Health {
  if (isHealthy || desiredStatus === 'STOPPED') return 'WELL';
  return unfit?.cause === 'CONTAINER_HEALTH' || unfit?.cause === 'TARGET_HEALTH' ? 'BROKEN' : 'UNWELL';
}

/** Of an older revision, or unfit: the scheduler wants it gone. */
function isOld({ deployment, unfit, desiredStatus }: TaskState, primary: DeploymentState): boolean {
  return deployment !== primary || (unfit !== undefined && desiredStatus === 'RUNNING');
}

export class OldKinds {
  readonly #primary: DeploymentState;
  readonly list: OldKind[] = [];

  /** Healthy ones of each older revision in the order they were deployed, then what else there is. */
  constructor({ deployments }: ServiceState, tasks: readonly TaskState[]) {
    const [primary, ...others] = deployments as [DeploymentState, ...DeploymentState[]];
    this.#primary = primary;
    for (const { definition } of others.reverse()) this.#add({ definition, health: 'WELL' });
    for (const task of tasks) {
      if (!isOld(task, primary)) continue;
      const health = healthOf(task);
      if (health === 'UNWELL') this.#add({ definition: task.definition, health: 'WELL' });
      this.#add({ definition: task.definition, health });
    }
  }

  #add(kind: OldKind): void {
    if (this.#find(kind) < 0) this.list.push(kind);
  }

  #find({ definition: { taskDefinitionArn }, health }: OldKind): number {
    return this.list.findIndex(
      (one) => one.definition.taskDefinitionArn === taskDefinitionArn && one.health === health,
    );
  }

  /** For each kind the one that its tasks may become: itself when they are healthy, -1 when they never are. */
  get wellOf(): number[] {
    return this.list.map((kind) => (kind.health === 'BROKEN' ? -1 : this.#find({ ...kind, health: 'WELL' })));
  }

  /** Position of a task's kind; -1 for one that shall stay. */
  of(task: TaskState): number {
    return isOld(task, this.#primary) ? this.#find({ definition: task.definition, health: healthOf(task) }) : -1;
  }
}
