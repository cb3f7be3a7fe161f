/** Commands on task definitions and task records: register, import, run, start, stop, change, describe, explain. */
import fc from 'fast-check';
import type { PlacementInput, TasksAndFailures } from '../../../src/contract.ts';
import { among, chance, oneIn, sometimes } from '../arbitraries/names.ts';
import { placementInput } from '../arbitraries/placement.ts';
import { existingTasks } from '../arbitraries/task.ts';
import { taskDefinition } from '../arbitraries/task-definition.ts';
import { outcomeOf } from '../compare.ts';
import { call, instanceName, target } from './instance-moves.ts';
import { type Model, type Move, pick, type Real } from './state.ts';

const registerTaskDefinition: fc.Arbitrary<Move> = taskDefinition.map(
  (definition) => () => call('registerTaskDefinition', definition),
);
const describeTaskDefinition: fc.Arbitrary<Move> = placementInput.map(
  ({ taskDefinition }) =>
    () =>
      call('describeTaskDefinition', { taskDefinition }),
);
const importTasks: fc.Arbitrary<Move> = existingTasks(20).map((tasks) => () => call('importTasks', tasks));

/** Task ARNs of an answer, kept so that later commands can stop and describe them. */
function learnTasks(model: Model): (answer: unknown) => void {
  return (answer) => model.tasks.push(...(answer as TasksAndFailures).tasks.map((task) => String(task.taskArn)));
}

const count = fc.oneof(
  { arbitrary: fc.constant(undefined), weight: 2 },
  { arbitrary: fc.integer({ min: 1, max: 10 }), weight: 10 },
  { arbitrary: fc.integer({ min: 11, max: 80 }), weight: 1 },
  { arbitrary: among([0, -1, 1.5]), weight: 1 },
);
const tags = sometimes(1, fc.constant([{ key: 'team', value: 'quay' }]));

/** Only awsvpc definitions take a network configuration: for others it mostly goes, or half of all calls were refused. */
export function fitting(input: PlacementInput, real: Real, keepAnyway: boolean): PlacementInput {
  if (input.networkConfiguration === undefined || keepAnyway) return input;
  const found = outcomeOf(
    () => real.engines[0]?.describeTaskDefinition({ taskDefinition: input.taskDefinition }).taskDefinition.networkMode,
  );
  if ('answer' in found && found.answer === 'awsvpc') return input;
  const { networkConfiguration, ...rest } = input;
  return rest;
}

const launch = fc.record({ count, startedBy: sometimes(1, fc.constant('me')), tags });
const runTask: fc.Arbitrary<Move> = fc.tuple(placementInput, launch, oneIn(24)).map(
  ([input, more, keep]) =>
    (model, real) =>
      call('runTask', { ...fitting(input, real, keep), ...more }, learnTasks(model)),
);

const startTask: fc.Arbitrary<Move> = fc
  .record({
    input: placementInput,
    targets: fc.array(target, { minLength: 1, maxLength: 5 }),
    keep: oneIn(12),
  })
  .map(({ input, targets, keep }) => (model, real) => {
    const { placementStrategy, placementConstraints, launchType, capacityProvider, capacityProviderStrategy, ...rest } =
      fitting(input, real, keep);
    const refused = keep ? { placementStrategy, placementConstraints } : {};
    const containerInstances = [...new Set(targets.map((one) => instanceName(model, one)))];
    return call('startTask', { ...rest, ...refused, containerInstances }, learnTasks(model));
  });

/** An ARN, its short id, or now and then a task that never was. */
const taskTarget = fc.record({ index: fc.nat(999), form: fc.nat(29) });
function taskName(model: Model, { index, form }: { index: number; form: number }): string | undefined {
  if (form === 29) return `arn:aws:ecs:us-east-1:123456789012:task/default/${'0'.repeat(32)}`;
  const arn = pick(model.tasks, index);
  return form >= 24 ? arn?.slice(arn.lastIndexOf('/') + 1) : arn;
}

const stopTask: fc.Arbitrary<Move> = fc
  .tuple(taskTarget, sometimes(4, fc.constant('no longer needed')))
  .map(([target, reason]) => (model) => {
    const task = taskName(model, target);
    return task === undefined ? undefined : call('stopTask', { task, reason });
  });

const STATUSES = [
  ...['STOPPED', 'STOPPED', 'RUNNING', 'RUNNING', 'PENDING', 'ACTIVATING', 'DEACTIVATING'],
  ...['STOPPING', 'DEPROVISIONING', 'PROVISIONING', 'odd'],
];
const submitTaskStateChange: fc.Arbitrary<Move> = fc
  .tuple(taskTarget, among(STATUSES))
  .map(([target, status]) => (model) => {
    const task = taskName(model, target);
    return task === undefined ? undefined : call('submitTaskStateChange', { task, status });
  });

const describeTasks: fc.Arbitrary<Move> = fc.array(taskTarget, { maxLength: 4 }).map((targets) => (model) => {
  const tasks = targets.map((one) => taskName(model, one)).filter((task) => task !== undefined);
  return call('describeTasks', { tasks });
});

const explain: fc.Arbitrary<Move> = fc.tuple(placementInput, oneIn(24)).map(
  ([input, keep]) =>
    (_, real) =>
      call('explain', fitting(input, real, keep)),
);

/** The whole life of a group of tasks at once: most stop, so that freed room is used again. */
const stopMany: fc.Arbitrary<Move> = fc
  .record({ step: fc.integer({ min: 1, max: 3 }), offset: fc.nat(2), gone: chance(5) })
  .map(({ step, offset, gone }) => (model) => {
    const tasks = model.tasks.filter((_, k) => k % step === offset % step);
    if (tasks.length === 0) return undefined;
    return {
      text: `${gone ? 'submitTaskStateChange STOPPED' : 'stopTask'} for each of ${JSON.stringify(tasks)}`,
      on: (engine) =>
        tasks.map((task) =>
          gone ? engine.submitTaskStateChange({ task, status: 'STOPPED' }) : engine.stopTask({ task }),
        ),
    };
  });

export const taskMoves = {
  registerTaskDefinition,
  describeTaskDefinition,
  importTasks,
  runTask,
  startTask,
  stopTask,
  submitTaskStateChange,
  describeTasks,
  explain,
  stopMany,
};
