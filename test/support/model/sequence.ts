/**
 * Runs one drawn sequence over all engines: after each command every answer and the whole table are compared with the
 * first engine's. Called by test/engine/model.test.ts and scripts/fuzz.mjs. A disagreement carries its story.
 */
import fc from 'fast-check';
import type { Engine, EngineOptions } from '../../../src/contract.ts';
import { chance, SUBNETS } from '../arbitraries/names.ts';
import { type World, world } from '../arbitraries/world.ts';
import { firstDifference, type Outcome, outcomeOf, same, tableOf } from '../compare.ts';
import { engineMoves } from './engine-moves.ts';
import { call, instanceMoves } from './instance-moves.ts';
import { scaleMoves } from './scale-moves.ts';
import { type Call, type Model, type Move, type Real, startModel } from './state.ts';
import { taskMoves } from './task-moves.ts';

export const MOVES = { ...instanceMoves, ...taskMoves, ...engineMoves, ...scaleMoves };
export type MoveName = keyof typeof MOVES;

/** How often a command is drawn when its run has it at all; 2 where nothing is said. */
const WEIGHTS: Partial<Record<MoveName, number>> = {
  runTask: 8,
  place: 8,
  release: 4,
  stop: 4,
  free: 3,
  victims: 4,
  submitTaskStateChange: 4,
  explain: 3,
  stopTask: 3,
  startTask: 4,
  stopMany: 1,
  containerInstanceArn: 1,
  describeTaskDefinition: 1,
  registerTaskDefinition: 1,
  registerSubnets: 1,
  importTasks: 1,
  rolloutBounds: 1,
  rolloutStep: 1,
  circuitBreakerThreshold: 1,
};

/** What goes together: a run has all commands of a bundle or none. */
const BUNDLES: readonly (readonly MoveName[])[] = [
  ['runTask'],
  ['prepare', 'place', 'release'],
  ['prepare', 'place', 'placeAt', 'stop', 'free'],
  ['prepare', 'place', 'victims'],
  ['stopTask', 'submitTaskStateChange', 'stopMany'],
  ['registerContainerInstances', 'deregisterContainerInstance'],
  ['updateContainerInstancesState', 'setAgentConnected'],
  ['putAttributes', 'deleteAttributes'],
  ['listContainerInstances'],
  ['explain'],
  ['startTask'],
  ['importTasks'],
  ['registerTaskDefinition', 'registerSubnets'],
  ['describeContainerInstances', 'describeTasks', 'describeTaskDefinition', 'containerInstanceArn'],
  ['snapshot', 'restore'],
  ['rolloutBounds', 'rolloutStep', 'circuitBreakerThreshold'],
];

export interface Sequence {
  readonly world: World;
  readonly moves: readonly Move[];
}

/** Swarm style: each run draws which commands it has, so that some runs go deep where a mix would stay shallow. */
export function sequence(maxCommands: number): fc.Arbitrary<Sequence> {
  const bundles = fc.tuple(fc.subarray([...BUNDLES], { minLength: 3 }), chance(7));
  const moves = fc.noShrink(bundles).chain(([some, running]) => {
    const names = new Set<MoveName>([...(running ? (['runTask'] as const) : []), ...some.flat()]);
    const drawn = [...names].map((name) => ({ arbitrary: MOVES[name], weight: WEIGHTS[name] ?? 2 }));
    return fc.array(fc.oneof(...drawn), { minLength: 1, maxLength: maxCommands, size: 'max' });
  });
  return fc.record({ world, moves });
}

export class Disagreement extends Error {
  constructor(story: readonly string[], what: string) {
    super([`after ${story.length} commands, ${what}`, ...story.map((line, k) => `  ${k + 1}. ${line}`)].join('\n'));
  }
}

/** What makes engines; the names are for the report. */
export interface Rivals {
  readonly names: readonly string[];
  create(options: EngineOptions): Promise<Engine[]>;
}

interface Run {
  readonly model: Model;
  readonly real: Real;
  readonly rivals: Rivals;
  readonly story: string[];
}

/** @returns how many commands were applied. @throws Disagreement */
export async function runSequence({ world, moves }: Sequence, rivals: Rivals): Promise<number> {
  const { options } = world;
  const real = { engines: await rivals.create(options), spares: await rivals.create({ seed: 99 }) };
  const made = [...real.engines, ...real.spares];
  const run: Run = { model: startModel(world), real, rivals, story: [] };
  try {
    for (const move of [...firstMoves(world), ...moves]) step(run, move);
  } finally {
    for (const engine of made) engine.dispose();
  }
  return run.story.length;
}

/** The world is made by commands too, so that the story is complete. */
function firstMoves({ instances, registered, definitions }: World): Move[] {
  const first = instances.slice(0, registered);
  const register: Move = (model) =>
    call('registerContainerInstances', first, () => {
      model.arns = first.map((instance) => String(instance.containerInstanceArn));
      model.reserve = registered;
    });
  return [
    ...(registered > 0 ? [register] : []),
    () => call('registerSubnets', SUBNETS),
    ...definitions.map(
      (definition): Move =>
        () =>
          call('registerTaskDefinition', definition),
    ),
  ];
}

function step(run: Run, move: Move): void {
  const { model, real, story, rivals } = run;
  const made = move(model, real);
  if (!made) return;
  story.push(made.text);
  const outcomes = real.engines.map((engine, index) => outcomeOf(() => made.on(engine, index)));
  for (const [index, outcome] of outcomes.entries()) {
    if ('crash' in outcome) throw new Disagreement(story, `${rivals.names[index]} crashed: ${outcome.crash}`);
  }
  agree(run, 'the answers', outcomes);
  learn(made, outcomes[0]);
  const tables = real.engines.map((engine) => outcomeOf(() => tableOf(engine, model.arns, model.tasks)));
  agree(run, 'the tables', tables);
  const broken = (tables[0] as { answer?: { broken: string[] } }).answer?.broken;
  if (broken === undefined || broken.length > 0)
    throw new Disagreement(story, `the table is broken: ${JSON.stringify(broken ?? tables[0])}`);
}

function learn(made: Call, outcome: Outcome | undefined): void {
  if (outcome && 'answer' in outcome) made.learn?.(outcome.answer);
}

function agree({ story, rivals }: Run, what: string, values: readonly unknown[]): void {
  for (let k = 1; k < values.length; k++) {
    if (same(values[0], values[k])) continue;
    const difference = firstDifference(values[0], values[k]) ?? 'in a way that only the text shows';
    throw new Disagreement(story, `${what} of ${rivals.names[0]} and ${rivals.names[k]} differ at ${difference}`);
  }
}
