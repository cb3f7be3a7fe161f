/** What the commands about targets write, and the messages they leave, in the order seen in recorded services. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  deregisterTargets,
  registerTargets,
  removeTarget,
  setTargetHealth,
} from '../../../src/cluster/apply/targets.ts';
import type { ClusterEvent } from '../../../src/cluster/events.ts';
import { messageOf } from '../../../src/cluster/service-events.ts';
import type {
  ClusterState,
  ServiceState,
  TargetGroupState,
  TargetState,
  TaskState,
} from '../../../src/cluster/state.ts';
import { revision, runningTask, scene, serviceNamed, targetGroup } from '../../traffic/scene.ts';

const RECORDED = new URL('../../../../shared/vectors/service-events-order.json', import.meta.url);

interface World {
  readonly state: ClusterState;
  readonly service: ServiceState;
  readonly events: ClusterEvent[];
}

function world(): World {
  const groups = [
    targetGroup('web', { deregistrationDelaySeconds: 20 }),
    targetGroup('admin'),
    targetGroup('old', { kind: 'classic' }),
  ];
  const events: ClusterEvent[] = [];
  const state = { ...scene(groups), sink: { isOpen: true, emit: (event: ClusterEvent) => events.push(event) } };
  return { state, service: serviceNamed('web'), events };
}

function register({ state, service }: World, tasks: readonly TaskState[], name = 'web'): void {
  const group = state.targetGroups.get(`arn:${name}`) as TargetGroupState;
  const targets = tasks.map((task) => ({
    group,
    task,
    id: task.privateIp as string,
    port: 80,
    health: 'initial' as const,
    reason: 'Elb.InitialHealthChecking',
  }));
  registerTargets(state, { type: 'RegisterTargets', service, targets });
}

function tasksOf({ state, service }: World, count: number): TaskState[] {
  const deployment = revision(service);
  return Array.from({ length: count }, () => runningTask(state, deployment));
}

/** Oldest first. */
function messages({ service }: World): string[] {
  return service.events.map(messageOf);
}

const only = (task: TaskState): TargetState => task.targets[0] as TargetState;

describe('registering', () => {
  it('writes group, task and what changed, and tells once per target group', () => {
    const one = world();
    const tasks = tasksOf(one, 2);
    one.state.changedTargets.clear();
    register(one, tasks);
    register(one, tasks, 'old');
    expect([...(one.state.targetGroups.get('arn:web') as TargetGroupState).targets]).toEqual(tasks.map(only));
    expect([...one.state.changedTargets]).toEqual(tasks);
    expect([...one.state.changedServices]).toEqual([one.service]);
    expect(messages(one)).toEqual([
      '(service web) registered 2 targets in (target-group arn:web)',
      '(service web) registered 2 instances in (elb old)',
    ]);
    expect(one.events.filter(({ type }) => type === 'TargetHealthChange')).toHaveLength(4);
  });

  it('does nothing for a target that is there, or a task that shall stop', () => {
    const one = world();
    const [first, second] = tasksOf(one, 2) as [TaskState, TaskState];
    register(one, [first]);
    second.desiredStatus = 'STOPPED';
    register(one, [first, second]);
    expect([first.targets.length, second.targets.length]).toEqual([1, 0]);
    expect(messages(one)).toHaveLength(1);
  });
});

