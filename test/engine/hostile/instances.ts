/** Container instances, their attributes and their states, as they must not be. */
import { instanceArn } from '../../support/arbitraries/names.ts';
import type { HostileCall } from './call.ts';

const amount = (name: string, integerValue: unknown) => ({ name, type: 'INTEGER', integerValue });
const good = (number: number, more: object = {}): object => ({
  containerInstanceArn: instanceArn(number),
  registeredResources: [amount('CPU', 10), amount('MEMORY', 10)],
  ...more,
});

/** A good instance first: it must not stay. */
const register = (name: string, bad: unknown, rest: Partial<HostileCall>): HostileCall => ({
  name: `an instance with ${name}`,
  call: (engine) => engine.registerContainerInstances([good(100), bad] as never),
  ...rest,
});

export const INSTANCES: readonly HostileCall[] = [
  {
    name: 'no list of instances',
    call: (engine) => engine.registerContainerInstances({ not: 'a list' } as never),
    says: ['containerInstances'],
  },
  register('text in its place', 'i-1', { path: 'containerInstances[1]', says: ['"i-1"'] }),
  register('null in its place', null, { path: 'containerInstances[1]', says: ['null'] }),
  register('no ARN', { registeredResources: [] }, { path: 'containerInstances[1].containerInstanceArn' }),
  register('a number as ARN', good(101, { containerInstanceArn: 7 }), {
    path: 'containerInstances[1].containerInstanceArn',
    says: ['7'],
  }),
  register('the ARN of another in the call', good(100), { says: [instanceArn(100)] }),
  register('the ARN of one that is registered', good(1), { says: [instanceArn(1)] }),
  register('a status that is none', good(101, { status: 'SLEEPY' }), {
    path: 'containerInstances[1].status',
    says: ['SLEEPY'],
  }),
  register('text for agentConnected', good(101, { agentConnected: 'true' }), {
    path: 'containerInstances[1].agentConnected',
    says: ['"true"'],
  }),
  register('less than no memory', good(101, { registeredResources: [amount('MEMORY', -1)] }), {
    says: ['containerInstances[1].registeredResources[0].integerValue', '-1'],
  }),
  register('a huge amount of cpu', good(101, { registeredResources: [amount('CPU', 2 ** 40)] }), {
    says: ['registeredResources[0].integerValue', '1099511627776'],
  }),
  register('half a unit', good(101, { registeredResources: [amount('CPU', 0.5)] }), {
    says: ['registeredResources[0].integerValue', '0.5'],
  }),
  register('more left than there is', good(101, { remainingResources: [amount('CPU', 11), amount('MEMORY', 10)] }), {
    says: ['remainingResources', '11'],
  }),
  register(
    'a port beyond the last',
    good(101, { registeredResources: [{ name: 'PORTS', type: 'STRINGSET', stringSetValue: ['70000'] }] }),
    { says: ['stringSetValue[0]', '70000'] },
  ),
  register('attributes that are no list', good(101, { attributes: 'stack' }), {
    path: 'containerInstances[1].attributes',
  }),
  register('an attribute without a name', good(101, { attributes: [{ value: 'x' }] }), {
    path: 'containerInstances[1].attributes[0].name',
  }),
  register('a count below zero', good(101, { runningTasksCount: -2 }), {
    path: 'containerInstances[1].runningTasksCount',
    says: ['-2'],
  }),
  register('no number as date', good(101, { registeredAt: 'yesterday' }), {
    path: 'containerInstances[1].registeredAt',
    says: ['yesterday'],
  }),
  {
    name: 'to deregister an unknown instance',
    call: (engine) => engine.deregisterContainerInstance({ containerInstance: 'nobody' }),
    says: ['nobody'],
  },
  {
    name: 'to deregister an instance with tasks',
    call: (engine, { tasks }) =>
      engine.deregisterContainerInstance({
        containerInstance: String(engine.describeTasks({ tasks }).tasks[0]?.containerInstanceArn),
      }),
    code: 'INSTANCE_HAS_TASKS',
    says: ['Found running tasks on the instance.'],
  },
  {
    name: 'a state that is neither',
    call: (engine, { instances }) =>
      engine.updateContainerInstancesState({ containerInstances: instances, status: 'INACTIVE' }),
    says: ['INACTIVE'],
  },
  {
    name: 'an agent that is text',
    call: (engine, { instances }) =>
      engine.setAgentConnected({ containerInstance: instances[0], agentConnected: 'no' } as never),
    path: 'agentConnected',
  },
  {
    name: 'an attribute of an unknown instance',
    call: (engine, { instances }) =>
      engine.putAttributes({
        attributes: [
          { name: 'a', value: 'b', targetId: String(instances[0]) },
          { name: 'a', targetId: 'arn:aws:ecs:x:1:container-instance/default/none' },
        ],
      }),
    says: ['none'],
  },
  {
    name: 'a reserved attribute',
    call: (engine, { instances }) =>
      engine.putAttributes({ attributes: [{ name: 'ecs.ami-id', value: 'b', targetId: String(instances[0]) }] }),
    path: 'attributes[0].name',
    says: ['ecs.ami-id'],
  },
  {
    name: 'an eleventh attribute',
    call: (engine, { instances }) =>
      engine.putAttributes({
        attributes: Array.from({ length: 10 }, (_, k) => ({
          name: `a${k}`,
          value: 'b',
          targetId: String(instances[0]),
        })),
      }),
    says: ['10'],
  },
  {
    name: 'a short id without its type',
    call: (engine) =>
      engine.putAttributes({ attributes: [{ name: 'a', targetId: instanceArn(0).split('/').pop() as string }] }),
    path: 'attributes[0].targetType',
  },
  {
    name: 'the instance in a slot that is no number at all',
    call: (engine) => engine.containerInstanceArn(Object.create(null)),
    code: 'UNKNOWN_CONTAINER_INSTANCE',
    path: 'slot',
  },
];
