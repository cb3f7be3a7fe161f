/** Container instances: registration, look-up, states, the agent, attributes, listing. */
import { describe, expect, it } from 'vitest';
import { engineKinds } from '../support/engines.ts';
import {
  arn,
  cluster,
  described,
  instance,
  left,
  numberOf,
  reasons,
  refusal,
  run,
  whereOf,
} from '../support/shapes.ts';

const missing = (name: string) => ({ arn: name, reason: 'MISSING' });
const idOf = (number: number): string => arn(number).slice(-32);

describe.each(engineKinds)('$name', (kind) => {
  describe('registering', () => {
    it('shows members given again, with the live ones brought up to date', async () => {
      const registeredAt = new Date('2026-01-05T00:00:00Z');
      const given = instance(0, {
        ec2InstanceId: 'i-1',
        version: 7,
        tags: [{ key: 'a' }],
        registeredAt,
        ports: ['51678', '22'],
      });
      const engine = await cluster(kind, [given]);
      expect(described(engine, 0)).toMatchObject({
        containerInstanceArn: arn(0),
        ec2InstanceId: 'i-1',
        version: 7,
        tags: [{ key: 'a' }],
        registeredAt,
        status: 'ACTIVE',
        agentConnected: true,
        runningTasksCount: 0,
        pendingTasksCount: 0,
        registeredResources: given.registeredResources,
      });
      expect(left(engine, 0, 'PORTS')).toEqual(['22', '51678']);
    });

    it('refuses an instance that is registered already, by ARN and by id, and then registers none', async () => {
      const engine = await cluster(kind, [instance(0)]);
      const again = { ...instance(0), containerInstanceArn: `arn:aws:ecs:x:1:container-instance/${idOf(0)}` };
      for (const one of [instance(0), again]) {
        const call = () => engine.registerContainerInstances([instance(1), one]);
        expect(refusal(call)).toBe('InvalidParameterException DUPLICATE_CONTAINER_INSTANCE');
      }
      expect(engine.listContainerInstances().containerInstanceArns).toEqual([arn(0)]);
    });

    it('starts from the tasks the instance record tells of', async () => {
      const engine = await cluster(kind, [instance(0, { runningTasksCount: 2, pendingTasksCount: 1, cpuLeft: 256 })]);
      run(engine);
      expect(described(engine, 0)).toMatchObject({ runningTasksCount: 3, pendingTasksCount: 2 });
      expect(left(engine, 0, 'CPU')).toBe(128);
    });
  });

  describe('looking up', () => {
    it('finds by ARN and by id, and says MISSING of others as they were asked for', async () => {
      const engine = await cluster(kind, [instance(0), instance(1)]);
      const elsewhere = arn(0).replace('us-east-1', 'eu-west-1');
      const { containerInstances, failures } = engine.describeContainerInstances({
        containerInstances: [arn(1), 'no-such', idOf(0), elsewhere],
      });
      expect(containerInstances.map((one) => numberOf(one.containerInstanceArn))).toEqual([1, 0]);
      expect(failures).toEqual([missing('no-such'), missing(elsewhere)]);
    });

    it('names the instance in a slot, and refuses a free one', async () => {
      const engine = await cluster(kind, [instance(4)]);
      expect(engine.containerInstanceArn(0)).toBe(arn(4));
      for (const slot of [1, -1]) {
        const call = () => engine.containerInstanceArn(slot);
        expect(refusal(call)).toBe('InvalidParameterException UNKNOWN_CONTAINER_INSTANCE');
      }
    });
  });

  describe('deregistering', () => {
    it.each([
      { title: 'one running task', shape: { runningTasksCount: 1 } },
      { title: 'one pending task', shape: { pendingTasksCount: 1 } },
    ])('is refused without force where there is $title', async ({ shape }) => {
      const engine = await cluster(kind, [instance(0, shape)]);
      const call = () => engine.deregisterContainerInstance({ containerInstance: arn(0) });
      expect(call).toThrow('Found running tasks on the instance.');
      expect(refusal(call)).toBe('InvalidParameterException INSTANCE_HAS_TASKS');
      expect(engine.stats().instances).toBe(1);
      const { containerInstance } = engine.deregisterContainerInstance({ containerInstance: idOf(0), force: true });
      expect(containerInstance).toMatchObject({ containerInstanceArn: arn(0), status: 'INACTIVE', ...shape });
      expect(engine.stats().instances).toBe(0);
    });

    it('needs no force where nothing runs, also with a task that is stopping but neither running nor pending', async () => {
      const engine = await cluster(kind, [instance(0)]);
      const task = engine.runTask({ taskDefinition: 'web' }).tasks[0]?.taskArn ?? '';
      engine.submitTaskStateChange({ task, status: 'RUNNING' });
      engine.stopTask({ task });
      engine.deregisterContainerInstance({ containerInstance: arn(0) });
      expect(engine.describeTasks({ tasks: [task] }).tasks[0]).toMatchObject({ lastStatus: 'STOPPED' });
    });

    it('stops the records by force; they stay describable and keep their instance', async () => {
      const engine = await cluster(kind, [
        instance(0, { zone: 'z1', attributes: { 'ecs.cpu-architecture': 'arm64' } }),
      ]);
      const [task] = engine.runTask({ taskDefinition: 'web' }).tasks;
      engine.deregisterContainerInstance({ containerInstance: arn(0), force: true });
      engine.registerContainerInstances([instance(1, { zone: 'z2' })]);
      const [after] = engine.describeTasks({ tasks: [task?.taskArn ?? ''] }).tasks;
      expect(after).toMatchObject({
        containerInstanceArn: arn(0),
        availabilityZone: 'z1',
        attributes: [{ name: 'ecs.cpu-architecture', value: 'arm64' }],
        lastStatus: 'STOPPED',
        desiredStatus: 'STOPPED',
      });
      engine.submitTaskStateChange({ task: task?.taskArn ?? '', status: 'STOPPED' });
      expect(left(engine, 1, 'CPU')).toBe(1024);
      expect(engine.check()).toEqual([]);
    });

    it('forgets the instance, which may come back anew', async () => {
      const engine = await cluster(kind, [instance(0)]);
      run(engine, { count: 2, group: 'g' });
      engine.deregisterContainerInstance({ containerInstance: arn(0), force: true });
      const call = () => engine.deregisterContainerInstance({ containerInstance: arn(0) });
      expect(refusal(call)).toBe('InvalidParameterException UNKNOWN_CONTAINER_INSTANCE');
      engine.registerContainerInstances([instance(0)]);
      expect(described(engine, 0)).toMatchObject({ runningTasksCount: 0, pendingTasksCount: 0 });
      expect(left(engine, 0, 'CPU')).toBe(1024);
      expect(run(engine, { group: 'g', placementConstraints: [{ type: 'distinctInstance' }] })).toEqual([0]);
    });
  });

  describe('draining and activating', () => {
    it('changes what it finds and names what it does not', async () => {
      const engine = await cluster(kind, [instance(0), instance(1)]);
      const answer = engine.updateContainerInstancesState({
        containerInstances: [arn(1), 'no-such'],
        status: 'DRAINING',
      });
      expect(answer.containerInstances.map(({ status }) => status)).toEqual(['DRAINING']);
      expect(answer.failures).toEqual([missing('no-such')]);
      expect(run(engine, { count: 20 })).toEqual(new Array(8).fill(0));
      engine.updateContainerInstancesState({ containerInstances: [arn(1)], status: 'ACTIVE' });
      expect(run(engine)).toEqual([1]);
    });

    it('takes no other status', async () => {
      const engine = await cluster(kind, [instance(0)]);
      const call = () => engine.updateContainerInstancesState({ containerInstances: [arn(0)], status: 'INACTIVE' });
      expect(refusal(call)).toBe('InvalidParameterException NOT_ALLOWED');
    });

    it('refuses the whole call for an instance that is neither ACTIVE nor DRAINING', async () => {
      const engine = await cluster(kind, [instance(0), instance(1, { status: 'REGISTERING' })]);
      const containerInstances = [arn(0), arn(1)];
      const call = () => engine.updateContainerInstancesState({ containerInstances, status: 'DRAINING' });
      expect(refusal(call)).toBe('InvalidParameterException INSTANCE_STATUS');
      expect(described(engine, 0).status).toBe('ACTIVE');
    });

    it('leaves running tasks and their counts alone', async () => {
      const engine = await cluster(kind, [instance(0)]);
      run(engine, { count: 2 });
      engine.updateContainerInstancesState({ containerInstances: [arn(0)], status: 'DRAINING' });
      expect(described(engine, 0)).toMatchObject({ runningTasksCount: 2, status: 'DRAINING' });
    });
  });

  it('loses and finds an agent', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const lost = engine.setAgentConnected({ containerInstance: arn(0), agentConnected: false });
    expect(lost.containerInstance.agentConnected).toBe(false);
    expect(reasons(engine)).toEqual(['0: AGENT']);
    engine.setAgentConnected({ containerInstance: idOf(0), agentConnected: true });
    expect(run(engine)).toEqual([0]);
  });

  describe('attributes', () => {
    const names = (engine: Awaited<ReturnType<typeof cluster>>): (string | undefined)[] =>
      (described(engine, 0).attributes ?? []).map(({ name, value }) =>
        value === undefined ? name : `${name}=${value}`,
      );

    it('change in place or go to the end, and can be deleted', async () => {
      const engine = await cluster(kind, [instance(0, { attributes: { a: '1', b: '2' } })]);
      const targetId = arn(0);
      const put = engine.putAttributes({
        attributes: [
          { name: 'c', targetId },
          { name: 'a', value: '9', targetId: idOf(0), targetType: 'container-instance' },
        ],
      });
      expect(put.attributes).toEqual([
        { name: 'c', targetType: 'container-instance', targetId },
        { name: 'a', value: '9', targetType: 'container-instance', targetId },
      ]);
      expect(names(engine)).toEqual(['a=9', 'b=2', 'c']);
      engine.deleteAttributes({
        attributes: [
          { name: 'a', targetId },
          { name: 'absent', targetId },
        ],
      });
      expect(names(engine)).toEqual(['b=2', 'c']);
      engine.putAttributes({ attributes: [{ name: 'a', value: '1', targetId }] });
      expect(names(engine)).toEqual(['b=2', 'c', 'a=1']);
    });

    it('go to no unknown target, and then to none', async () => {
      const engine = await cluster(kind, [instance(0)]);
      const attributes = [arn(0), arn(1)].map((targetId) => ({ name: 'a', targetId }));
      for (const call of [() => engine.putAttributes({ attributes }), () => engine.deleteAttributes({ attributes })]) {
        expect(refusal(call)).toBe('TargetNotFoundException UNKNOWN_TARGET');
      }
      expect(names(engine)).toEqual([]);
    });

    it('may be ten custom ones on an instance, capabilities not counted, replacements always', async () => {
      const nine = Object.fromEntries(Array.from({ length: 9 }, (_, k) => [`own-${k}`, 'x']));
      const engine = await cluster(kind, [
        instance(0, { attributes: { ...nine, 'ecs.a': 'x', 'com.amazonaws.ecs.b': null } }),
      ]);
      const targetId = arn(0);
      const two = () => engine.putAttributes({ attributes: ['ten', 'eleven'].map((name) => ({ name, targetId })) });
      expect(refusal(two)).toBe('AttributeLimitExceededException ATTRIBUTE_LIMIT');
      expect(names(engine)).toHaveLength(11);
      engine.putAttributes({ attributes: [{ name: 'ten', targetId }] });
      engine.putAttributes({ attributes: [{ name: 'own-3', value: 'y', targetId }] });
      expect(refusal(two)).toBe('AttributeLimitExceededException ATTRIBUTE_LIMIT');
      expect(names(engine)).toContain('own-3=y');
    });

    it('beyond ten at registration can still be replaced', async () => {
      const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, k) => [`own-${k}`, 'x']));
      const engine = await cluster(kind, [instance(0, { attributes: eleven })]);
      engine.putAttributes({ attributes: [{ name: 'own-0', value: 'y', targetId: arn(0) }] });
      expect(names(engine)).toContain('own-0=y');
    });

    it('leave the interfaces of the instance as they were at registration', async () => {
      const engine = await cluster(kind, [instance(0, { attributes: { 'ecs.instance-type': 't' } })], undefined, {
        instanceTypes: { t: { awsvpcTasks: 1 } },
      });
      engine.registerTaskDefinition({
        family: 'net',
        requiresAttributes: [],
        networkMode: 'awsvpc',
        containerDefinitions: [{ name: 'c', memory: 4 }],
      });
      engine.deleteAttributes({ attributes: [{ name: 'ecs.instance-type', targetId: arn(0) }] });
      expect(run(engine, { taskDefinition: 'net', count: 3 })).toEqual([0]);
    });
  });

  describe('listing', () => {
    const shapes = [{}, { status: 'DRAINING' }, { status: 'INACTIVE' }, { status: 'REGISTERING' }];

    it('shows all but INACTIVE ones, or those of one status', async () => {
      const engine = await cluster(
        kind,
        shapes.map((shape, k) => instance(k, shape)),
      );
      const listed = (status?: string): number[] =>
        engine.listContainerInstances({ status }).containerInstanceArns.map(numberOf);
      expect(listed()).toEqual([0, 1, 3]);
      expect(listed('DRAINING')).toEqual([1]);
      expect(listed('REGISTRATION_FAILED')).toEqual([]);
      expect(refusal(() => listed('INACTIVE'))).toBe('InvalidParameterException NOT_ALLOWED');
    });

    it('filters by an expression and status at once', async () => {
      const engine = await cluster(
        kind,
        shapes.map((shape, k) => instance(k, { ...shape, attributes: k < 2 ? { stack: 'prod' } : {} })),
      );
      const filter = 'attribute:stack == prod';
      expect(engine.listContainerInstances({ filter }).containerInstanceArns).toEqual([arn(0), arn(1)]);
      expect(engine.listContainerInstances({ filter, status: 'ACTIVE' }).containerInstanceArns).toEqual([arn(0)]);
    });
  });

  it('starts no task on a deregistered instance until it comes back', async () => {
    const engine = await cluster(kind, [instance(0), instance(1)]);
    engine.deregisterContainerInstance({ containerInstance: arn(0) });
    const start = () => engine.startTask({ taskDefinition: 'web', containerInstances: [idOf(0)] });
    expect(start().failures).toEqual([{ arn: idOf(0), reason: 'INACTIVE' }]);
    engine.registerContainerInstances([instance(0)]);
    expect(whereOf(start().tasks)).toEqual([0]);
  });
});
