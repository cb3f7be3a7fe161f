/**
 * What every decision must satisfy, whatever the engine: recomputed here from descriptions, with no code of either
 * engine. A tie may go to any of the best: only that it is one of them is asked.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/model/task.ts';
import { INSTANCE_TYPES } from '../support/arbitraries/names.ts';
import { engineKinds } from '../support/engines.ts';
import {
  amountOf,
  best,
  type Demand,
  eniLimit,
  holdsResources,
  isActive,
  isOn,
  setOf,
  validInstances,
} from './invariants/facts.ts';
import { type Decision, walk } from './invariants/walk.ts';
import { plan } from './invariants/world.ts';

const RUNS = 60;
const REASONS = [
  'AGENT',
  'ATTRIBUTE',
  'RESOURCE:CPU',
  'RESOURCE:MEMORY',
  'RESOURCE:PORTS',
  'RESOURCE:ENI',
  'RESOURCE:GPU',
  'DistinctInstance placement constraint unsatisfied.',
  'MemberOf placement constraint unsatisfied.',
];

const arns = (list: readonly { containerInstanceArn?: string | undefined }[]): string[] =>
  list.map((one) => String(one.containerInstanceArn));
const valid = ({ before, request, awsvpc }: Decision): string[] =>
  arns(validInstances(before, request, awsvpc, INSTANCE_TYPES));

describe.each(engineKinds)('a decision of the $name engine', (kind) => {
  const holds = (see: Parameters<typeof walk>[2]) =>
    fc.assert(
      fc.asyncProperty(plan, (drawn) => walk(kind, drawn, see)),
      { numRuns: RUNS, seed: 20 },
    );

  it('takes an instance that passes every filter and constraint', async () => {
    await holds((decision) => {
      for (const task of decision.answer.tasks) expect(valid(decision)).toContain(task.containerInstanceArn);
    });
  });

  it('takes one of the best by the strategies in order', async () => {
    await holds((decision) => {
      const { before, request, order, answer, awsvpc } = decision;
      const choice = best(
        validInstances(before, request, awsvpc, INSTANCE_TYPES),
        order.strategies,
        before,
        request.group,
      );
      for (const task of answer.tasks) expect(arns(choice)).toContain(task.containerInstanceArn);
    });
  });

  it('fails only when no instance is valid, and then names each active instance once with a reason', async () => {
    await holds((decision) => {
      const { before, answer } = decision;
      expect(answer.tasks).toHaveLength(valid(decision).length > 0 ? 1 : 0);
      if (answer.tasks.length > 0) return expect(answer.failures).toEqual([]);
      const external = (names: readonly { name?: string | undefined }[] | undefined) =>
        names?.some(({ name }) => name === 'ecs.capability.external');
      const asked = before.instances.filter(
        (instance) => instance.status === 'ACTIVE' && !external(instance.attributes),
      );
      expect(answer.failures.map((failure) => failure.arn)).toEqual(arns(asked));
      for (const { reason } of answer.failures) expect(REASONS).toContain(reason);
    });
  });

  it('explains what it does: the candidates are the valid instances', async () => {
    await holds((decision, engine) => {
      const { request, order } = decision;
      const constraints = request.clauses.map(({ expression }) => ({ type: 'memberOf' as const, expression }));
      const { instances, candidates, placeable } = engine.explain({
        taskDefinition: request.demand.family,
        group: request.group,
        placementStrategy: order.strategies.map((strategy) => ({ ...strategy })),
        placementConstraints: request.distinct ? [{ type: 'distinctInstance' as const }, ...constraints] : constraints,
      });
      const now = validInstances(decision.after, request, decision.awsvpc, INSTANCE_TYPES);
      const passing = instances.filter(({ gates }) => gates.every((gate) => gate.passed));
      expect(arns(passing)).toEqual(arns(now));
      expect({ candidates, placeable }).toEqual({ candidates: now.length, placeable: now.length > 0 });
    });
  });

  it('keeps the books: taken and remaining add up, ports are disjoint, ENIs and counts are right', async () => {
    await holds((decision, engine) => {
      expect(engine.check()).toEqual([]);
      for (const instance of decision.after.instances) checkBooks(decision, String(instance.containerInstanceArn));
    });
  });
});

/** One instance: the step from before to after is exactly what the decision's task takes. */
function checkBooks({ before, after, answer, awsvpc, demandOf }: Decision, arn: string): void {
  const old = before.instances.find((instance) => instance.containerInstanceArn === arn);
  const now = after.instances.find((instance) => instance.containerInstanceArn === arn);
  if (!old || !now) throw new Error(`${arn} came or went during a decision`);
  const placed = answer.tasks.filter((task) => isOn(task, now));
  const taken = (of: (demand: Demand) => number): number =>
    placed.reduce((sum, task) => sum + of(demandOf.get(String(task.taskArn)) as Demand), 0);
  const step = (name: string): number =>
    amountOf(old, 'remainingResources', name) - amountOf(now, 'remainingResources', name);
  expect([step('CPU'), step('MEMORY')]).toEqual([taken((demand) => demand.cpu), taken((demand) => demand.memory)]);
  const ports = [
    ...setOf(old, 'remainingResources', 'PORTS'),
    ...placed.flatMap((task) => demandOf.get(String(task.taskArn))?.hostPort ?? []).map(String),
  ];
  expect(setOf(now, 'remainingResources', 'PORTS')).toEqual([...new Set(ports)].sort((a, b) => Number(a) - Number(b)));
  expect(new Set(ports).size).toBe(ports.length);
  expect(setOf(old, 'remainingResources', 'GPU').length - setOf(now, 'remainingResources', 'GPU').length).toBe(
    taken((demand) => demand.gpus),
  );
  const here = (test: (task: Task) => boolean): number =>
    after.tasks.filter((task) => isOn(task, now) && test(task)).length;
  expect(here((task) => holdsResources(task) && awsvpc.has(String(task.taskArn)))).toBeLessThanOrEqual(
    eniLimit(now, INSTANCE_TYPES),
  );
  const wasActive = before.tasks.filter((task) => isOn(task, now) && isActive(task)).length;
  expect(Number(now.runningTasksCount) - Number(old.runningTasksCount)).toBe(here(isActive) - wasActive);
  const gpus = after.tasks
    .filter((task) => isOn(task, now) && holdsResources(task))
    .flatMap((task) => task.containers?.flatMap((one) => one.gpuIds ?? []) ?? []);
  expect(new Set(gpus).size).toBe(gpus.length);
}
