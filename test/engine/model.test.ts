/**
 * Random command sequences over every engine, all answers and the whole table compared after each command. The seed is
 * fixed here; `npm run fuzz` draws others.
 */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/contract.ts';
import { createAll, engineKinds } from '../support/engines.ts';
import { checkSequences } from '../support/model/check.ts';
import { MOVES, type MoveName } from '../support/model/sequence.ts';

const rivals = { names: engineKinds.map((kind) => kind.name), create: createAll };

/** Which command calls a method; a method added to Engine without one does not compile. */
const CALLED_BY: Record<keyof Engine, MoveName | 'every command'> = {
  registerContainerInstances: 'registerContainerInstances',
  deregisterContainerInstance: 'deregisterContainerInstance',
  updateContainerInstancesState: 'updateContainerInstancesState',
  setAgentConnected: 'setAgentConnected',
  putAttributes: 'putAttributes',
  deleteAttributes: 'deleteAttributes',
  describeContainerInstances: 'describeContainerInstances',
  listContainerInstances: 'listContainerInstances',
  registerSubnets: 'registerSubnets',
  registerTaskDefinition: 'registerTaskDefinition',
  describeTaskDefinition: 'describeTaskDefinition',
  importTasks: 'importTasks',
  runTask: 'runTask',
  startTask: 'startTask',
  stopTask: 'stopTask',
  submitTaskStateChange: 'submitTaskStateChange',
  describeTasks: 'describeTasks',
  explain: 'explain',
  prepare: 'prepare',
  rolloutBounds: 'rolloutBounds',
  rolloutStep: 'rolloutStep',
  circuitBreakerThreshold: 'circuitBreakerThreshold',
  containerInstanceArn: 'containerInstanceArn',
  stats: 'every command',
  check: 'every command',
  snapshot: 'snapshot',
  restore: 'restore',
  dispose: 'every command',
};

describe('command sequences', () => {
  it('reach every method of the engine', () => {
    const reached = new Set(Object.values(CALLED_BY));
    expect(Object.keys(MOVES).filter((name) => !reached.has(name as MoveName))).toEqual([
      'stopMany',
      'place',
      'placeAt',
      'stop',
      'free',
      'release',
      'victims',
    ]);
  });

  it.each([
    { seed: 1, runs: 200, maxCommands: 20 },
    { seed: 2, runs: 40, maxCommands: 90 },
  ])(
    'agree in every engine: seed $seed, $runs runs of up to $maxCommands commands',
    { timeout: 120_000 },
    async (campaign) => {
      const { runs, commands } = await checkSequences({ ...campaign, shrinkMs: 20_000 }, rivals);
      expect(runs).toBe(campaign.runs);
      expect(commands).toBeGreaterThan(campaign.runs);
    },
  );
});
