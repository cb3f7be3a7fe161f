/** Which targets a task gets, and in which group of a blue/green service. */
import { describe, expect, it } from 'vitest';
import type { ClusterState, TaskState } from '../../../src/cluster/state.ts';
import { isActivated } from '../../../src/traffic/decide/activate.ts';
import { register } from '../../../src/traffic/decide/register.ts';
import { observe, type TaskTraffic } from '../../../src/traffic/observe.ts';
import {
  ec2Instance,
  type RevisionOptions,
  revision,
  runningTask,
  scene,
  serviceNamed,
  targetGroup,
} from '../scene.ts';

function trafficOf(state: ClusterState, task: TaskState): TaskTraffic {
  return observe(state).tasks.find((traffic) => traffic.task === task) as TaskTraffic;
}

function placesOf(state: ClusterState, task: TaskState): string[] {
  return register(trafficOf(state, task)).map(
    ({ group, id, port }) => `${group.settings.targetGroupName} ${id}:${port}`,
  );
}

const groups = [1, 2, 3, 4, 5].map((k) => targetGroup(`tg${k}`));
const entries = groups.map(({ targetGroupArn }, k) => ({
  targetGroupArn,
  containerName: 'app',
  containerPort: 8001 + k,
}));

describe('a RUNNING task', () => {
  it('gets a target in each of five groups, in order, new', () => {
    const state = scene(groups);
    const task = runningTask(state, revision(serviceNamed('web'), { loadBalancers: entries }));
    const ports = [1, 2, 3, 4, 5].map((k) => `tg${k} 10.0.0.4:${8000 + k}`);
    expect(placesOf(state, task)).toEqual(ports);
    expect(register(trafficOf(state, task))[0]).toMatchObject({
      health: 'initial',
      reason: 'Elb.InitialHealthChecking',
    });
  });

  it.each(['PROVISIONING', 'PENDING'] as const)('gets none while %s', (lastStatus) => {
    const state = scene([targetGroup('web')]);
    expect(placesOf(state, runningTask(state, revision(serviceNamed('web')), { lastStatus }))).toEqual([]);
  });

  it('gets none when it shall stop, when the service has no load balancer, or in an unknown group', () => {
    const state = scene([targetGroup('other')]);
    const stopping = runningTask(state, revision(serviceNamed('web')), { desiredStatus: 'STOPPED' });
    const bare = runningTask(state, revision(serviceNamed('bare'), { loadBalancers: [] }));
    const lost = runningTask(state, revision(serviceNamed('lost')));
    expect([stopping, bare, lost].flatMap((task) => placesOf(state, task))).toEqual([]);
  });

  it('gets only what it has not', () => {
    const state = scene(groups);
    const task = runningTask(state, revision(serviceNamed('web'), { loadBalancers: entries.slice(0, 2) }));
    const [first] = register(trafficOf(state, task));
    task.targets.push({ ...(first as NonNullable<typeof first>), registeredAtMs: 0, due: undefined });
    expect(placesOf(state, task)).toEqual(['tg2 10.0.0.4:8002']);
  });

  it('is behind a Classic Load Balancer by instance and port', () => {
    const classic = targetGroup('old', { targetGroupArn: 'old', targetType: 'instance', kind: 'classic' });
    const state = scene([classic]);
    const loadBalancers = [{ loadBalancerName: 'old', containerName: 'app', containerPort: 80 }];
    const task = runningTask(state, revision(serviceNamed('web'), { loadBalancers, networkMode: 'bridge' }), {
      instance: ec2Instance('i-1'),
      networkBindings: [['app', [{ containerPort: 80, hostPort: 8080 }]]],
    });
    expect(placesOf(state, task)).toEqual(['old i-1:8080']);
  });
});

describe('a task in ACTIVATING', () => {
  it('is RUNNING once all its targets are registered', () => {
    const state = scene([targetGroup('web')]);
    const task = runningTask(state, revision(serviceNamed('web')), { lastStatus: 'ACTIVATING' });
    expect(isActivated(trafficOf(state, task))).toBe(false);
    const [target] = register(trafficOf(state, task));
    task.targets.push({ ...(target as NonNullable<typeof target>), registeredAtMs: 0, due: undefined });
    expect(isActivated(trafficOf(state, task))).toBe(true);
  });
});

describe('the group of a blue/green revision', () => {
  const options: RevisionOptions = {
    strategy: 'BLUE_GREEN',
    loadBalancers: [
      {
        targetGroupArn: 'arn:blue',
        containerName: 'app',
        containerPort: 80,
        advancedConfiguration: { alternateTargetGroupArn: 'arn:green' },
      },
    ],
  };

  function add(state: ClusterState, task: TaskState): string | undefined {
    const [given] = register(trafficOf(state, task));
    if (given === undefined) return undefined;
    const target = { ...given, registeredAtMs: 0, due: undefined };
    target.group.targets.add(target);
    task.targets.push(target);
    return target.group.settings.targetGroupName;
  }

  function leave(task: TaskState): void {
    for (const target of task.targets) target.group.targets.delete(target);
    task.targets = [];
  }

  it('changes with every deployment and is the same for all tasks of one', () => {
    const state = scene([targetGroup('blue'), targetGroup('green')]);
    const service = serviceNamed('web');
    const [first, second, third] = [1, 2, 3].map(() => revision(service, options)) as [never, never, never];
    const old = runningTask(state, first);
    expect(add(state, old)).toBe('blue');
    const next = [runningTask(state, second), runningTask(state, second)];
    expect(next.map((task) => add(state, task))).toEqual(['green', 'green']);
    leave(old);
    expect(add(state, runningTask(state, second))).toBe('green');
    expect(add(state, runningTask(state, third))).toBe('blue');
  });

  it('is always the first one for a rolling update', () => {
    const state = scene([targetGroup('blue'), targetGroup('green')]);
    const service = serviceNamed('web');
    const tasks = [1, 2].map(() => runningTask(state, revision(service, { ...options, strategy: 'ROLLING' })));
    expect(tasks.map((task) => add(state, task))).toEqual(['blue', 'blue']);
  });
});
