/** check: sound tables have nothing to say; each invariant is told of when it is broken by hand. */
import { describe, expect, it } from 'vitest';
import { parseContainerInstances } from '../../src/model/container-instance.ts';
import { parseRunTask } from '../../src/model/run-task.ts';
import { runTask } from '../../src/reference/run.ts';
import { type Instance, newState, type State } from '../../src/reference/state.ts';
import { check } from '../../src/reference/table/check.ts';
import { addInstance } from '../../src/reference/table/instances.ts';
import { engineKinds } from '../support/engines.ts';
import { arn, cluster, definition, instance, run } from '../support/shapes.ts';

const WEB = definition('web', {
  portMappings: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81 }],
  resourceRequirements: [{ type: 'GPU', value: '1' }],
});

/** Two instances, one task on each. */
function busy(): { state: State; first: Instance } {
  const state = newState({ instanceTypes: { t: { awsvpcTasks: 2 } } });
  const shape = { gpuIds: ['0', '1'], attributes: { 'ecs.instance-type': 't' } };
  for (const record of parseContainerInstances([instance(0, shape), instance(1, shape)])) addInstance(state, record);
  state.registry.register(WEB);
  runTask(state, parseRunTask({ taskDefinition: 'web', count: 2 }, state.registry, state.subnets));
  return { state, first: state.instances[0] as Instance };
}

const BREAKS: Record<string, (first: Instance, state: State) => void> = {
  'cpu below zero': (first) => {
    first.remainingCpu = -1;
  },
  'cpu above what is registered': (first) => {
    first.remainingCpu = 2000;
  },
  'cpu that a record holds': (first) => {
    first.remainingCpu = 1024;
  },
  'memory that a record holds': (first) => {
    first.remainingMemoryMiB = 1000;
  },
  'GPUs that a record holds': (first) => {
    first.remainingGpus = 2;
  },
  'more interfaces than there are': (first) => {
    first.enisTaken = 3;
  },
  'fewer running tasks than active records': (first) => {
    first.runningTasks = 0;
  },
  'a count of zero': (first) => {
    first.groups.push({ group: 'x', count: 0 });
  },
  'a group count below its records': (first) => {
    first.groups = [];
  },
  'a static port that is free': (first) => {
    first.portsTaken = [];
  },
  'a port taken twice': (first) => {
    first.portsTaken.push({ port: 9, protocol: 'tcp' }, { port: 9, protocol: 'tcp' });
  },
  'a task held by nobody': (first) => {
    first.tasks = [];
  },
  'a task held by another instance': (first, state) => {
    state.instances[1]?.tasks.push(...first.tasks);
  },
  'a stopped task that is held': (_, state) => {
    for (const task of state.tasks) task.lastStatus = 'STOPPED';
  },
  'instances out of order': (_, state) => {
    state.instances.reverse();
  },
  'an instance that stands twice': (first, state) => {
    state.instances.push({ ...first, slot: 9, registration: 9, tasks: [] });
  },
};

describe('the reference', () => {
  it('is sound after placements', () => {
    expect(check(busy().state)).toEqual([]);
  });

  it.each(Object.keys(BREAKS))('tells of %s', (name) => {
    const { state, first } = busy();
    BREAKS[name]?.(first, state);
    expect(check(state)).not.toEqual([]);
  });
});

describe.each(engineKinds)('$name', (kind) => {
  it('is sound through the life of tasks and instances', async () => {
    const engine = await cluster(
      kind,
      [0, 1, 2].map((k) => instance(k, { gpuIds: ['0', '1'], ports: ['22'] })),
      [WEB, definition('api')],
    );
    const steps = [
      () => engine.runTask({ taskDefinition: 'web', count: 5 }),
      () => run(engine, { taskDefinition: 'api', count: 9, group: 'g' }),
      () => engine.stopTask({ task: engine.runTask({ taskDefinition: 'api' }).tasks[0]?.taskArn ?? '' }),
      () => engine.prepare({ taskDefinition: 'api' }).place(2, new Int32Array(2)),
      () => engine.deregisterContainerInstance({ containerInstance: arn(1), force: true }),
      () => engine.registerContainerInstances([instance(5)]),
      () => run(engine, { taskDefinition: 'api', count: 9 }),
    ];
    for (const step of steps) {
      step();
      expect(engine.check()).toEqual([]);
    }
  });
});
