/**
 * Bad input gets a BayplanError that names the value and where it stands, and changes nothing: an engine that was given
 * nonsense goes on exactly as its twin that was not.
 */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/contract.ts';
import { BayplanError } from '../../src/errors.ts';
import { instanceArn, SUBNETS } from '../support/arbitraries/names.ts';
import { outcomeOf, tableOf } from '../support/compare.ts';
import { engineKinds } from '../support/engines.ts';
import { DEFINITIONS } from './hostile/definitions.ts';
import { HOLES } from './hostile/holes.ts';
import { INSTANCES } from './hostile/instances.ts';
import { TASKS } from './hostile/tasks.ts';

const amount = (name: string, integerValue: number) => ({ name, type: 'INTEGER', integerValue });
const ARNS = [0, 1, 2].map(instanceArn);

function fill(engine: Engine): string[] {
  engine.registerContainerInstances(
    ARNS.map((containerInstanceArn) => ({
      containerInstanceArn,
      registeredResources: [amount('CPU', 1024), amount('MEMORY', 2048)],
      attributes: [{ name: 'stack', value: 'prod' }],
    })),
  );
  engine.registerSubnets(SUBNETS);
  engine.registerTaskDefinition({
    family: 'web',
    containerDefinitions: [{ name: 'c', image: 'busybox', cpu: 10, memory: 10 }],
  });
  engine.registerTaskDefinition({
    family: 'net',
    networkMode: 'awsvpc',
    containerDefinitions: [{ name: 'c', image: 'busybox', cpu: 10, memory: 10 }],
  });
  return engine.runTask({ taskDefinition: 'web', count: 4 }).tasks.map((task) => String(task.taskArn));
}

/** What follows from the state: the table, and decisions that draw random numbers and task ids. */
function goOn(engine: Engine, tasks: string[]): unknown {
  const run = () =>
    engine.runTask({
      taskDefinition: 'web',
      count: 3,
      placementConstraints: [{ type: 'memberOf', expression: 'attribute:stack == prod' }],
    });
  return { before: tableOf(engine, ARNS, tasks), answers: outcomeOf(run), after: tableOf(engine, ARNS, tasks) };
}

describe.each(engineKinds)('the $name engine', (kind) => {
  it.each([...INSTANCES, ...TASKS, ...DEFINITIONS, ...HOLES])('refuses $name', async ({ call, code, path, says }) => {
    const [engine, twin] = [await kind.create({ seed: 3 }), await kind.create({ seed: 3 })];
    const tasks = fill(engine);
    fill(twin);
    const error = thrown(() => call(engine, { instances: ARNS, tasks }));
    expect(error).toBeInstanceOf(BayplanError);
    const { code: given, message, facts } = error as BayplanError;
    if (code) expect(given).toBe(code);
    expect(given).toMatch(/^[A-Z][A-Z0-9_]+$/);
    if (path) expect(facts.path).toBe(path);
    for (const part of says ?? []) expect(message).toContain(part);
    expect(goOn(engine, tasks)).toEqual(goOn(twin, tasks));
  });

  it('passes over members it does not know', async () => {
    const engine = await kind.create();
    fill(engine);
    const odd = { taskDefinition: 'web', unheardOf: { deep: [1] }, clientToken: 'x', propagateTags: 'NONE' };
    expect(engine.runTask(odd).tasks).toHaveLength(1);
    engine.registerContainerInstances([
      {
        containerInstanceArn: instanceArn(9),
        registeredResources: [amount('CPU', 1)],
        healthStatus: { overallStatus: 'OK' },
      },
    ]);
    const { containerInstances } = engine.describeContainerInstances({ containerInstances: [instanceArn(9)] });
    expect(containerInstances[0]?.healthStatus).toEqual({ overallStatus: 'OK' });
  });

  it('says that an empty cluster has no container instances', async () => {
    const engine = await kind.create();
    engine.registerTaskDefinition({
      family: 'web',
      containerDefinitions: [{ name: 'c', image: 'busybox', memory: 10 }],
    });
    const error = thrown(() => engine.runTask({ taskDefinition: 'web' })) as BayplanError;
    expect([error.name, error.code, error.message]).toEqual([
      'InvalidParameterException',
      'NO_CONTAINER_INSTANCES',
      'No Container Instances were found in your cluster.',
    ]);
    expect(engine.explain({ taskDefinition: 'web' })).toMatchObject({ placeable: false, candidates: 0, instances: [] });
    expect(engine.check()).toEqual([]);
  });

  it('does not keep a hold on what it was given', async () => {
    const engine = await kind.create();
    fill(engine);
    const instance = {
      containerInstanceArn: instanceArn(8),
      registeredResources: [amount('CPU', 64), amount('MEMORY', 64)],
      attributes: [{ name: 'stack', value: 'dev' }],
    };
    engine.registerContainerInstances([instance]);
    const before = JSON.stringify(tableOf(engine, [instanceArn(8)], []));
    (instance.attributes[0] as { value: string }).value = 'changed';
    (instance.registeredResources[0] as { integerValue: number }).integerValue = -1;
    const shown = engine.describeContainerInstances({ containerInstances: [instanceArn(8)] }).containerInstances[0];
    if (shown?.attributes?.[0]) shown.attributes[0].value = 'changed too';
    expect(JSON.stringify(tableOf(engine, [instanceArn(8)], []))).toBe(before);
  });
});

function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}
