/** spread: the domain with the fewest active tasks of the group, counted on all registered instances. */
import { describe, expect, it } from 'vitest';
import { engineKinds } from '../../support/engines.ts';
import { arn, cluster, definition, instance, run } from '../../support/shapes.ts';

const byZone = [{ type: 'spread' as const, field: 'attribute:ecs.availability-zone' }];
const byStack = [{ type: 'spread' as const, field: 'attribute:stack' }];
const byInstance = [{ type: 'spread' as const, field: 'instanceId' }];

describe.each(engineKinds)('$name', (kind) => {
  it.each(['instanceId', 'host'])('by %s: the fewest tasks of the group on the instance', async (field) => {
    const engine = await cluster(kind, [instance(0), instance(1), instance(2)]);
    expect(run(engine, { count: 2 })).toEqual([0, 0]);
    expect(run(engine, { count: 5, placementStrategy: [{ type: 'spread', field }] })).toEqual([1, 2, 1, 2, 0]);
  });

  it('counts its own group only', async () => {
    const engine = await cluster(kind, [instance(0), instance(1)]);
    run(engine, { count: 5, group: 'other' });
    expect(run(engine, { count: 3, placementStrategy: byInstance })).toEqual([0, 1, 0]);
  });

  it('by an attribute: the fewest tasks over all instances of the value', async () => {
    const engine = await cluster(
      kind,
      ['a', 'a', 'b', 'c'].map((zone, k) => instance(k, { zone })),
    );
    expect(run(engine, { count: 6, placementStrategy: byZone })).toEqual([0, 2, 3, 0, 2, 3]);
  });

  it('counts tasks on instances that are full, draining or cut off', async () => {
    const engine = await cluster(kind, [
      instance(0, { zone: 'a', cpu: 128 }),
      instance(1, { zone: 'b', cpu: 128 }),
      instance(2, { zone: 'c', cpu: 128 }),
      instance(3, { zone: 'a' }),
      instance(4, { zone: 'b' }),
      instance(5, { zone: 'c' }),
      instance(6, { zone: 'd' }),
    ]);
    expect(run(engine, { count: 3, placementStrategy: byZone })).toEqual([0, 1, 2]);
    engine.updateContainerInstancesState({ containerInstances: [arn(1)], status: 'DRAINING' });
    engine.setAgentConnected({ containerInstance: arn(2), agentConnected: false });
    expect(run(engine, { count: 2, placementStrategy: byZone })).toEqual([6, 3]);
    expect(run(engine, { count: 2, placementStrategy: byZone })).toEqual([4, 5]);
  });

  it('forgets the tasks of a deregistered instance', async () => {
    const engine = await cluster(kind, [
      instance(0, { zone: 'a' }),
      instance(1, { zone: 'b' }),
      instance(2, { zone: 'a' }),
    ]);
    expect(run(engine, { count: 2, placementStrategy: byZone })).toEqual([0, 1]);
    engine.deregisterContainerInstance({ containerInstance: arn(0), force: true });
    expect(run(engine, { placementStrategy: byZone })).toEqual([2]);
  });

  it('counts by desired status: tasks that shall stop no longer weigh', async () => {
    const engine = await cluster(kind, [instance(0, { zone: 'a' }), instance(1, { zone: 'b' })]);
    const { tasks } = engine.runTask({ taskDefinition: 'web', count: 2, placementStrategy: byZone });
    engine.stopTask({ task: tasks[1]?.taskArn ?? '' });
    expect(run(engine, { placementStrategy: byZone })).toEqual([1]);
  });

  it('counts imported tasks', async () => {
    const engine = await cluster(kind, [instance(0, { zone: 'a' }), instance(1, { zone: 'b' })]);
    const task = (k: number) => ({ taskArn: `task/${k}`, containerInstanceArn: arn(0), group: 'family:web' });
    expect(engine.importTasks([task(1), task(2)])).toEqual({ imported: 2, failures: [] });
    expect(run(engine, { count: 4, placementStrategy: byZone })).toEqual([1, 1, 0, 1]);
  });

  it('comes last to instances without the attribute, tied among themselves', async () => {
    const engine = await cluster(kind, [
      instance(0),
      instance(1),
      instance(2, { attributes: { stack: 'x' }, cpu: 256 }),
      instance(3, { attributes: { stack: 'y' }, cpu: 128 }),
    ]);
    expect(run(engine, { count: 6, placementStrategy: byStack })).toEqual([2, 3, 2, 0, 0, 0]);
    expect(run(engine, { count: 3, placementStrategy: [...byStack, ...byInstance] })).toEqual([1, 1, 1]);
  });

  it('takes an attribute without a value for one domain', async () => {
    const engine = await cluster(kind, [
      instance(0, { attributes: { stack: null } }),
      instance(1, { attributes: { stack: null } }),
      instance(2, { attributes: { stack: 'x' } }),
    ]);
    expect(run(engine, { count: 4, placementStrategy: byStack })).toEqual([0, 2, 0, 2]);
  });

  it('follows attributes that change', async () => {
    const engine = await cluster(kind, [
      instance(0, { attributes: { stack: 'x' } }),
      instance(1, { attributes: { stack: 'y' } }),
      instance(2, { attributes: { stack: 'z' } }),
    ]);
    run(engine, { count: 2, placementStrategy: byStack });
    engine.putAttributes({ attributes: [{ name: 'stack', value: 'z', targetId: arn(0) }] });
    expect(run(engine, { count: 2, placementStrategy: byStack })).toEqual([0, 1]);
    engine.deleteAttributes({ attributes: [{ name: 'stack', targetId: arn(1) }] });
    expect(run(engine, { count: 1, placementStrategy: byStack })).toEqual([0]);
  });

  it('is by group, the service as well as the family', async () => {
    const engine = await cluster(kind, [instance(0), instance(1)], [definition('web'), definition('api')]);
    expect(run(engine, { group: 'service:shop' })).toEqual([0]);
    expect(run(engine, { taskDefinition: 'api', group: 'service:shop', placementStrategy: byInstance })).toEqual([1]);
  });
});
