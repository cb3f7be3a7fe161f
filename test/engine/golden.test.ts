/**
 * Golden decisions: a fixed cluster and fixed orders, hashed. The hashes say nothing about right or wrong; they say that
 * decisions changed, which a release must announce. Cluster and orders come from the small generator below, so that no
 * library's next version moves them.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/contract.ts';
import type { PlacementConstraint } from '../../src/model/constraint.ts';
import type { ContainerInstance } from '../../src/model/container-instance.ts';
import type { PlacementStrategy } from '../../src/model/strategy.ts';
import { INSTANCE_TYPES, instanceArn, ZONES } from '../support/arbitraries/names.ts';
import { engineKinds } from '../support/engines.ts';

const spread = (field: string): PlacementStrategy => ({ type: 'spread', field });
const binpack = (field: string): PlacementStrategy => ({ type: 'binpack', field });

const CASES: {
  name: string;
  strategies?: PlacementStrategy[];
  constraints?: PlacementConstraint[];
  group?: string;
  hash: string;
}[] = [
  { name: 'no strategy: random', hash: 'dd4518c9e605ce82' },
  { name: 'no strategy in a service', group: 'service:web', hash: 'a17669e722b1ba06' },
  { name: 'random', strategies: [{ type: 'random' }], hash: 'dd4518c9e605ce82' },
  { name: 'binpack cpu', strategies: [binpack('cpu')], hash: 'c94a9341e4bd5992' },
  { name: 'binpack memory', strategies: [binpack('memory')], hash: '8e174877f9a10e1b' },
  { name: 'spread instanceId', strategies: [spread('instanceId')], hash: '6bccca55a9b3d921' },
  {
    name: 'spread zone, binpack memory',
    strategies: [spread('attribute:ecs.availability-zone'), binpack('memory')],
    hash: '6bfe32d0bed862ae',
  },
  {
    name: 'spread rack, zone, then random',
    strategies: [spread('attribute:rack'), spread('attribute:ecs.availability-zone'), { type: 'random' }],
    hash: 'dee7f134865fc0f4',
  },
  {
    name: 'memberOf and distinctInstance',
    strategies: [binpack('cpu')],
    constraints: [
      { type: 'memberOf', expression: 'attribute:rack =~ r[0-4] and not(runningTasksCount > 6)' },
      { type: 'distinctInstance' },
    ],
    hash: '6ad8e24119166157',
  },
];

/** A linear congruential generator (Numerical Recipes), high bits only. */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(((state >>> 8) / 0x1000000) * sides);
  };
}

function cluster(): ContainerInstance[] {
  const roll = dice(7);
  return Array.from({ length: 150 }, (_, k) => ({
    containerInstanceArn: instanceArn(k),
    registeredResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 1024 * (1 + roll(4)) },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 2048 * (1 + roll(4)) },
    ],
    attributes: [
      { name: 'ecs.capability.task-eni' },
      { name: 'com.amazonaws.ecs.capability.docker-remote-api.1.18' },
      { name: 'ecs.instance-type', value: roll(2) === 0 ? 'm5.large' : 'x9.large' },
      ...(roll(8) === 0 ? [] : [{ name: 'ecs.availability-zone', value: ZONES[roll(3)] as string }]),
      ...(roll(5) === 0 ? [] : [{ name: 'rack', value: `r${roll(9)}` }]),
    ],
  }));
}

/** Runs, stops and ends tasks of three families; the places in order are the decisions. */
function decisions(engine: Engine, { strategies, constraints, group }: (typeof CASES)[number]): string {
  engine.registerContainerInstances(cluster());
  const roll = dice(11);
  for (const [family, cpu, memory, networkMode, hostPort] of [
    ['web', 128, 256, 'bridge', 8080],
    ['api', 256, 100, 'awsvpc', undefined],
    ['batch', 0, 900, 'bridge', undefined],
  ] as const) {
    const portMappings = hostPort === undefined ? [] : [{ containerPort: 80, hostPort }];
    engine.registerTaskDefinition({
      family,
      networkMode,
      containerDefinitions: [{ name: 'c', image: 'busybox', cpu, memory, portMappings }],
    });
  }
  const tasks: string[] = [];
  const log: string[] = [];
  for (let round = 0; round < 60; round++) {
    const taskDefinition = ['web', 'api', 'batch'][roll(3)] as string;
    const placement = { placementStrategy: strategies, placementConstraints: constraints, group };
    const answer = engine.runTask({ taskDefinition, count: 1 + roll(9), ...placement });
    log.push(
      ...answer.tasks.map((task) => `${taskDefinition} ${task.taskArn} ${task.containerInstanceArn}`),
      ...answer.failures.map(({ arn, reason }) => `${arn} ${reason}`),
    );
    tasks.push(...answer.tasks.map((task) => String(task.taskArn)));
    const [ended, status] = [tasks[roll(Math.max(1, tasks.length))], roll(2)];
    if (ended && status === 0) engine.stopTask({ task: ended });
    if (ended && status === 1) engine.submitTaskStateChange({ task: ended, status: 'STOPPED' });
  }
  return log.join('\n');
}

describe.each(engineKinds)('decisions of the $name engine', (kind) => {
  it.each(CASES)('stay as they are: $name', async (one) => {
    const engine = await kind.create({ seed: 7, instanceTypes: INSTANCE_TYPES });
    const log = decisions(engine, one);
    expect(log.split('\n').length).toBeGreaterThan(100);
    expect(createHash('sha256').update(log).digest('hex').slice(0, 16)).toBe(one.hash);
    engine.dispose();
  });
});
