/** Tasks, placements, queries and snapshots, as they must not be. */
import { instanceArn } from '../../support/arbitraries/names.ts';
import type { HostileCall } from './call.ts';

const run = (name: string, input: object, rest: Partial<HostileCall> = {}): HostileCall => ({
  name: `a task with ${name}`,
  call: (engine) => engine.runTask({ taskDefinition: 'web', ...input } as never),
  ...rest,
});

export const TASKS: readonly HostileCall[] = [
  run(
    'an unknown definition',
    { taskDefinition: 'unheard-of:3' },
    { code: 'UNKNOWN_TASK_DEFINITION', says: ['unheard-of:3'] },
  ),
  run('a number as definition', { taskDefinition: 4 }, { path: 'taskDefinition', says: ['4'] }),
  run('count 0', { count: 0 }, { path: 'count', says: ['0'] }),
  run('count -3', { count: -3 }, { path: 'count', says: ['-3'] }),
  run('count 1.5', { count: 1.5 }, { path: 'count', says: ['1.5'] }),
  run('count "2"', { count: '2' }, { path: 'count', says: ['"2"'] }),
  run('more tasks than there can be', { count: 10_000_001 }, { path: 'count', says: ['10000001'] }),
  run(
    'six strategies',
    { placementStrategy: Array(6).fill({ type: 'random' }) },
    { path: 'placementStrategy', says: ['6'] },
  ),
  run(
    'eleven constraints',
    { placementConstraints: Array(11).fill({ type: 'memberOf', expression: 'attribute:a exists' }) },
    { path: 'placementConstraints', says: ['11'] },
  ),
  run(
    'a strategy that is none',
    { placementStrategy: [{ type: 'tidy' }] },
    { path: 'placementStrategy[0].type', says: ['tidy'] },
  ),
  run(
    'binpack by disk',
    { placementStrategy: [{ type: 'random' }, { type: 'binpack', field: 'disk' }] },
    { path: 'placementStrategy[1].field', says: ['disk'] },
  ),
  run(
    'random with a field',
    { placementStrategy: [{ type: 'random', field: '' }] },
    { path: 'placementStrategy[0].field' },
  ),
  run('spread over nothing', { placementStrategy: [{ type: 'spread' }] }, { path: 'placementStrategy[0].field' }),
  run(
    'distinctInstance with an expression',
    { placementConstraints: [{ type: 'distinctInstance', expression: '' }] },
    { says: ['distinctInstance expression should not be specified.'] },
  ),
  run(
    'memberOf without an expression',
    { placementConstraints: [{ type: 'memberOf' }] },
    { path: 'placementConstraints[0].expression' },
  ),
  run(
    'an expression of 2,001 characters',
    { placementConstraints: [{ type: 'memberOf', expression: `attribute:a == ${'x'.repeat(1986)}` }] },
    { says: ['2000'] },
  ),
  run(
    'an expression that cannot be read',
    { placementConstraints: [{ type: 'memberOf', expression: 'attribute:stack = prod' }] },
    { says: ['column 17', '"="'] },
  ),
  run(
    'an expression of nothing but brackets',
    { placementConstraints: [{ type: 'memberOf', expression: '('.repeat(1999) }] },
    {},
  ),
  run(
    'a look-behind',
    { placementConstraints: [{ type: 'memberOf', expression: "attribute:stack =~ '(?<=a)b'" }] },
    { says: ['(?<=a)b'] },
  ),
  run('Fargate as launch type', { launchType: 'FARGATE' }, { code: 'FARGATE_HAS_NO_INSTANCE' }),
  run(
    'Fargate and a strategy',
    { launchType: 'FARGATE', placementStrategy: [{ type: 'random' }] },
    { says: ['Placement strategies are not supported with FARGATE launch type.'] },
  ),
  run(
    'Fargate and a constraint',
    { launchType: 'FARGATE', placementConstraints: [{ type: 'distinctInstance' }] },
    { says: ['Placement constraints are not supported with FARGATE launch type.'] },
  ),
  run('a launch type and a provider', { launchType: 'EC2', capacityProvider: 'spot' }, {}),
  run(
    'two providers',
    { capacityProviderStrategy: [{ capacityProvider: 'a' }, { capacityProvider: 'b' }] },
    { code: 'CAPACITY_PROVIDER_SPLIT' },
  ),
  run(
    'a provider without instances',
    { capacityProvider: 'nobody' },
    { code: 'NO_CONTAINER_INSTANCES', says: ['in your capacity provider.'] },
  ),
  run('an empty group', { group: '' }, { path: 'group' }),
  run('a group of 256 characters', { group: 'g'.repeat(256) }, { path: 'group', says: ['255'] }),
  run(
    'an unknown subnet',
    { taskDefinition: 'net', networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-x'] } } },
    { code: 'UNKNOWN_SUBNET', says: ['subnet-x'] },
  ),
  run(
    'overrides of 8,193 characters',
    { overrides: { note: 'n'.repeat(8193) } },
    { path: 'overrides', says: ['8192'] },
  ),
  run('overrides that are text', { overrides: 'cpu=3' }, { path: 'overrides' }),
  { name: 'no input at all', call: (engine) => engine.runTask(undefined as never) },
  {
    name: 'to start on no instance',
    call: (engine) => engine.startTask({ taskDefinition: 'web', containerInstances: [] }),
    path: 'containerInstances',
  },
  {
    name: 'to start twice on one instance',
    call: (engine, { instances }) =>
      engine.startTask({ taskDefinition: 'web', containerInstances: [String(instances[0]), String(instances[0])] }),
    says: [instanceArn(0)],
  },
  {
    name: 'to stop an unknown task',
    call: (engine) => engine.stopTask({ task: 'nobody' }),
    code: 'UNKNOWN_TASK',
    says: ['The referenced task was not found.'],
  },
  {
    name: 'a status that is none',
    call: (engine, { tasks }) => engine.submitTaskStateChange({ task: String(tasks[0]), status: 'SLEEPING' }),
    says: ['SLEEPING'],
  },
  {
    name: 'a status that lies behind',
    call: (engine, { tasks }) => engine.submitTaskStateChange({ task: String(tasks[0]), status: 'PROVISIONING' }),
    code: 'TASK_STATUS_BACKWARD',
    says: ['PROVISIONING'],
  },
  { name: 'tasks that are no list', call: (engine) => engine.importTasks('tasks' as never) },
  {
    name: 'an existing task without an ARN',
    call: (engine, { instances }) =>
      engine.importTasks([{ taskArn: 't/1', containerInstanceArn: instances[0], group: 'g' }, { group: 'g' }]),
    path: 'tasks[1].taskArn',
  },
  {
    name: 'a filter that cannot be read',
    call: (engine) => engine.listContainerInstances({ filter: 'runningTasksCount == many' }),
    says: ['many'],
  },
  {
    name: 'a list of a status that is none',
    call: (engine) => engine.listContainerInstances({ status: 'odd' }),
    says: ['odd'],
  },
  {
    name: 'to explain an unknown definition',
    call: (engine) => engine.explain({ taskDefinition: 'unheard-of' }),
    says: ['unheard-of'],
  },
  {
    name: 'to prepare an unknown definition',
    call: (engine) => engine.prepare({ taskDefinition: 'unheard-of' }),
    says: ['unheard-of'],
  },
  {
    name: 'to give back what was never placed',
    call: (engine) => engine.prepare({ taskDefinition: 'web', group: 'other' }).release(Int32Array.of(0), 1),
    code: 'NOT_HELD',
  },
  {
    name: 'to give back what task records hold',
    call: (engine, { instances, tasks }) => {
      const { containerInstanceArn } = engine.describeTasks({ tasks }).tasks[0] ?? {};
      engine
        .prepare({ taskDefinition: 'web' })
        .release(Int32Array.of(instances.indexOf(String(containerInstanceArn))), 1);
    },
    code: 'NOT_HELD',
  },
  {
    name: 'to give back a slot that is none',
    call: (engine) => engine.prepare({ taskDefinition: 'web' }).release(Int32Array.of(-5), 1),
    code: 'NOT_HELD',
  },
  {
    name: 'to stop what was never placed',
    call: (engine) => engine.prepare({ taskDefinition: 'web', group: 'other' }).stop(Int32Array.of(0), 1),
    code: 'NOT_HELD',
    path: 'slots',
  },
  {
    name: 'to free what was never stopped',
    call: (engine) => engine.prepare({ taskDefinition: 'web' }).free(Int32Array.of(0), 1),
    code: 'NOT_HELD',
    says: ['did not stop'],
  },
  {
    name: 'to place at half a slot',
    call: (engine) => engine.prepare({ taskDefinition: 'web' }).placeAt(0.5),
    path: 'slot',
    says: ['0.5'],
  },
  {
    name: 'to place more than the array holds',
    call: (engine) => engine.prepare({ taskDefinition: 'web' }).place(3, new Int32Array(2)),
  },
  {
    name: 'to place half a task',
    call: (engine) => engine.prepare({ taskDefinition: 'web' }).place(0.5, new Int32Array(2)),
  },
  {
    name: 'a subnet without a zone',
    call: (engine) => engine.registerSubnets([{ subnetId: 's', vpcId: 'v' }] as never),
    says: ['availabilityZone'],
  },
  { name: 'a snapshot of nothing', call: (engine) => engine.restore(new Uint8Array(0)), code: 'SNAPSHOT_MISMATCH' },
  {
    name: 'a snapshot of noise',
    call: (engine) => engine.restore(Uint8Array.from({ length: 4096 }, (_, k) => (k * 37) & 255)),
    code: 'SNAPSHOT_MISMATCH',
  },
];
