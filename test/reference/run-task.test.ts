/** runTask and startTask: what they answer, what they report, and what they refuse. */
import { describe, expect, it } from 'vitest';
import { taskId } from '../../src/base/ids.ts';
import { engineKinds } from '../support/engines.ts';
import { arn, cluster, definition, instance, numberOf, reasons, refusal, run, whereOf } from '../support/shapes.ts';

const AWSVPC = definition('net', {}, { networkMode: 'awsvpc' });

describe.each(engineKinds)('$name', (kind) => {
  describe('runTask', () => {
    it('answers task records in AWS shape, numbered from 0 over all calls', async () => {
      const engine = await cluster(kind, [instance(0, { zone: 'z1', cpu: 256 })], undefined, {
        seed: 7,
        region: 'eu-west-1',
        account: '210987654321',
        cluster: 'quay',
      });
      const tags = [{ key: 'team', value: 'x' }];
      const { tasks, failures } = engine.runTask({ taskDefinition: 'web', count: 3, startedBy: 'me', tags });
      expect(tasks.map(({ taskArn }) => taskArn)).toEqual(
        [0, 1].map((n) => `arn:aws:ecs:eu-west-1:210987654321:task/quay/${taskId(7, n)}`),
      );
      expect(failures).toEqual([{ arn: arn(0), reason: 'RESOURCE:CPU' }]);
      expect(tasks[0]).toMatchObject({
        clusterArn: 'arn:aws:ecs:eu-west-1:210987654321:cluster/quay',
        containerInstanceArn: arn(0),
        taskDefinitionArn: 'arn:aws:ecs:eu-west-1:210987654321:task-definition/web:1',
        group: 'family:web',
        lastStatus: 'PENDING',
        desiredStatus: 'RUNNING',
        launchType: 'EC2',
        cpu: '128',
        memory: '128',
        availabilityZone: 'z1',
        startedBy: 'me',
        tags,
        containers: [{ name: 'main', cpu: '128', memory: '128' }],
      });
    });

    it('starts awsvpc tasks as PROVISIONING, which are not pending', async () => {
      const engine = await cluster(kind, [instance(0)], [AWSVPC]);
      expect(engine.runTask({ taskDefinition: 'net' }).tasks[0]?.lastStatus).toBe('PROVISIONING');
      const [shown] = engine.describeContainerInstances({ containerInstances: [arn(0)] }).containerInstances;
      expect(shown).toMatchObject({ runningTasksCount: 1, pendingTasksCount: 0 });
    });

    it('names the capacity provider in place of the launch type', async () => {
      const engine = await cluster(kind, [instance(0, { capacityProviderName: 'spot' })]);
      const [task] = engine.runTask({ taskDefinition: 'web', capacityProvider: 'spot' }).tasks;
      expect(task?.capacityProviderName).toBe('spot');
      expect(task).not.toHaveProperty('launchType');
    });

    it('reports each instance once, as it is after the last placement, however many are wanted', async () => {
      const engine = await cluster(kind, [
        instance(0, { cpu: 256 }),
        instance(1, { agentConnected: false }),
        instance(2, { cpu: 64 }),
      ]);
      const { tasks, failures } = engine.runTask({ taskDefinition: 'web', count: 50 });
      expect(tasks).toHaveLength(2);
      expect(failures.map(({ arn: at, reason }) => `${numberOf(at)}: ${reason}`)).toEqual([
        '0: RESOURCE:CPU',
        '1: AGENT',
        '2: RESOURCE:CPU',
      ]);
    });

    it('reports nothing when all were placed', async () => {
      const engine = await cluster(kind, [instance(0), instance(1, { cpu: 64 })]);
      expect(engine.runTask({ taskDefinition: 'web', count: 8 }).failures).toEqual([]);
    });

    it('refuses a cluster or provider in which no instance is ACTIVE', async () => {
      const engine = await cluster(kind, [instance(0, { status: 'DRAINING', capacityProviderName: 'spot' })]);
      const anywhere = () => engine.runTask({ taskDefinition: 'web' });
      expect(anywhere).toThrow(/^No Container Instances were found in your cluster\.$/);
      expect(refusal(anywhere)).toBe('InvalidParameterException NO_CONTAINER_INSTANCES');
      engine.registerContainerInstances([instance(1)]);
      expect(run(engine)).toEqual([1]);
      const provided = () => engine.runTask({ taskDefinition: 'web', capacityProvider: 'spot' });
      expect(provided).toThrow(/^No Container Instances were found in your capacity provider\.$/);
      expect(refusal(provided)).toBe('InvalidParameterException NO_CONTAINER_INSTANCES');
    });

    it('refuses when every ACTIVE instance is of the other launch type: there would be nothing to report', async () => {
      const engine = await cluster(kind, [instance(0)]);
      const call = () => engine.runTask({ taskDefinition: 'web', launchType: 'EXTERNAL' });
      expect(refusal(call)).toBe('InvalidParameterException NO_CONTAINER_INSTANCES');
    });

    it.each([
      {
        title: 'an unknown definition',
        input: { taskDefinition: 'none' },
        expected: 'ClientException UNKNOWN_TASK_DEFINITION',
      },
      { title: 'a count of zero', input: { count: 0 }, expected: 'InvalidParameterException OUT_OF_RANGE' },
      { title: 'half a task', input: { count: 1.5 }, expected: 'InvalidParameterException OUT_OF_RANGE' },
      {
        title: 'an expression that cannot be read',
        input: { placementConstraints: [{ type: 'memberOf' as const, expression: 'stack == prod' }] },
        expected: 'InvalidParameterException CQL_SYNTAX',
      },
      {
        title: 'Fargate',
        input: { launchType: 'FARGATE' },
        expected: 'InvalidParameterException FARGATE_HAS_NO_INSTANCE',
      },
    ])('refuses $title and changes nothing', async ({ input, expected }) => {
      const engine = await cluster(kind, [instance(0)]);
      const call = () => engine.runTask({ taskDefinition: 'web', count: 2, ...input });
      expect(refusal(call)).toBe(expected);
      expect(engine.stats().tasks).toBe(0);
      expect(run(engine, { count: 9 })).toHaveLength(8);
    });

    it('decides with the overrides and shows them', async () => {
      const engine = await cluster(kind, [instance(0)]);
      const overrides = { cpu: '512', containerOverrides: [{ name: 'main', memory: 300 }] };
      const { tasks } = engine.runTask({ taskDefinition: 'web', count: 5, overrides });
      expect(tasks.map(({ cpu, memory }) => [cpu, memory])).toEqual([
        ['512', '300'],
        ['512', '300'],
      ]);
      expect(tasks[0]?.overrides).toEqual(overrides);
    });
  });

  describe('startTask', () => {
    it('tries each instance in the given order, and says why not', async () => {
      const engine = await cluster(kind, [
        instance(0, { cpu: 64 }),
        instance(1, { status: 'DRAINING' }),
        instance(2),
        instance(3, { agentConnected: false }),
        instance(4, { status: 'REGISTERING', agentConnected: false }),
        instance(5),
      ]);
      engine.deregisterContainerInstance({ containerInstance: arn(5) });
      const containerInstances = ['no-such', arn(5), arn(4), arn(3), arn(2), arn(1), arn(0)];
      const { tasks, failures } = engine.startTask({ taskDefinition: 'web', containerInstances });
      expect(whereOf(tasks)).toEqual([2]);
      expect(failures).toEqual([
        { arn: 'no-such', reason: 'MISSING' },
        { arn: arn(5), reason: 'INACTIVE' },
        { arn: arn(4), reason: 'REGISTERING' },
        { arn: arn(3), reason: 'AGENT' },
        { arn: arn(1), reason: 'DRAINING' },
        { arn: arn(0), reason: 'RESOURCE:CPU' },
      ]);
    });

    it('asks neither for launch type nor provider, but for attributes, place and every resource', async () => {
      const needy = definition('needy', {}, { requiresAttributes: [{ name: 'a' }] });
      const port = definition('port', { portMappings: [{ containerPort: 80, hostPort: 80 }] });
      const gpu = definition('gpu', { resourceRequirements: [{ type: 'GPU', value: '1' }] });
      const engine = await cluster(
        kind,
        [
          instance(0, {
            attributes: { 'ecs.capability.external': null, 'ecs.instance-type': 't', 'ecs.vpc-id': 'vpc-1' },
            ports: ['80'],
            capacityProviderName: 'spot',
          }),
        ],
        [definition('web'), needy, port, gpu, AWSVPC],
        { instanceTypes: { t: { awsvpcTasks: 0 } } },
      );
      engine.registerSubnets([{ subnetId: 's', availabilityZone: 'z', vpcId: 'vpc-1' }]);
      const start = (taskDefinition: string, more = {}): (string | undefined)[] =>
        engine
          .startTask({ taskDefinition, containerInstances: [arn(0)], ...more })
          .failures.map(({ reason }) => reason);
      expect(start('web')).toEqual([]);
      expect(start('needy')).toEqual(['ATTRIBUTE']);
      expect(start('web', { enableExecuteCommand: true })).toEqual(['ATTRIBUTE']);
      expect(start('port')).toEqual(['RESOURCE:PORTS']);
      expect(start('gpu')).toEqual(['RESOURCE:GPU']);
      expect(start('net')).toEqual(['RESOURCE:ENI']);
      expect(start('net', { networkConfiguration: { awsvpcConfiguration: { subnets: ['s'] } } })).toEqual(['LOCATION']);
    });

    it('makes records like those of runTask, in the default group or the given one', async () => {
      const engine = await cluster(kind, [instance(0)]);
      const [first] = engine.startTask({ taskDefinition: 'web', containerInstances: [arn(0)], startedBy: 'me' }).tasks;
      expect(first).toMatchObject({
        group: 'family:web',
        startedBy: 'me',
        lastStatus: 'PENDING',
        desiredStatus: 'RUNNING',
      });
      engine.startTask({ taskDefinition: 'web', containerInstances: [arn(0)], group: 'g' });
      const distinct = [{ type: 'distinctInstance' as const }];
      expect(reasons(engine, { group: 'g', placementConstraints: distinct })).toHaveLength(1);
      expect(engine.stats().tasks).toBe(2);
    });

    it('takes no placement parameters', async () => {
      const engine = await cluster(kind, [instance(0)]);
      const call = () =>
        engine.startTask({ ...{ placementStrategy: [] }, taskDefinition: 'web', containerInstances: [arn(0)] });
      expect(refusal(call)).toBe('InvalidParameterException NOT_ALLOWED');
    });
  });
});
