/**
 * Cluster queries over a large cluster: an expression nobody has asked before, and one that is kept while instances change.
 * Called by bulk. What is timed is `place(1)` with the expression as memberOf, its evaluation and the placement together.
 */
import { type ContainerInstance, createEngine, type Engine, type Placer } from 'bayplan';
import { Dice } from './dice.ts';

export interface QueryTimes {
  readonly newMs: number;
  readonly keptMs: number;
  /** Nothing has changed since: the placement alone. */
  readonly idleMs: number;
  /** Whether both placed where the expression allows. */
  readonly agrees: boolean;
}

const CHUNK = 10_000;
const VALUES = 1_000;
const CHANGES = 100;
const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

function instance(k: number, dice: Dice): ContainerInstance {
  return {
    containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/default/${k.toString(16).padStart(32, '0')}`,
    registeredResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 4096 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 16_384 },
    ],
    attributes: [
      { name: 'ecs.availability-zone', value: ZONES[k % ZONES.length] as string },
      { name: 'rack', value: `r${dice.below(VALUES)}` },
      { name: 'stack', value: dice.below(2) === 0 ? 'blue' : 'green' },
    ],
  };
}

/** Three clauses, one a regular expression over a thousand values; another text for each `n`. */
function expression(n: number): string {
  return `attribute:rack =~ r[0-9]*${n % 10} and attribute:stack == blue and attribute:ecs.availability-zone != us-east-1${'abc'[n % 3]}`;
}

function prepare(engine: Engine, n: number): Placer {
  return engine.prepare({
    taskDefinition: 'web:1',
    placementConstraints: [{ type: 'memberOf', expression: expression(n) }],
    placementStrategy: [{ type: 'binpack', field: 'memory' }],
  });
}

function elapsedMs(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Whether the engine's own listing has the instance that was placed on. */
function isListed(engine: Engine, slot: number, n: number): boolean {
  const arn = engine.containerInstanceArn(slot);
  return engine.listContainerInstances({ filter: expression(n) }).containerInstanceArns.includes(arn);
}

/** One attribute a call; a call takes ten at most. */
function change(engine: Engine, count: number, dice: Dice): void {
  for (let n = 0; n < CHANGES; n++) {
    const value = dice.below(2) === 0 ? 'blue' : 'green';
    engine.putAttributes({
      attributes: [{ name: 'stack', value, targetId: engine.containerInstanceArn(dice.below(count)) }],
    });
  }
}

/** Best of so many rounds. */
export async function timeQueries(count: number, seed: number, rounds: number): Promise<QueryTimes> {
  const engine = await createEngine({ seed });
  const dice = new Dice(seed);
  for (let first = 0; first < count; first += CHUNK)
    engine.registerContainerInstances(
      Array.from({ length: Math.min(CHUNK, count - first) }, (_, k) => instance(first + k, dice)),
    );
  engine.registerTaskDefinition({
    family: 'web',
    containerDefinitions: [{ name: 'web', image: 'web', cpu: 64, memory: 64 }],
  });
  const slots = new Int32Array(1);
  // The index by memory is there, and the code is compiled.
  const first = prepare(engine, 0);
  for (let n = 0; n < 2_000; n++) if (first.place(1, slots) === 1) first.release(slots, 1);
  let [newMs, keptMs, idleMs, agrees] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    true,
  ];
  for (let round = 1; round <= rounds; round++) {
    const fresh = prepare(engine, round);
    newMs = Math.min(
      newMs,
      elapsedMs(() => fresh.place(1, slots)),
    );
    agrees &&= isListed(engine, slots[0] as number, round);
    change(engine, count, dice);
    keptMs = Math.min(
      keptMs,
      elapsedMs(() => fresh.place(1, slots)),
    );
    agrees &&= isListed(engine, slots[0] as number, round);
    idleMs = Math.min(
      idleMs,
      elapsedMs(() => fresh.place(1, slots)),
    );
  }
  engine.dispose();
  return { newMs, keptMs, idleMs, agrees };
}
