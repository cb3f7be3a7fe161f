/** What holds for any life of tasks behind load balancers; and health as if every single check had been sent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/cluster/commands.ts';
import { messageOf } from '../../src/cluster/service-events.ts';
import type { ClusterState, TargetState, TaskState } from '../../src/cluster/state.ts';
import type { TargetGroup } from '../../src/model/target-group.ts';
import { tick } from '../../src/traffic/tick.ts';
import { playUntil } from './play.ts';
import { letsIn, revision, runningTask, scene, serviceNamed, targetGroup } from './scene.ts';

const DELAY_SECONDS = 25;

interface Move {
  readonly afterMs: number;
  readonly kind: 'start' | 'fail' | 'recover' | 'stop' | 'die';
  readonly index: number;
}

const moves = fc.array(
  fc.record<Move>({
    afterMs: fc.integer({ min: 0, max: 60_000 }),
    kind: fc.constantFrom('start', 'start', 'fail', 'recover', 'stop', 'die'),
    index: fc.nat(20),
  }),
  { minLength: 1, maxLength: 30 },
);

/** Two groups, one service; tasks take turns between a security group that is open and one that is shut. */
function newWorld() {
  const alb = { securityGroups: ['sg-alb'], deregistrationDelaySeconds: DELAY_SECONDS };
  const groups = [targetGroup('web', alb), targetGroup('net', { ...alb, kind: 'network', protocol: 'TCP' })];
  const state = scene(groups, [letsIn('sg-open', 'sg-alb', 80), letsIn('sg-shut', 'sg-other', 80)]);
  const service = serviceNamed('web');
  const loadBalancers = ['arn:web', 'arn:net'].map((targetGroupArn) => ({
    targetGroupArn,
    containerName: 'app',
    containerPort: 80,
  }));
  const deployments = ['sg-open', 'sg-shut'].map((id) => revision(service, { loadBalancers, securityGroups: [id] }));
  return { state, service, deployments };
}

type World = ReturnType<typeof newWorld>;

