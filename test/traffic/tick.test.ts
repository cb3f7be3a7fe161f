/** The load balancers at work: targets from registration to removal, on virtual time. */
import { describe, expect, it } from 'vitest';
import type { ClusterState, DeploymentState, TaskState } from '../../src/cluster/state.ts';
import type { TargetGroup } from '../../src/model/target-group.ts';
import { tick } from '../../src/traffic/tick.ts';
import { playUntil, settle } from './play.ts';
import { ec2Instance, letsIn, revision, runningTask, scene, serviceNamed, targetGroup } from './scene.ts';

interface World {
  readonly state: ClusterState;
  readonly deployment: DeploymentState;
  readonly task: TaskState;
}

function world(settings: Partial<TargetGroup> = {}): World {
  const state = scene([targetGroup('web', settings)]);
  const deployment = revision(serviceNamed('web'));
  return { state, deployment, task: runningTask(state, deployment) };
}

/** `ms health` at every change of the task's first target. */
function story({ state, task }: World, untilMs: number, told: string[] = []): string[] {
  playUntil(state, untilMs, () => {
    const line = task.targets[0]?.health ?? 'gone';
    if (told.at(-1)?.split(' ')[1] !== line) told.push(`${state.nowMs} ${line}`);
  });
  return told;
}

function change({ state, task }: World, given: Partial<TaskState>): void {
  Object.assign(task, given);
  state.changedTargets.add(task);
}

const STOP = { desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING', stopCode: 'ServiceSchedulerInitiated' } as const;

describe('a target', () => {
  it('is healthy after the first check, unhealthy after two failures, healthy again after five successes', () => {
    const one = world();
    const told = story(one, 40_000);
    change(one, { healthStatus: 'UNHEALTHY' });
    story(one, 130_000, told);
    change(one, { healthStatus: 'HEALTHY' });
    expect(story(one, 1_000_000, told)).toEqual(['0 initial', '5000 healthy', '95000 unhealthy', '275000 healthy']);
  });

  it('of a Network Load Balancer takes the whole threshold', () => {
    const one = world({ kind: 'network', protocol: 'TCP', healthyThresholdCount: 3 });
    expect(story(one, 1_000_000)).toEqual(['0 initial', '65000 healthy']);
  });

  it('drains for the whole delay, then leaves, and its task stops', () => {
    const one = world({ deregistrationDelaySeconds: 20 });
    const told = story(one, 10_000);
    change(one, STOP);
    expect(story(one, 1_000_000, told)).toEqual(['0 initial', '5000 healthy', '10000 draining', '30000 gone']);
    expect(one.task.lastStatus).toBe('STOPPING');
    expect([...one.state.changedTasks]).toEqual([one.task]);
  });

  it('of a task that died leaves at once', () => {
    const one = world();
    const told = story(one, 10_000);
    change(one, { ...STOP, stopCode: 'EssentialContainerExited' });
    expect(story(one, 10_000, told)).toEqual(['0 initial', '5000 healthy', '10000 gone']);
    expect(one.state.targetGroups.get('arn:web')?.targets.size).toBe(0);
  });

  it('that drains leaves at once when its instance does', () => {
    const one = world();
    story(one, 10_000);
    change(one, STOP);
    playUntil(one.state, 20_000);
    expect(one.task.targets[0]?.health).toBe('draining');
    change(one, { lastStatus: 'STOPPED', stopCode: 'ServiceSchedulerInitiated' });
    playUntil(one.state, 20_000);
    expect(one.task.targets).toEqual([]);
  });
});

describe('failures that end in time', () => {
  it('leave no trace, and do not count towards later ones', () => {
    const one = world();
    const told = story(one, 31_000);
    change(one, { healthStatus: 'UNHEALTHY' });
    story(one, 62_000, told);
    change(one, { healthStatus: 'HEALTHY' });
    story(one, 91_000, told);
    change(one, { healthStatus: 'UNHEALTHY' });
    expect(story(one, 1_000_000, told)).toEqual(['0 initial', '5000 healthy', '155000 unhealthy']);
  });
});

describe('security groups', () => {
  const alb = { securityGroups: ['sg-alb'] };
  const loadBalancers = [{ targetGroupArn: 'arn:web', containerName: 'app', containerPort: 80 }];

  it('of an awsvpc task that shut the load balancer out keep it unhealthy', () => {
    const groups = [letsIn('sg-open', 'sg-alb', 80), letsIn('sg-shut', 'sg-other', 80)];
    const state = scene([targetGroup('web', alb)], groups);
    const open = runningTask(state, revision(serviceNamed('open'), { securityGroups: ['sg-open'] }));
    const shut = runningTask(state, revision(serviceNamed('shut'), { securityGroups: ['sg-shut'] }));
    playUntil(state, 100_000);
    expect(open.targets[0]).toMatchObject({ health: 'healthy', reason: undefined });
    expect(shut.targets[0]).toMatchObject({ health: 'unhealthy', reason: 'Target.Timeout' });
  });

  it('of an instance have to open the whole range of dynamic ports', () => {
    const settings = targetGroup('web', { ...alb, targetType: 'instance' });
    const state = scene(
      [settings],
      [letsIn('sg-part', 'sg-alb', 49153, 49153), letsIn('sg-all', 'sg-alb', 49153, 65535)],
    );
    const deployment = revision(serviceNamed('web'), { networkMode: 'bridge', loadBalancers });
    const healths = ['sg-part', 'sg-all'].map((id) => {
      const instance = ec2Instance(`i-${id}`, [id]);
      return [49153, 49154].map((hostPort) =>
        runningTask(state, deployment, { instance, networkBindings: [['app', [{ containerPort: 80, hostPort }]]] }),
      );
    });
    playUntil(state, 100_000);
    expect(healths.map((tasks) => tasks.map(({ targets }) => targets[0]?.health))).toEqual([
      ['healthy', 'unhealthy'],
      ['healthy', 'healthy'],
    ]);
  });
});

describe('one tick', () => {
  it('looks only at tasks that changed', () => {
    const { state } = world();
    state.changedTargets.clear();
    expect(tick(state)).toEqual([]);
  });

  it('registers all tasks of a service at once, before it deregisters', () => {
    const one = world();
    settle(one.state);
    change(one, STOP);
    const next = revision(one.deployment.service);
    const fresh = [runningTask(one.state, next), runningTask(one.state, next)];
    const [register, deregister, ...rest] = tick(one.state);
    expect(register).toMatchObject({ type: 'RegisterTargets', targets: fresh.map((task) => ({ task })) });
    expect(deregister).toMatchObject({ type: 'DeregisterTargets', service: one.deployment.service });
    expect(rest).toEqual([]);
  });

  it('comes to rest after two rounds', () => {
    const { state } = world();
    expect(settle(state).map((commands) => commands.map(({ type }) => type))).toEqual([
      ['RegisterTargets'],
      ['SetTargetHealth'],
    ]);
    for (const task of state.tasks.values()) state.changedTargets.add(task);
    expect(tick(state)).toEqual([]);
  });

  it('ends the ACTIVATING of a task that is registered', () => {
    const one = world();
    change(one, { lastStatus: 'ACTIVATING' });
    settle(one.state);
    expect(one.task.lastStatus).toBe('RUNNING');
  });
});
