/** Plans as a whole: the worked rollouts, what sticks and why, other kinds of service, other updates. */
import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/plan/result.ts';
import { arnOf, definitionOf, planOf } from './scenes.ts';

const PERCENTAGES =
  '(service web) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.';

const words = (steps: readonly Step[]) => steps.map(({ action, count }) => `${action} ${count}`).join('; ');

/** Desired count, percentages and steps of worked rollouts, the course's two among them. */
const WORKED: readonly [desiredCount: number, minimum: number, maximum: number, steps: string][] = [
  [4, 50, 100, 'stop 2; start 2; stop 2; start 2'],
  [4, 100, 150, 'start 2; stop 2; start 2; stop 2'],
  [4, 100, 200, 'start 4; stop 4'],
  [1, 100, 200, 'start 1; stop 1'],
  [1, 0, 100, 'stop 1; start 1'],
  [2, 75, 150, 'start 1; stop 1; start 1; stop 1'],
];

describe('a rolling update', () => {
  it.each(WORKED)('of %d tasks at %d and %d percent finishes: %s', async (desiredCount, minimum, maximum, steps) => {
    const result = await planOf({ desiredCount, minimum, maximum });
    expect(result).toMatchObject({ finishes: true, explored: 'all', stuckEnds: 0, notes: [] });
    expect(result.stuck).toBeUndefined();
    expect(words(result.steps)).toBe(steps);
  });

  it.each([
    [4, 100, 100],
    [3, 100, 125],
    [2, 75, 100],
  ])('of %d tasks at %d and %d percent sticks by its percentages', async (desiredCount, minimum, maximum) => {
    const result = await planOf({ desiredCount, minimum, maximum });
    expect(result).toMatchObject({ finishes: false, steps: [], states: 1, ends: 1, stuckEnds: 1 });
    expect(result.stuck).toMatchObject({ reason: PERCENTAGES, tasks: { old: desiredCount, healthy: 0 }, order: [] });
  });

  it('has times since the update, and when it is complete', async () => {
    const { update, steps, completedAtMs } = await planOf({ maximum: 150 });
    expect(update).toMatchObject({ atMs: 600_000, desiredCount: 4, minimum: 4, maximum: 6 });
    expect(steps.map(({ atMs }) => atMs)).toEqual([0, 45_000, 46_000, 91_000]);
    expect(completedAtMs).toBe(92_000);
  });

  it('sticks where no instance has room for one more, and says which is closest', async () => {
    const result = await planOf({ instances: [512, 512], desiredCount: 4 });
    expect(result.finishes).toBe(false);
    expect(result.stuck?.reason).toContain('The closest matching (container-instance i0) has insufficient CPU units');
  });

  it('may stick in one order only: what stops first decides whether a larger task finds room', async () => {
    const scene = { instances: [896, 1024], desiredCount: 3, oldCpu: 384, newCpu: 512, maximum: 134 };
    const { finishes, ends, stuckEnds, stuck } = await planOf(scene);
    expect(finishes).toBe(false);
    expect([ends, stuckEnds]).toEqual([2, 1]);
    expect(stuck?.tasks).toEqual({ old: 1, starting: 0, healthy: 2, stopping: 0 });
    expect(stuck?.order.filter(({ action }) => action === 'stop').map((one) => one.containerInstanceArn)).toEqual([
      arnOf(0),
      arnOf(0),
    ]);
  });

  it('waits for what is protected', async () => {
    const protect = {
      at: 590,
      call: 'UpdateTaskProtection',
      input: { tasks: ['web[0]'], protectionEnabled: true, expiresInMinutes: 5 },
    };
    const update = { at: 600, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } };
    const result = await planOf({ members: { events: [protect, update] } });
    expect(result.finishes).toBe(true);
    expect(result.steps.at(-1)).toEqual({ atMs: 290_000, action: 'stop', count: 1 });
  });
});

describe('a revision that fails', () => {
  const behaviour = { 'web:2': { failRate: 1 } };

  it('is ended by the circuit breaker', async () => {
    const configuration = { deploymentCircuitBreaker: { enable: true, rollback: true } };
    const result = await planOf({ behaviour, configuration });
    expect(result.finishes).toBe(false);
    expect(result.stuck).toMatchObject({
      reason: 'ECS deployment circuit breaker: task failed to start.',
      fixes: [],
      tasks: { old: 4 },
    });
  });

  it('is started again and again without one', async () => {
    const result = await planOf({ behaviour });
    expect(result.finishes).toBe(false);
    expect(result.stuck?.reason).toBe('(service web) is unable to consistently start tasks successfully.');
  });
});

const NETWORK = {
  launchType: 'FARGATE',
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'], securityGroups: [] } },
};
const FARGATE = {
  ...definitionOf(256),
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
};

