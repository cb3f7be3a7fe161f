/**
 * The search against the simulator: what finishes in every order finishes in each one that the simulator takes, what sticks in
 * every order sticks there, and an order that sticks can be followed step by step on an engine of its own.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/create-engine.ts';
import type { PlanResult } from '../../src/plan/result.ts';
import { simulate } from '../../src/simulate/run.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { planOf, type Scene, sceneJson } from './scenes.ts';

const STRATEGIES: readonly Members[][] = [
  [],
  [{ type: 'binpack', field: 'cpu' }],
  [{ type: 'spread', field: 'instanceId' }],
  [{ type: 'random' }],
  [
    { type: 'spread', field: 'attribute:ecs.availability-zone' },
    { type: 'binpack', field: 'memory' },
  ],
];

const CONSTRAINTS: readonly Members[][] = [
  [],
  [],
  [],
  [{ type: 'distinctInstance' }],
  [{ type: 'memberOf', expression: 'runningTasksCount < 3' }],
  [{ type: 'memberOf', expression: 'attribute:ecs.availability-zone != eu-west-1b' }],
];

const scenes: fc.Arbitrary<Scene> = fc
  .record({
    desiredCount: fc.integer({ min: 1, max: 4 }),
    minimum: fc.constantFrom(0, 50, 50, 75, 100),
    maximum: fc.constantFrom(100, 125, 134, 150, 200),
    instances: fc.array(fc.constantFrom(512, 768, 896, 1024), { minLength: 1, maxLength: 3 }),
    oldCpu: fc.constantFrom(128, 256, 384),
    newCpu: fc.constantFrom(128, 256, 384, 512, 768, 1024),
    hostPort: fc.constantFrom(undefined, undefined, 80),
    placementStrategy: fc.constantFrom(...STRATEGIES),
    placementConstraints: fc.constantFrom(...CONSTRAINTS),
  })
  .map(({ hostPort, placementStrategy, placementConstraints, ...scene }) => ({
    ...scene,
    ...(hostPort === undefined ? {} : { hostPort }),
    service: { placementStrategy, placementConstraints, availabilityZoneRebalancing: 'DISABLED' },
  }));

/** Which old task stops third decides: the last new one finds room beside the right one only. */
const FATEFUL: Scene = {
  desiredCount: 3,
  minimum: 100,
  maximum: 134,
  instances: [896, 1024],
  oldCpu: 384,
  newCpu: 512,
  service: { placementStrategy: [], placementConstraints: [], availabilityZoneRebalancing: 'DISABLED' },
};

/** Other times are other orders. */
const LIVES: readonly Members[] = [
  {},
  { web: { startSeconds: 1, stopSeconds: 25 } },
  { 'web:1': { stopSeconds: 29 }, 'web:2': { startSeconds: 50 } },
];

async function simulated(scene: Scene, behaviour: Members): Promise<boolean> {
  const { summary } = await simulate(parseScenario({ ...sceneJson(scene), behaviour }));
  return summary.services[0]?.rolloutState === 'COMPLETED' && summary.steady;
}

type Spot = 'old' | 'oldStopping' | 'starting' | 'healthy';

/** Where the service's tasks are just before the update. */
async function startOf(scene: Scene): Promise<string[]> {
  const { events } = await simulate(parseScenario(sceneJson(scene)), { untilMs: 599_999 });
  const last = new Map<string, string>();
  for (const { event, type } of events) {
    const detail = event?.detail as { taskArn: string; containerInstanceArn: string; lastStatus: string } | undefined;
    if (type !== 'TaskStateChange' || detail === undefined) continue;
    if (detail.lastStatus === 'STOPPED') last.delete(detail.taskArn);
    else last.set(detail.taskArn, detail.containerInstanceArn);
  }
  return [...last.values()];
}

