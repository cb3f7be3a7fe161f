/** Carries a plan out on one engine and shows each decision with the cluster before and after it. */
import type { Engine, EngineOptions, TasksAndFailures } from '../../../src/contract.ts';
import { INSTANCE_TYPES } from '../../support/arbitraries/names.ts';
import { type Cluster, clusterOf, type Demand, isActive, type Request } from './facts.ts';
import type { Order, Plan } from './world.ts';

export interface Decision {
  readonly request: Request;
  readonly order: Order;
  readonly before: Cluster;
  readonly after: Cluster;
  readonly answer: TasksAndFailures;
  /** ARNs of the awsvpc tasks so far. */
  readonly awsvpc: ReadonlySet<string>;
  readonly demandOf: ReadonlyMap<string, Demand>;
}

export type Maker = { create(options?: EngineOptions): Promise<Engine> };

/** @returns the engine, for checks at the end. */
export async function walk(kind: Maker, plan: Plan, see: (decision: Decision, engine: Engine) => void): Promise<void> {
  const engine = await kind.create({ seed: plan.seed, instanceTypes: INSTANCE_TYPES });
  engine.registerContainerInstances(plan.instances);
  for (const demand of plan.demands) register(engine, demand);
  const tasks: string[] = [];
  const demandOf = new Map<string, Demand>();
  for (const order of plan.orders) {
    const before = clusterOf(engine, tasks);
    if (order.end < 2 && end(engine, order, before)) continue;
    if (!before.instances.some((instance) => instance.status === 'ACTIVE')) continue;
    const demand = plan.demands[order.family] as Demand;
    const answer = run(engine, order, demand);
    for (const task of answer.tasks) {
      tasks.push(String(task.taskArn));
      demandOf.set(String(task.taskArn), demand);
    }
    const awsvpc = new Set([...demandOf].filter(([, one]) => one.mode === 'awsvpc').map(([arn]) => arn));
    const request = { demand, group: order.group, distinct: order.distinct, clauses: order.clauses };
    see({ request, order, before, after: clusterOf(engine, tasks), answer, awsvpc, demandOf }, engine);
  }
  engine.dispose();
}

function register(engine: Engine, { family, cpu, memory, mode, hostPort, gpus }: Demand): void {
  engine.registerTaskDefinition({
    family,
    networkMode: mode,
    containerDefinitions: [
      {
        name: 'c',
        image: 'busybox',
        cpu,
        memory,
        ...(hostPort === undefined ? {} : { portMappings: [{ containerPort: 80, hostPort }] }),
        ...(gpus > 0 ? { resourceRequirements: [{ type: 'GPU', value: String(gpus) }] } : {}),
      },
    ],
  });
}

/** Stops a task, or lets a stopped one end; false when there is none. */
function end(engine: Engine, { end, which }: Order, { tasks }: Cluster): boolean {
  const open = tasks.filter((task) => task.lastStatus !== 'STOPPED');
  const task = open[which % Math.max(1, open.length)];
  if (!task) return false;
  const arn = String(task.taskArn);
  if (end === 0 && isActive(task)) engine.stopTask({ task: arn });
  else engine.submitTaskStateChange({ task: arn, status: 'STOPPED' });
  return true;
}

function run(engine: Engine, { group, strategies, distinct, clauses }: Order, { family }: Demand): TasksAndFailures {
  return engine.runTask({
    taskDefinition: family,
    group,
    placementStrategy: strategies.map((strategy) => ({ ...strategy })),
    placementConstraints: [
      ...(distinct ? [{ type: 'distinctInstance' as const }] : []),
      ...clauses.map(({ expression }) => ({ type: 'memberOf' as const, expression })),
    ],
  });
}