function move({ state, deployments }: World, { kind, index }: Move): void {
  if (kind === 'start') {
    runningTask(state, deployments[index % 2] as (typeof deployments)[number]);
    return;
  }
  const tasks = [...state.tasks.values()].filter(({ desiredStatus }) => desiredStatus === 'RUNNING');
  const task = tasks[index % Math.max(tasks.length, 1)];
  if (task === undefined) return;
  if (kind === 'fail' || kind === 'recover') task.healthStatus = kind === 'fail' ? 'UNHEALTHY' : 'HEALTHY';
  else {
    const stopCode = kind === 'stop' ? 'ServiceSchedulerInitiated' : 'EssentialContainerExited';
    Object.assign(task, { desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING', stopCode });
  }
  state.changedTargets.add(task);
}

/** Plays the moves; `look` sees the world after each millisecond in which something happened. */
function play(given: readonly Move[], look: (world: World, rounds: Command[][]) => void): World {
  const world = newWorld();
  for (const one of given) {
    playUntil(world.state, world.state.nowMs + one.afterMs, (rounds) => look(world, rounds));
    move(world, one);
  }
  playUntil(world.state, world.state.nowMs + 600_000, (rounds) => look(world, rounds));
  return world;
}

function targetsOf(state: ClusterState): TargetState[] {
  return [...state.tasks.values()].flatMap(({ targets }) => targets);
}

describe('any life of tasks behind load balancers', () => {
  it('has no healthy target that its security group shuts out', () => {
    fc.assert(
      fc.property(moves, (given) => {
        play(given, ({ state }) => {
          for (const { health, task } of targetsOf(state)) {
            if (task.deployment?.settings.awsvpc?.securityGroups[0] === 'sg-shut') expect(health).not.toBe('healthy');
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('removes a target after its delay, or with a task that died', () => {
    fc.assert(
      fc.property(moves, (given) => {
        const drainingSince = new Map<TargetState, number>();
        const seen = new Set<TargetState>();
        play(given, ({ state }) => {
          for (const target of targetsOf(state)) {
            seen.add(target);
            if (target.health === 'draining' && !drainingSince.has(target)) drainingSince.set(target, state.nowMs);
          }
          for (const target of seen) {
            if (target.health !== 'unused') continue;
            seen.delete(target);
            if (target.task.stopCode === 'EssentialContainerExited') continue;
            expect(state.nowMs - (drainingSince.get(target) ?? 0)).toBe(DELAY_SECONDS * 1000);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('ends with all targets of tasks that run, none of those that stop, and groups that agree with tasks', () => {
    fc.assert(
      fc.property(moves, (given) => {
        const { state } = play(given, () => undefined);
        for (const { desiredStatus, targets } of state.tasks.values()) {
          expect(targets.map(({ health }) => health === 'healthy' || health === 'unhealthy')).toEqual(
            desiredStatus === 'RUNNING' ? [true, true] : [],
          );
        }
        const inGroups = [...state.targetGroups.values()].flatMap((group) => [...group.targets]);
        expect(new Set(inGroups)).toEqual(new Set(targetsOf(state)));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same twice: equal views give equal commands', () => {
    const told = (given: readonly Move[]): string[] => {
      const lines: string[] = [];
      const { state, service } = play(given, (world, rounds) => {
        lines.push(...rounds.map((commands) => `${world.state.nowMs} ${commands.map(({ type }) => type)}`));
        lines.push(...targetsOf(world.state).map(({ id, health, reason }) => `${id} ${health} ${reason}`));
      });
      expect(tick(state)).toEqual([]);
      return [...lines, ...service.events.map(messageOf)];
    };
    fc.assert(
      fc.property(moves, (given) => {
        expect(told(given)).toEqual(told(given));
      }),
      { numRuns: 30 },
    );
  });
});

/** Sends every check, counts answers in a row, and tells the health at each answer: the plain way. */
function poll(settings: TargetGroup, fails: (ms: number) => boolean, untilMs: number): string[] {
  const told = ['0 initial'];
  let health = 'initial';
  let row = 0;
  let last: boolean | undefined;
  for (let sentAtMs = 0; ; sentAtMs += settings.healthCheckIntervalSeconds * 1000) {
    const atMs = sentAtMs + settings.healthCheckTimeoutSeconds * 1000;
    if (atMs > untilMs) return told;
    const isPassing = !fails(sentAtMs);
    row = isPassing === last ? row + 1 : 1;
    last = isPassing;
    const isNew = health === 'initial' && settings.kind === 'application';
    const needed = isPassing ? (isNew ? 1 : settings.healthyThresholdCount) : settings.unhealthyThresholdCount;
    const next = isPassing ? 'healthy' : 'unhealthy';
    if (row < needed || health === next) continue;
    health = next;
    told.push(`${atMs} ${health}`);
  }
}

/** The same from the controller, which never sends a check. Answers turn one millisecond before the checks `turns`. */
function compute(settings: TargetGroup, turnsMs: readonly number[], untilMs: number): string[] {
  const state = scene([settings]);
  const task: TaskState = runningTask(state, revision(serviceNamed('web')));
  const told: string[] = [];
  const look = (): void => {
    const line = task.targets[0]?.health;
    if (told.at(-1)?.split(' ')[1] !== line) told.push(`${state.nowMs} ${line}`);
  };
  for (const turnMs of turnsMs) {
    playUntil(state, turnMs, look);
    task.healthStatus = task.healthStatus === 'UNHEALTHY' ? 'HEALTHY' : 'UNHEALTHY';
    state.changedTargets.add(task);
  }
  playUntil(state, untilMs, look);
  return told;
}

describe('computed health', () => {
  it('is that of a load balancer that sends every check', () => {
    const threshold = fc.integer({ min: 2, max: 10 });
    const group = fc.record({
      kind: fc.constantFrom('application', 'network', 'classic'),
      healthCheckIntervalSeconds: fc.integer({ min: 10, max: 300 }),
      healthCheckTimeoutSeconds: fc.integer({ min: 2, max: 9 }),
      healthyThresholdCount: threshold,
      unhealthyThresholdCount: threshold,
    });
    const gaps = fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 12 });
    fc.assert(
      fc.property(group, gaps, (given, checks) => {
        const settings = targetGroup('web', given as Partial<TargetGroup>);
        let check = 0;
        const turnsMs = checks.map((gap) => {
          check += gap;
          return check * given.healthCheckIntervalSeconds * 1000 - 1;
        });
        const untilMs = (check + 30) * given.healthCheckIntervalSeconds * 1000;
        const fails = (ms: number): boolean => turnsMs.filter((turnMs) => turnMs <= ms).length % 2 === 1;
        expect(compute(settings, turnsMs, untilMs)).toEqual(poll(settings, fails, untilMs));
      }),
    );
  });
});
