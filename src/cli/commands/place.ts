/** `bayplan place`: runs tasks on the cluster and tells where each went, and why the others did not fit. */
import type { Engine, PlacementInput } from '../../contract.ts';
import { BayplanError } from '../../errors.ts';
import type { Explanation } from '../../explain.ts';
import type { Failure, Task } from '../../model/task.ts';
import type { Io } from '../io.ts';
import { gateDetail } from '../output/gate-detail.ts';
import { describeAll } from '../output/instances.ts';
import { JsonStream } from '../output/json.ts';
import { renderPlacement } from '../output/placement-report.ts';
import { firstFailed } from '../output/reasons.ts';
import { isTable } from './options.ts';
import { type PlacementOptions, prepare } from './placement-options.ts';

/** Tasks are placed one by one anyway; so many at a time keeps a long answer out of memory. */
const BATCH = 1000;

interface Outcome {
  readonly placed: number;
  readonly failures: readonly Failure[];
}

/** Runs `count` tasks; each batch of records is handed over before the next is made. */
async function runAll(
  engine: Engine,
  input: PlacementInput,
  count: number,
  take: (tasks: readonly Task[]) => Promise<void> | void,
): Promise<Outcome> {
  let placed = 0;
  while (placed < count) {
    const wanted = Math.min(BATCH, count - placed);
    const { tasks, failures } = engine.runTask({ ...input, count: wanted });
    await take(tasks);
    placed += tasks.length;
    if (tasks.length < wanted) return { placed, failures };
  }
  return { placed, failures: [] };
}

/** Failures with what exactly is lacking: the gate says that an attribute is missing, the detail which one. */
function withDetails(failures: readonly Failure[], explanation: Explanation | undefined): Failure[] {
  const traces = new Map(explanation?.instances.map((instance) => [instance.containerInstanceArn, instance.gates]));
  return failures.map(({ arn, reason, detail }) => {
    const gate = firstFailed(traces.get(arn ?? '') ?? []);
    const told = detail ?? (gate?.gate === reason && gate !== undefined ? gateDetail(gate) : undefined);
    return { arn, reason, ...(told === undefined ? {} : { detail: told }) };
  });
}

/** A cluster whose instances are all out of service says so. */
function refuseInactive(error: unknown, engine: Engine): never {
  if (!(error instanceof BayplanError) || error.code !== 'NO_CONTAINER_INSTANCES') throw error;
  const counts = new Map<string, number>();
  for (const { status } of describeAll(engine)) counts.set(status, (counts.get(status) ?? 0) + 1);
  if (counts.size === 0) throw error;
  const told = [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
  throw new BayplanError(error.name, error.code, `${error.message} Of those given: ${told}.`, error.facts);
}

/** @returns the exit code: 1 when fewer tasks than wanted fit. */
export async function place(options: PlacementOptions, io: Io): Promise<number> {
  const { engine, definition, input } = await prepare(options, io);
  const count = options.count ?? 1;
  const asTable = isTable(options.output, io);
  const json = new JsonStream(io);
  const byInstance = new Map<string, number>();
  const countTasks = (tasks: readonly Task[]): void => {
    for (const { containerInstanceArn = '' } of tasks) {
      byInstance.set(containerInstanceArn, (byInstance.get(containerInstanceArn) ?? 0) + 1);
    }
  };
  const take = asTable ? countTasks : (tasks: readonly Task[]) => json.items('tasks', tasks);
  const { placed, failures } = await runAll(engine, input, count, take).catch((error) => refuseInactive(error, engine));
  const explanation = placed < count ? engine.explain(input) : undefined;
  if (asTable) {
    const name = `${definition.family}:${definition.revision}`;
    await io.out(renderPlacement({ name, count, placed, byInstance, instances: describeAll(engine), explanation }, io));
  } else {
    await json.items('failures', withDetails(failures, explanation));
    await json.end();
  }
  return placed < count ? 1 : 0;
}
