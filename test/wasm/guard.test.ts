/** After a trap or dispose no method answers any more, and each says why. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/contract.ts';
import { BayplanError } from '../../src/errors.ts';
import { Guard } from '../../src/wasm/guard.ts';
import { engineKinds } from '../support/engines.ts';
import { arn, BINPACK, cluster, definition, instance, refusal } from '../support/shapes.ts';
import { host } from './cores.ts';

function message(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

describe('the guard', () => {
  it('turns a failed assertion of a debug core into an error that names file and line', () => {
    const { core } = host();
    const text = message(() => new Guard().run(() => core.deregister(3)));
    expect(text).toMatch(/live slot at assembly\/index\.ts:\d+:\d+/);
    expect(refusal(() => new Guard().run(() => core.setState(3, 1)))).toBe('BayplanException CORE_TRAPPED');
  });

  it('refuses every later call with the first reason', () => {
    const guard = new Guard();
    const { core } = host();
    message(() => guard.run(() => core.cellAt(-1, 0)));
    const later = message(() => guard.run(() => 'an answer'));
    expect(later).toMatch(/column at assembly\/index\.ts/);
    message(() => guard.run(() => core.deregister(7)));
    expect(message(() => guard.run(() => 'an answer'))).toBe(later);
  });

  it('lets other errors pass and stays usable', () => {
    const guard = new Guard();
    const refused = new BayplanError('InvalidParameterException', 'NOT_HELD', 'no');
    const refuse = (): never => {
      throw refused;
    };
    expect(() => guard.run(refuse)).toThrow(refused);
    expect(guard.run(() => 5)).toBe(5);
  });
});

const NAME = { containerInstance: arn(0) };
const TASK_DEFINITION = { taskDefinition: 'web' };
const ROLLOUT = {
  desiredCount: 1,
  minimum: 1,
  maximum: 2,
  newTasks: 1,
  newHealthy: 1,
  oldTasks: 0,
  oldHealthy: 0,
  oldUnhealthy: 0,
  stopping: 0,
};

/** One sound call of each method; a method added to Engine without one does not compile. */
const CALLS: Record<Exclude<keyof Engine, 'dispose'>, (engine: Engine) => unknown> = {
  registerContainerInstances: (engine) => engine.registerContainerInstances([]),
  deregisterContainerInstance: (engine) => engine.deregisterContainerInstance({ ...NAME, force: true }),
  updateContainerInstancesState: (engine) =>
    engine.updateContainerInstancesState({ containerInstances: [arn(0)], status: 'DRAINING' }),
  setAgentConnected: (engine) => engine.setAgentConnected({ ...NAME, agentConnected: false }),
  putAttributes: (engine) => engine.putAttributes({ attributes: [{ name: 'a', targetId: arn(0) }] }),
  deleteAttributes: (engine) => engine.deleteAttributes({ attributes: [{ name: 'a', targetId: arn(0) }] }),
  describeContainerInstances: (engine) => engine.describeContainerInstances({ containerInstances: [arn(0)] }),
  listContainerInstances: (engine) => engine.listContainerInstances(),
  registerSubnets: (engine) => engine.registerSubnets([]),
  registerTaskDefinition: (engine) => engine.registerTaskDefinition(definition('other')),
  describeTaskDefinition: (engine) => engine.describeTaskDefinition(TASK_DEFINITION),
  importTasks: (engine) => engine.importTasks([]),
  runTask: (engine) => engine.runTask(TASK_DEFINITION),
  startTask: (engine) => engine.startTask({ ...TASK_DEFINITION, containerInstances: [arn(0)] }),
  stopTask: (engine) => engine.stopTask({ task: firstTask.arn }),
  submitTaskStateChange: (engine) => engine.submitTaskStateChange({ task: firstTask.arn, status: 'STOPPED' }),
  describeTasks: (engine) => engine.describeTasks({ tasks: [firstTask.arn] }),
  explain: (engine) => engine.explain(TASK_DEFINITION),
  prepare: (engine) => engine.prepare(TASK_DEFINITION),
  rolloutBounds: (engine) => engine.rolloutBounds({ desiredCount: 1, minimumHealthyPercent: 100, maximumPercent: 200 }),
  rolloutStep: (engine) => engine.rolloutStep(ROLLOUT),
  circuitBreakerThreshold: (engine) =>
    engine.circuitBreakerThreshold({ desiredCount: 1, type: 'BOUNDED_PERCENT', value: 50 }),
  containerInstanceArn: (engine) => engine.containerInstanceArn(0),
  stats: (engine) => engine.stats(),
  check: (engine) => engine.check(),
  snapshot: (engine) => engine.snapshot(),
  restore: (engine) => engine.restore(firstTask.snapshot),
};
const firstTask: { arn: string; snapshot: Uint8Array } = { arn: '', snapshot: new Uint8Array() };

describe.each(engineKinds)('a disposed $name engine', (kind) => {
  async function filled(): Promise<Engine> {
    const engine = await cluster(kind, [instance(0)]);
    firstTask.arn = String(engine.runTask(TASK_DEFINITION).tasks[0]?.taskArn);
    firstTask.snapshot = engine.snapshot();
    return engine;
  }

  it.each(Object.keys(CALLS) as (keyof typeof CALLS)[])('refuses %s', async (name) => {
    const engine = await filled();
    expect(refusal(() => CALLS[name](engine))).toBe('nothing was thrown');
    engine.dispose();
    expect(refusal(() => CALLS[name](engine))).toBe('BayplanException ENGINE_DISPOSED');
  });

  it('refuses its placers, and may be disposed again', async () => {
    const engine = await filled();
    const placer = engine.prepare({ ...TASK_DEFINITION, placementStrategy: [...BINPACK] });
    const slots = new Int32Array(2);
    expect(placer.place(1, slots)).toBe(1);
    engine.dispose();
    engine.dispose();
    expect(refusal(() => placer.place(1, slots))).toBe('BayplanException ENGINE_DISPOSED');
    expect(refusal(() => placer.release(slots, 1))).toBe('BayplanException ENGINE_DISPOSED');
  });
});