describe('deregistering', () => {
  it('drains each target and tells by group, then by revision with its tasks', () => {
    const one = world();
    const old = tasksOf(one, 2);
    const next = tasksOf(one, 1);
    register(one, [...old, ...next]);
    register(one, old, 'admin');
    one.service.events.length = 0;
    const targets = [...old, ...next].flatMap((task) => task.targets);
    deregisterTargets(one.state, { type: 'DeregisterTargets', service: one.service, targets });
    expect(messages(one)).toEqual([
      '(service web) deregistered 3 targets in (target-group arn:web)',
      '(service web) deregistered 2 targets in (target-group arn:admin)',
      '(service web, taskSet ecs-svc/1) has begun draining connections on 2 tasks.',
      '(service web, taskSet ecs-svc/2) has begun draining connections on 1 tasks.',
    ]);
    expect(targets.map(({ health, reason }) => `${health} ${reason}`)).toEqual(
      targets.map(() => 'draining Target.DeregistrationInProgress'),
    );
  });

  it('has each target leave after its delay, once', () => {
    const one = world();
    const [task] = tasksOf(one, 1) as [TaskState];
    register(one, [task]);
    const command = { type: 'DeregisterTargets', service: one.service, targets: [only(task)] } as const;
    deregisterTargets(one.state, command);
    one.state.nowMs = 5000;
    deregisterTargets(one.state, command);
    expect(one.state.timers.nextMs).toBe(20_000);
    expect(one.state.timers.take()).toEqual([{ type: 'RemoveTarget', target: only(task) }]);
    expect(one.state.timers.isEmpty).toBe(true);
    expect(messages(one)).toHaveLength(3);
  });

  it.skipIf(!existsSync(RECORDED))('tells as recorded services do (needs the vectors)', () => {
    const { cases } = JSON.parse(readFileSync(RECORDED, 'utf8')) as {
      cases: { name: string; events: [number, string][] }[];
    };
    const died = cases.find(({ name }) => name.startsWith('task died'));
    const recorded = (died?.events ?? []).slice(0, 2).map(([, message]) => message);
    const one = world();
    const [task] = tasksOf(one, 1) as [TaskState];
    register(one, [task]);
    one.service.events.length = 0;
    deregisterTargets(one.state, { type: 'DeregisterTargets', service: one.service, targets: [only(task)] });
    const told = messages(one).map((message) =>
      message
        .replace(/\(service web(\) |, )/, '')
        .replace('arn:web', 'TG')
        .replace(/taskSet [^)]*\)/, 'taskSet CUR:'),
    );
    expect(told).toEqual(recorded);
  });
});

describe('the health of a target', () => {
  function healthy(one: World): TargetState {
    const [task] = tasksOf(one, 1) as [TaskState];
    register(one, [task]);
    const target = only(task);
    setTargetHealth(one.state, { type: 'SetTargetHealth', target, health: 'healthy' });
    return target;
  }

  it('is set at once, with all who have to know', () => {
    const one = world();
    const target = healthy(one);
    expect(target).toMatchObject({ health: 'healthy', reason: undefined, due: undefined });
    expect([...one.state.unjudgedTasks]).toEqual([target.task]);
    expect([...one.state.changedTargets]).toEqual([target.task]);
  });

  it('is set later, by the last of the changes to come', () => {
    const one = world();
    const target = healthy(one);
    const later = (atMs: number) => ({ type: 'SetTargetHealth', target, health: 'unhealthy', atMs }) as const;
    setTargetHealth(one.state, later(1000));
    setTargetHealth(one.state, later(2000));
    const healths = [1000, 2000].map((atMs) => {
      one.state.nowMs = atMs;
      for (const command of one.state.timers.take()) setTargetHealth(one.state, command as ReturnType<typeof later>);
      return target.health;
    });
    expect(healths).toEqual(['healthy', 'unhealthy']);
  });

  it('is not set later when it was taken back, and never on a target that drains or has left', () => {
    const one = world();
    const target = healthy(one);
    const later = { type: 'SetTargetHealth', target, health: 'unhealthy', atMs: 1000 } as const;
    const fire = (): string => {
      one.state.nowMs = 1000;
      setTargetHealth(one.state, later);
      one.state.nowMs = 0;
      return target.health;
    };
    setTargetHealth(one.state, later);
    setTargetHealth(one.state, { type: 'SetTargetHealth', target, health: 'healthy' });
    expect(fire()).toBe('healthy');
    setTargetHealth(one.state, later);
    deregisterTargets(one.state, { type: 'DeregisterTargets', service: one.service, targets: [target] });
    expect(fire()).toBe('draining');
    removeTarget(one.state, { type: 'RemoveTarget', target });
    expect(fire()).toBe('unused');
  });
});

describe('removing', () => {
  it('gives the containers their signal with the last target', () => {
    const one = world();
    const [task] = tasksOf(one, 1) as [TaskState];
    register(one, [task]);
    register(one, [task], 'admin');
    Object.assign(task, { desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING' });
    const statuses = [...task.targets].map((target) => {
      removeTarget(one.state, { type: 'RemoveTarget', target });
      removeTarget(one.state, { type: 'RemoveTarget', target });
      return task.lastStatus;
    });
    expect(statuses).toEqual(['DEACTIVATING', 'STOPPING']);
    expect([...one.state.changedTasks]).toEqual([task]);
    expect(one.events.filter(({ type }) => type === 'TargetHealthChange')).toHaveLength(4);
  });
});
