/** The pipeline as a whole: tasks go one by one, and every decision sees the ones before it. */
import { describe, expect, it } from 'vitest';
import { engineKinds } from '../support/engines.ts';
import { cluster, definition, described, instance, left, reasons, run } from '../support/shapes.ts';

describe.each(engineKinds)('$name', (kind) => {
  it('places as many tasks as fit, one after another, and reports the rest', async () => {
    const engine = await cluster(kind, [instance(0, { cpu: 256 }), instance(1, { cpu: 384 })]);
    expect(run(engine, { count: 5 })).toEqual([0, 0, 1, 1, 1]);
    expect(left(engine, 1, 'CPU')).toBe(0);
    expect(reasons(engine)).toEqual(['0: RESOURCE:CPU', '1: RESOURCE:CPU']);
  });

  it('filters before it scores: an instance that is best but full is passed over', async () => {
    const engine = await cluster(kind, [instance(0, { cpu: 2048, cpuLeft: 127 }), instance(1), instance(2)]);
    expect(run(engine)).toEqual([1]);
  });

  it('constrains before it scores', async () => {
    const placementConstraints = [{ type: 'memberOf' as const, expression: 'attribute:stack == prod' }];
    const engine = await cluster(kind, [instance(0, { cpu: 128 }), instance(1, { attributes: { stack: 'prod' } })]);
    expect(run(engine, { placementConstraints })).toEqual([1]);
  });

  it('sees in each decision the running tasks, the groups and the ports of the ones before', async () => {
    const engine = await cluster(
      kind,
      [instance(0), instance(1)],
      [definition('web'), definition('static', { portMappings: [{ containerPort: 80, hostPort: 80 }] })],
    );
    const under = [{ type: 'memberOf' as const, expression: 'runningTasksCount < 2' }];
    expect(run(engine, { count: 9, placementConstraints: under })).toEqual([0, 0, 1, 1]);
    const alone = [{ type: 'memberOf' as const, expression: 'not(task:group == static)' }];
    expect(run(engine, { count: 9, placementConstraints: alone, group: 'static' })).toEqual([0, 1]);
    expect(run(engine, { taskDefinition: 'static', count: 9 })).toEqual([0, 1]);
  });

  it('places nothing and changes nothing when no instance can take the task', async () => {
    const engine = await cluster(kind, [instance(0, { cpu: 64 })]);
    const before = described(engine, 0);
    expect(engine.prepare({ taskDefinition: 'web' }).place(3, new Int32Array(3))).toBe(0);
    expect(engine.stats().tasks).toBe(0);
    expect(described(engine, 0)).toEqual(before);
  });
});
