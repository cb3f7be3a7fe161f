/** Fixes: enough, and the smallest: one less of each kind does not help. */
import { describe, expect, it } from 'vitest';
import type { FixKind, PlanResult } from '../../src/plan/result.ts';
import { arnOf, planOf, type Scene } from './scenes.ts';

const fixOf = ({ stuck }: PlanResult, kind: FixKind) => stuck?.fixes.find((fix) => fix.kind === kind);

const STUCK: readonly [what: string, scene: Scene, fixes: Partial<Record<FixKind, number>>][] = [
  ['both at 100 %', { maximum: 100 }, { maximumPercent: 125, minimumHealthyPercent: 75 }],
  ['3 tasks, 125 %', { desiredCount: 3, maximum: 125 }, { maximumPercent: 134, minimumHealthyPercent: 66 }],
  ['full instances', { instances: [512, 512] }, { minimumHealthyPercent: 75, containerInstances: 1 }],
  [
    'a fixed port',
    { instances: [2048, 2048, 2048, 2048], hostPort: 80 },
    { minimumHealthyPercent: 75, containerInstances: 1, hostPort: 0 },
  ],
  ['blue/green', { instances: [1024], configuration: { strategy: 'BLUE_GREEN' } }, { containerInstances: 1 }],
  [
    'one fateful order',
    { instances: [896, 1024], desiredCount: 3, oldCpu: 384, newCpu: 512, maximum: 134 },
    { containerInstances: 1 },
  ],
];

describe('what helps', () => {
  it.each(STUCK)('against %s', async (_, scene, fixes) => {
    const result = await planOf(scene);
    const found = Object.fromEntries((result.stuck?.fixes ?? []).map(({ kind, to }) => [kind, to]));
    expect(found).toMatchObject(fixes);
  });

  it('helps when it is made: percentages', async () => {
    const scene = { desiredCount: 3, maximum: 125 };
    const { stuck } = await planOf(scene);
    expect(stuck?.fixes).toHaveLength(2);
    expect((await planOf({ ...scene, maximum: 134 })).finishes).toBe(true);
    expect((await planOf({ ...scene, maximum: 133 })).finishes).toBe(false);
    expect((await planOf({ ...scene, minimum: 66 })).finishes).toBe(true);
    expect((await planOf({ ...scene, minimum: 67 })).finishes).toBe(false);
  });

  it('helps when it is made: instances', async () => {
    const scene = { instances: [1024], desiredCount: 4 };
    const fix = fixOf(await planOf(scene), 'containerInstances');
    expect(fix).toEqual({
      kind: 'containerInstances',
      change: 'add one more instance like i0',
      from: 0,
      to: 1,
      containerInstanceArn: arnOf(0),
    });
    // Two are not enough: with one old task stopped on each of the old instances no new one finds room there.
    const larger = fixOf(await planOf({ ...scene, instances: [1024, 1024], newCpu: 1024 }), 'containerInstances');
    expect(larger).toMatchObject({ to: 3, change: 'add 3 more instances like i0' });
  });

  it('leaves room on added instances for the daemons of others', async () => {
    const daemon = { serviceName: 'logs', taskDefinition: 'logs:1', schedulingStrategy: 'DAEMON' };
    const logs = { family: 'logs', containerDefinitions: [{ name: 'logs', image: 'logs', cpu: 512, memory: 128 }] };
    const web = { family: 'web', containerDefinitions: [{ name: 'app', image: 'app', cpu: 256, memory: 128 }] };
    const larger = { family: 'web', containerDefinitions: [{ name: 'app', image: 'app', cpu: 512, memory: 128 }] };
    const service = {
      serviceName: 'web',
      taskDefinition: 'web:1',
      desiredCount: 2,
      deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 },
    };
    const members = { taskDefinitions: [web, larger, logs], services: [daemon, service] };
    const { stuck } = await planOf({ instances: [1024], members });
    expect(stuck?.fixes).toMatchObject([{ kind: 'containerInstances', to: 2 }]);
  });

  it('is nothing when the task fits nowhere at all', async () => {
    const { stuck } = await planOf({ instances: [1024], desiredCount: 1, newCpu: 2048 });
    expect(stuck?.fixes).toEqual([]);
  });
});