/** Follows the order with every rule checked; answers whether nothing more can happen at its end. */
async function follow(scene: Scene, { update, stuck }: PlanResult): Promise<boolean> {
  const json = sceneJson(scene) as { containerInstances: []; taskDefinitions: object[] };
  const engine = await createEngine({ engine: 'reference' });
  engine.registerContainerInstances(json.containerInstances);
  for (const one of json.taskDefinitions) engine.registerTaskDefinition(one);
  const { placementConstraints } = scene.service as { placementConstraints: [] };
  const asked = { group: 'service:web', placementConstraints };
  const [old, fresh] = [1, 2].map((revision) => engine.prepare({ ...asked, taskDefinition: `web:${revision}` }));
  if (old === undefined || fresh === undefined) throw new Error('no placers');
  const arns = (json.containerInstances as { containerInstanceArn: string }[]).map((one) => one.containerInstanceArn);
  const counts: Record<Spot, number[]> = { old: [], oldStopping: [], starting: [], healthy: [] };
  for (const spot of Object.keys(counts) as Spot[]) counts[spot] = arns.map(() => 0);
  const add = (spot: Spot, slot: number, by: number) => {
    counts[spot][slot] = (counts[spot][slot] ?? 0) + by;
    expect(counts[spot][slot]).toBeGreaterThanOrEqual(0);
  };
  for (const arn of await startOf(scene)) {
    expect(old.placeAt(arns.indexOf(arn))).toBe(true);
    add('old', arns.indexOf(arn), 1);
  }
  const sum = (spot: Spot) => counts[spot].reduce((total, count) => total + count, 0);
  const step = (stopFirst: boolean) =>
    engine.rolloutStep({
      desiredCount: update.desiredCount,
      minimum: update.minimum,
      maximum: update.maximum,
      newTasks: sum('starting') + sum('healthy'),
      newHealthy: sum('healthy'),
      oldTasks: sum('old'),
      oldHealthy: sum('old'),
      oldUnhealthy: 0,
      stopping: sum('oldStopping'),
      stopFirst,
    });
  for (const { action, count, containerInstanceArn = '' } of stuck?.order ?? []) {
    const slot = arns.indexOf(containerInstanceArn);
    const at = Int32Array.of(slot);
    for (let k = 0; k < count; k++) {
      if (action === 'start') {
        expect(step(false).start).toBeGreaterThan(0);
        expect(fresh.placeAt(slot)).toBe(true);
        add('starting', slot, 1);
      } else if (action === 'healthy') {
        add('starting', slot, -1);
        add('healthy', slot, 1);
      } else if (action === 'stop') {
        expect(step(true).stop).toBeGreaterThan(0);
        old.stop(at, 1);
        add('old', slot, -1);
        add('oldStopping', slot, 1);
      } else {
        old.free(at, 1);
        add('oldStopping', slot, -1);
      }
    }
  }
  const isStill = sum('starting') + sum('oldStopping') === 0 && step(true).stop === 0;
  const startsNone = step(false).start === 0 || arns.every((_, slot) => !fresh.placeAt(slot));
  return isStill && startsNone && (sum('old') > 0 || sum('healthy') < update.desiredCount);
}

describe('a plan', () => {
  it('agrees with the simulator, and its stuck orders can be followed', { timeout: 300_000 }, async () => {
    const found = { finishes: 0, sticks: 0, both: 0 };
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const result = await planOf(scene);
        fc.pre(result.notes.length === 0);
        expect(result.explored).toBe('all');
        const { ends, stuckEnds } = result;
        if (stuckEnds > 0) expect(await follow(scene, result)).toBe(true);
        expect(result.finishes || stuckEnds > 0).toBe(true);
        found[stuckEnds === 0 ? 'finishes' : stuckEnds === ends ? 'sticks' : 'both'] += 1;
        for (const behaviour of LIVES) {
          const finishes = await simulated(scene, behaviour);
          if (stuckEnds === 0) expect(finishes).toBe(true);
          if (stuckEnds === ends) expect(finishes).toBe(false);
        }
      }),
      { numRuns: 150, seed: 11, examples: [[FATEFUL]] },
    );
    // All three kinds were there.
    expect(Math.min(found.finishes, found.sticks, found.both)).toBeGreaterThan(0);
  });
});
