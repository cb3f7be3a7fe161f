/** Constrain: distinctInstance by active tasks of the group, memberOf by expression, and all constraints together. */
import { describe, expect, it } from 'vitest';
import { engineKinds } from '../support/engines.ts';
import { arn, BINPACK, cluster, definition, instance, reasons, run, whereOf } from '../support/shapes.ts';

const DISTINCT = [{ type: 'distinctInstance' as const }];
const memberOf = (expression: string) => ({ type: 'memberOf' as const, expression });
const UNSATISFIED = 'DistinctInstance placement constraint unsatisfied.';
const NO_MEMBER = 'MemberOf placement constraint unsatisfied.';

describe.each(engineKinds)('$name', (kind) => {
  it('puts the tasks of a group on different instances', async () => {
    const engine = await cluster(kind, [instance(0), instance(1)]);
    expect(run(engine, { count: 3, placementConstraints: DISTINCT })).toEqual([0, 1]);
    expect(reasons(engine, { placementConstraints: DISTINCT })).toEqual([`0: ${UNSATISFIED}`, `1: ${UNSATISFIED}`]);
  });

  it('counts tasks that were placed without the constraint, and no other group', async () => {
    const engine = await cluster(kind, [instance(0), instance(1)]);
    expect(run(engine, { group: 'a' })).toEqual([0]);
    expect(run(engine, { group: 'b', placementConstraints: DISTINCT })).toEqual([0]);
    expect(run(engine, { group: 'a', placementConstraints: DISTINCT })).toEqual([1]);
  });

  it('counts by desired status: an instance is free again when its task shall stop', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const { tasks } = engine.runTask({ taskDefinition: 'web', placementConstraints: DISTINCT });
    engine.stopTask({ task: tasks[0]?.taskArn ?? '' });
    expect(run(engine, { placementConstraints: DISTINCT })).toEqual([0]);
  });

  it('counts imported tasks and tasks without a record', async () => {
    const engine = await cluster(kind, [instance(0), instance(1), instance(2)]);
    engine.importTasks([{ taskArn: 'task/1', containerInstanceArn: arn(0), group: 'family:web' }]);
    engine
      .prepare({ taskDefinition: 'web', placementStrategy: [...BINPACK], placementConstraints: DISTINCT })
      .place(1, new Int32Array(1));
    expect(run(engine, { count: 3, placementConstraints: DISTINCT })).toEqual([2]);
  });

  it('keeps the instances an expression selects', async () => {
    const engine = await cluster(kind, [instance(0), instance(1, { attributes: { stack: 'prod' } })]);
    const placementConstraints = [memberOf('attribute:stack == prod')];
    expect(run(engine, { placementConstraints })).toEqual([1]);
    expect(reasons(engine, { count: 99, placementConstraints })).toEqual([`0: ${NO_MEMBER}`, '1: RESOURCE:CPU']);
  });

  it('asks for the constraints of the task definition and of the request, all of them', async () => {
    const stacks: Record<string, string>[] = [
      { stack: 'prod', rack: 'r1' },
      { stack: 'prod' },
      { rack: 'r1' },
      { stack: 'prod', rack: 'r1' },
    ];
    const pinned = { placementConstraints: [memberOf('attribute:stack == prod')] };
    const engine = await cluster(
      kind,
      stacks.map((attributes, k) => instance(k, { attributes })),
      [definition('web', {}, pinned)],
    );
    const placementConstraints = [memberOf('attribute:rack == r1'), memberOf('attribute:stack exists'), ...DISTINCT];
    expect(run(engine, { count: 9, placementConstraints })).toEqual([0, 3]);
    expect(run(engine, { count: 1, placementConstraints: [memberOf('attribute:rack !exists')] })).toEqual([1]);
  });

  it('names distinctInstance before memberOf', async () => {
    const engine = await cluster(kind, [instance(0)]);
    run(engine);
    const placementConstraints = [memberOf('attribute:stack exists'), ...DISTINCT];
    expect(reasons(engine, { placementConstraints })).toEqual([`0: ${UNSATISFIED}`]);
  });

  it('does not hold a task to its constraints where the caller picks the instance', async () => {
    const pinned = { placementConstraints: [memberOf('attribute:stack == prod')] };
    const engine = await cluster(kind, [instance(0)], [definition('web', {}, pinned)]);
    expect(reasons(engine)).toEqual([`0: ${NO_MEMBER}`]);
    expect(whereOf(engine.startTask({ taskDefinition: 'web', containerInstances: [arn(0)] }).tasks)).toEqual([0]);
  });
});