describe('other kinds', () => {
  it('Fargate never lacks room', async () => {
    const members = {
      subnets: [{ subnetId: 'subnet-a', availabilityZone: 'eu-west-1a', vpcId: 'vpc' }],
      taskDefinitions: [FARGATE, FARGATE],
    };
    const result = await planOf({ instances: [], maximum: 150, service: NETWORK, members });
    expect(result).toMatchObject({ finishes: true, explored: 'all' });
    expect(words(result.steps)).toBe('start 2; stop 2; start 2; stop 2');
  });

  it('blue/green needs twice the room before anything stops', async () => {
    const configuration = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 };
    const roomy = await planOf({ instances: [2048], configuration });
    expect(roomy.finishes).toBe(true);
    expect(words(roomy.steps)).toBe('start 4; stop 4');
    const tight = await planOf({ instances: [1792], configuration });
    expect(tight).toMatchObject({ finishes: false, stuck: { tasks: { old: 4, healthy: 3 } } });
    expect(tight.stuck?.fixes.map(({ kind, to }) => [kind, to])).toEqual([['containerInstances', 1]]);
  });

  const daemon = { schedulingStrategy: 'DAEMON', desiredCount: undefined };

  it('a daemon is replaced instance by instance', async () => {
    const result = await planOf({ instances: [512, 512, 512], minimum: 0, maximum: 100, service: daemon });
    expect(result).toMatchObject({ finishes: true, update: { desiredCount: 3 } });
    expect(words(result.steps)).toBe('stop 3; start 3');
  });

  it('a daemon of which none may be missing sticks', async () => {
    const result = await planOf({ instances: [512, 512, 512], minimum: 100, maximum: 100, service: daemon });
    expect(result.finishes).toBe(false);
    expect(result.stuck?.fixes).toMatchObject([{ kind: 'minimumHealthyPercent', from: 100, to: 66 }]);
  });

  it('a daemon that became too large sticks with the first instance', async () => {
    const scene = { instances: [512, 512], minimum: 0, maximum: 100, newCpu: 513, service: daemon };
    const result = await planOf(scene);
    expect(result).toMatchObject({ finishes: false, stuck: { fixes: [], tasks: { old: 0, healthy: 0 } } });
  });
});

describe("an update of one's own", () => {
  it('is a count', async () => {
    const result = await planOf({}, { desiredCount: 6 });
    expect(result).toMatchObject({ finishes: true, update: { atMs: 600_000, desiredCount: 6 } });
    expect(words(result.steps)).toBe('start 2');
    const tight = await planOf({ instances: [1024] }, { desiredCount: 6 });
    expect(tight).toMatchObject({ finishes: false, stuck: { tasks: { healthy: 4 } } });
    expect(words((await planOf({}, { desiredCount: 1 })).steps)).toBe('stop 3');
  });

  it('is a task definition, as input or as described', async () => {
    const larger = await planOf({ instances: [2048] }, { taskDefinition: definitionOf(1025) });
    expect(larger.finishes).toBe(false);
    const described = { taskDefinition: { ...definitionOf(128), revision: 9 } };
    const smaller = await planOf({ instances: [2048] }, { taskDefinition: described });
    expect(smaller.finishes).toBe(true);
    expect(smaller.update.taskDefinition).toMatch(/task-definition\/web:9$/);
  });

  it('comes at the end of a scenario that has none', async () => {
    const result = await planOf({ members: { events: [] } }, { desiredCount: 5 });
    expect(result.update.atMs).toBe(7_200_000);
  });

  it('at 100/100 before the old tasks are healthy depends on the order: they may stop until they are', async () => {
    const events = [{ at: 10, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } }];
    const result = await planOf({ desiredCount: 2, maximum: 100, members: { events } });
    expect(result).toMatchObject({ finishes: false, verdict: 'may stick', completedAtMs: 46_000 });
    expect(result.ends).toBeGreaterThan(result.stuckEnds);
    expect(result.stuck).toMatchObject({ reason: PERCENTAGES, tasks: { old: 1, stopping: 0 } });
    expect(result.stuck?.order).toContainEqual(expect.objectContaining({ action: 'healthy' }));
  });

  it('waits for an agent that is silent: no percentage would help', async () => {
    const lose = { at: 500, fault: 'loseAgent', containerInstance: 'i0' };
    const update = { at: 600, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } };
    const scene = { desiredCount: 2, instances: [2048, 2048], members: { events: [lose, update] } };
    const result = await planOf(scene);
    expect(result).toMatchObject({ verdict: 'sticks', stuck: { fixes: [], tasks: { healthy: 2, stopping: 1 } } });
    expect(result.stuck?.reason).toBe(
      '(service web) waits for tasks to stop on container instances whose agent is not connected.',
    );
    expect(await planOf({ ...scene, maximum: 100 })).toMatchObject({ stuck: { reason: PERCENTAGES, fixes: [] } });
  });

  it('counts tasks of one revision alike, whichever deployment they are of', async () => {
    const force = (at: number) => ({ at, call: 'UpdateService', input: { service: 'web', forceNewDeployment: true } });
    const update = { at: 302, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } };
    const result = await planOf({ maximum: 150, members: { events: [force(300), force(301), update] } });
    expect(result).toMatchObject({ finishes: true, stuckEnds: 0 });
  });

  it('says when the service was not steady', async () => {
    const events = [{ at: 10, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } }];
    const result = await planOf({ members: { events } });
    expect(result.notes).toEqual([expect.stringContaining('not steady')]);
  });
});

describe('too many states', () => {
  const scene = { instances: [2048, 2048, 2048], desiredCount: 9, minimum: 50, maximum: 150 };

  it('are sampled from the seed, and that is said', async () => {
    const result = await planOf(scene, {}, { mostStates: 400, samples: 5 });
    expect(result).toMatchObject({ finishes: true, explored: 'sampled', ends: 5, stuckEnds: 0 });
    expect(await planOf(scene, {}, { mostStates: 400, samples: 5 })).toEqual(result);
  });
});
