/** Task records: stopping, moving on, describing; and existing tasks, which are counted only. */
import { describe, expect, it } from 'vitest';
import { engineKinds } from '../support/engines.ts';
import { arn, cluster, definition, described, instance, left, reasons, refusal, run } from '../support/shapes.ts';

const counts = (engine: Awaited<ReturnType<typeof cluster>>): unknown => {
  const { runningTasksCount, pendingTasksCount } = described(engine, 0);
  return [runningTasksCount, pendingTasksCount];
};

describe.each(engineKinds)('$name', (kind) => {
  it('stops a task once, with the reason given', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const task = engine.runTask({ taskDefinition: 'web' }).tasks[0]?.taskArn ?? '';
    const stopped = engine.stopTask({ task, reason: 'tired' }).task;
    expect(stopped).toMatchObject({ desiredStatus: 'STOPPED', lastStatus: 'PENDING', stoppedReason: 'tired' });
    expect(engine.stopTask({ task }).task).toEqual(stopped);
    expect(counts(engine)).toEqual([0, 1]);
  });

  it('counts a task as pending only while its last status is PENDING', async () => {
    const engine = await cluster(kind, [instance(0)], [definition('web', {}, { networkMode: 'awsvpc' })]);
    const task = engine.runTask({ taskDefinition: 'web' }).tasks[0]?.taskArn ?? '';
    const seen = ['PROVISIONING', 'PENDING', 'PENDING', 'ACTIVATING', 'RUNNING', 'DEACTIVATING', 'STOPPING', 'STOPPED'];
    const pending = seen.map((status) => {
      expect(engine.submitTaskStateChange({ task, status }).task.lastStatus).toBe(status);
      return described(engine, 0).pendingTasksCount;
    });
    expect(pending).toEqual([0, 1, 1, 0, 0, 0, 0, 0]);
  });

  it('keeps the desired status RUNNING until the task is stopped', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const task = engine.runTask({ taskDefinition: 'web' }).tasks[0]?.taskArn ?? '';
    expect(engine.submitTaskStateChange({ task, status: 'STOPPING' }).task.desiredStatus).toBe('RUNNING');
    expect(counts(engine)).toEqual([1, 0]);
    expect(engine.submitTaskStateChange({ task, status: 'STOPPED' }).task.desiredStatus).toBe('STOPPED');
    expect(counts(engine)).toEqual([0, 0]);
  });

  it('never moves a task back, and knows no other status', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const task = engine.runTask({ taskDefinition: 'web' }).tasks[0]?.taskArn ?? '';
    engine.submitTaskStateChange({ task, status: 'RUNNING' });
    const move = (status: string): string => refusal(() => engine.submitTaskStateChange({ task, status }));
    expect(move('PENDING')).toBe('InvalidParameterException TASK_STATUS_BACKWARD');
    expect(move('odd')).toBe('InvalidParameterException NOT_ALLOWED');
    expect(move('RUNNING')).toBe('nothing was thrown');
    engine.submitTaskStateChange({ task, status: 'STOPPED' });
    expect(move('RUNNING')).toBe('InvalidParameterException TASK_STATUS_BACKWARD');
    engine.submitTaskStateChange({ task, status: 'STOPPED' });
    expect(left(engine, 0, 'CPU')).toBe(1024);
  });

  it('finds tasks by ARN and id, and refuses or reports others', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const { tasks } = engine.runTask({ taskDefinition: 'web', count: 2 });
    const [first = '', second = ''] = tasks.map(({ taskArn }) => taskArn);
    const none = 'f'.repeat(32);
    const answer = engine.describeTasks({ tasks: [second.slice(-32), none, first] });
    expect(answer.tasks).toEqual([tasks[1], tasks[0]]);
    expect(answer.failures).toEqual([{ arn: none, reason: 'MISSING' }]);
    for (const call of [
      () => engine.stopTask({ task: none }),
      () => engine.submitTaskStateChange({ task: none, status: 'RUNNING' }),
    ]) {
      expect(call).toThrow('The referenced task was not found.');
      expect(refusal(call)).toBe('InvalidParameterException UNKNOWN_TASK');
    }
  });

  describe('existing tasks', () => {
    const task = (number: number, more = {}) => ({
      taskArn: `arn:aws:ecs:us-east-1:123456789012:task/default/${number}`,
      containerInstanceArn: arn(0),
      group: 'family:web',
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      ...more,
    });
    const DISTINCT = [{ type: 'distinctInstance' as const }];
    const eni = (status: string) => ({ type: 'ElasticNetworkInterface', status });

    it('count for their group and leave amounts and running tasks as the instance record has them', async () => {
      const engine = await cluster(kind, [instance(0, { runningTasksCount: 1, cpuLeft: 512 })]);
      expect(engine.importTasks([task(1)])).toEqual({ imported: 1, failures: [] });
      expect(counts(engine)).toEqual([1, 0]);
      expect(left(engine, 0, 'CPU')).toBe(512);
      expect(reasons(engine, { placementConstraints: DISTINCT })).toHaveLength(1);
      expect(engine.listContainerInstances({ filter: 'task:group == family:web' }).containerInstanceArns).toEqual([
        arn(0),
      ]);
      expect(engine.stats().tasks).toBe(0);
    });

    it('count only while they are active', async () => {
      const engine = await cluster(kind, [instance(0)]);
      const answer = engine.importTasks([
        task(1, { desiredStatus: 'STOPPED' }),
        task(2, { lastStatus: 'STOPPED' }),
        task(3, { containerInstanceArn: undefined }),
      ]);
      expect(answer).toEqual({ imported: 0, failures: [] });
      expect(run(engine, { placementConstraints: DISTINCT })).toEqual([0]);
    });

    it('on unknown instances come back as MISSING', async () => {
      const engine = await cluster(kind, [instance(0)]);
      const lost = task(1, { containerInstanceArn: arn(9) });
      expect(engine.importTasks([lost, task(2)])).toEqual({
        imported: 1,
        failures: [{ arn: lost.taskArn, reason: 'MISSING' }],
      });
    });

    it('are counted once: a second import of one is refused, and then none is counted', async () => {
      const engine = await cluster(kind, [instance(0)]);
      engine.importTasks([task(1)]);
      expect(refusal(() => engine.importTasks([task(2), task(1)]))).toBe('InvalidParameterException DUPLICATE_TASK');
      expect(refusal(() => engine.importTasks([task(3), task(3)]))).toBe('InvalidParameterException DUPLICATE_TASK');
      expect(engine.importTasks([task(2), task(3)]).imported).toBe(2);
    });

    it('take their interfaces, at most those that are left', async () => {
      const types = { instanceTypes: { t: { awsvpcTasks: 3 } } };
      const shape = { attributes: { 'ecs.instance-type': 't' } };
      const net = [definition('web', {}, { networkMode: 'awsvpc' })];
      const engine = await cluster(kind, [instance(0, shape), instance(1, shape)], net, types);
      engine.importTasks([
        task(1, { attachments: [eni('ATTACHED'), eni('DELETED'), { type: 'other' }] }),
        task(2, { desiredStatus: 'STOPPED', lastStatus: 'RUNNING', attachments: [eni('ATTACHED')] }),
        task(4, { desiredStatus: 'STOPPED', lastStatus: 'STOPPED', attachments: [eni('ATTACHED')] }),
      ]);
      expect(run(engine, { count: 9 })).toEqual([0, 1, 1, 1]);
      engine.importTasks([task(3, { containerInstanceArn: arn(1), attachments: [eni('ATTACHED')] })]);
      expect(engine.check()).toEqual([]);
    });
  });
});
