/** Rollout: the recorded timelines, the bounds, and what holds at every tick of any rollout. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/contract.ts';
import type { RolloutInput } from '../../src/model/rollout.ts';
import { engineKinds } from '../support/engines.ts';
import { refusal } from '../support/shapes.ts';

interface Case {
  readonly desired: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly min: number;
  readonly max: number;
  readonly stuck: boolean;
  readonly timeline: readonly { event: string; old: number; new: number }[];
}

const { cases } = JSON.parse(readFileSync(new URL('./vectors/rolling-update.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

/** From scaling of services as documented, beside the recorded ones: desired, minimum and maximum percent, then events. */
const MORE: readonly [number, number, number, string][] = [
  [1, 100, 200, 'start 1, stop 1'],
  [10, 50, 200, 'start 10, stop 10'],
  [3, 100, 125, ''],
  [2, 75, 100, ''],
  [4, 0, 100, 'stop 4, start 4'],
  [5, 50, 100, 'stop 2, start 2, stop 2, start 2, stop 1, start 1'],
  [3, 100, 134, 'start 1, stop 1, start 1, stop 1, start 1, stop 1'],
  [0, 100, 200, ''],
];

const AT_REST: RolloutInput = {
  desiredCount: 4,
  minimum: 4,
  maximum: 8,
  newTasks: 4,
  newHealthy: 4,
  oldTasks: 0,
  oldHealthy: 0,
  oldUnhealthy: 0,
  stopping: 0,
};

const step = (engine: Engine, input: Partial<RolloutInput>): string => {
  const { start, stop } = engine.rolloutStep({ ...AT_REST, ...input });
  return `start ${start}, stop ${stop}`;
};

/** A rollout in which every new task is healthy before the next tick and every stopped one is gone. */
function timelineOf(
  engine: Engine,
  desired: number,
  minimumHealthyPercent: number,
  maximumPercent: number,
): Case['timeline'] {
  const bounds = engine.rolloutBounds({ desiredCount: desired, minimumHealthyPercent, maximumPercent });
  const timeline = [{ event: 'start', old: desired, new: 0 }];
  for (;;) {
    const now = timeline[timeline.length - 1] as { old: number; new: number };
    const { start, stop } = engine.rolloutStep({
      ...AT_REST,
      ...bounds,
      desiredCount: desired,
      newTasks: now.new,
      newHealthy: now.new,
      oldTasks: now.old,
      oldHealthy: now.old,
    });
    if (start === 0 && stop === 0) return timeline;
    const event = start > 0 ? `start ${start} new` : `stop ${stop} old`;
    timeline.push({ event, old: now.old - stop, new: now.new + start });
  }
}

describe.each(engineKinds)('$name', (kind) => {
  it.each(cases)('goes as recorded: $desired tasks, $minimumHealthyPercent to $maximumPercent %', async (one) => {
    const engine = await kind.create();
    const { desired, minimumHealthyPercent, maximumPercent, min, max, stuck, timeline } = one;
    expect(engine.rolloutBounds({ desiredCount: desired, minimumHealthyPercent, maximumPercent })).toEqual({
      minimum: min,
      maximum: max,
    });
    const seen = timelineOf(engine, desired, minimumHealthyPercent, maximumPercent);
    expect(seen).toEqual(timeline);
    expect((seen.at(-1)?.old ?? 0) > 0).toBe(stuck);
  });

  it.each(MORE)('%i tasks, %i to %i %%: %s', async (desired, minimum, maximum, events) => {
    const seen = timelineOf(await kind.create(), desired, minimum, maximum);
    const text = seen.slice(1).map(({ event }) => event.replace(/ (new|old)$/, ''));
    expect(text.join(', ')).toBe(events);
  });

  it.each([
    [4, 50, 100, 2, 4],
    [3, 50, 150, 2, 4],
    [1, 1, 199, 1, 1],
    [7, 29, 129, 3, 9],
    [3, 100, 125, 3, 3],
    [2, 75, 100, 2, 2],
    [0, 100, 200, 0, 0],
    [10, 0, 0, 0, 0],
    [10_000_000, 10_000, 10_000, 1_000_000_000, 1_000_000_000],
    [9_999_999, 33, 67, 3_300_000, 6_699_999],
  ])('bounds of %i tasks at %i and %i %%: %i and %i', async (desiredCount, low, high, minimum, maximum) => {
    const engine = await kind.create();
    const input = { desiredCount, minimumHealthyPercent: low, maximumPercent: high };
    expect(engine.rolloutBounds(input)).toEqual({ minimum, maximum });
  });

  it('rests when there is what is desired', async () => {
    expect(step(await kind.create(), {})).toBe('start 0, stop 0');
  });

  it('starts what is missing, up to the maximum', async () => {
    const engine = await kind.create();
    expect(step(engine, { newTasks: 1, newHealthy: 1 })).toBe('start 3, stop 0');
    expect(step(engine, { newTasks: 0, newHealthy: 0, oldTasks: 7, oldHealthy: 3 })).toBe('start 1, stop 0');
    expect(step(engine, { newTasks: 0, newHealthy: 0, maximum: 3, oldTasks: 3, oldHealthy: 3 })).toBe(
      'start 0, stop 0',
    );
  });

  it('counts tasks that shall stop against the maximum until they have', async () => {
    const engine = await kind.create();
    const input = { minimum: 2, maximum: 4, newTasks: 0, newHealthy: 0, oldTasks: 2, oldHealthy: 2 };
    expect(step(engine, { ...input, stopping: 2 })).toBe('start 0, stop 0');
    expect(step(engine, { ...input, stopping: 1 })).toBe('start 1, stop 0');
    expect(step(engine, { ...input, stopping: 0 })).toBe('start 2, stop 0');
    expect(step(engine, { ...input, stopping: 9 })).toBe('start 0, stop 0');
  });

  it('waits for new tasks to become healthy before it stops old ones', async () => {
    const engine = await kind.create();
    const input = { oldTasks: 4, oldHealthy: 4 };
    expect(step(engine, { ...input, newHealthy: 0 })).toBe('start 0, stop 0');
    expect(step(engine, { ...input, newHealthy: 3 })).toBe('start 0, stop 3');
    expect(step(engine, { ...input, newHealthy: 4 })).toBe('start 0, stop 4');
  });

  it('stops old tasks that are not healthy whatever the minimum', async () => {
    const engine = await kind.create();
    const input = { maximum: 4, newTasks: 0, newHealthy: 0, oldTasks: 4 };
    expect(step(engine, { ...input, oldHealthy: 3, oldUnhealthy: 1 })).toBe('start 0, stop 1');
    expect(step(engine, { ...input, oldHealthy: 3, oldUnhealthy: 0 })).toBe('start 0, stop 0');
    expect(step(engine, { ...input, oldHealthy: 2, oldUnhealthy: 2, minimum: 1 })).toBe('start 0, stop 3');
  });

  it('starts before it stops where both are possible, or the other way round', async () => {
    const engine = await kind.create();
    const input = { minimum: 2, newTasks: 0, newHealthy: 0, oldTasks: 4, oldHealthy: 4 };
    expect(step(engine, input)).toBe('start 4, stop 0');
    expect(step(engine, { ...input, stopFirst: false })).toBe('start 4, stop 0');
    expect(step(engine, { ...input, stopFirst: true })).toBe('start 0, stop 2');
    expect(step(engine, { ...input, stopFirst: true, oldTasks: 2, oldHealthy: 2 })).toBe('start 4, stop 0');
  });

  it('scales in by the new tasks there are too many of, unhealthy ones first', async () => {
    const engine = await kind.create();
    expect(step(engine, { newTasks: 9, newHealthy: 9 })).toBe('start 0, stop 5');
    expect(step(engine, { newTasks: 9, newHealthy: 2 })).toBe('start 0, stop 5');
    expect(step(engine, { newTasks: 6, newHealthy: 6, oldTasks: 4, oldHealthy: 4 })).toBe('start 0, stop 2');
    expect(step(engine, { desiredCount: 0, minimum: 0, maximum: 0, newTasks: 3, newHealthy: 1 })).toBe(
      'start 0, stop 3',
    );
    expect(step(engine, { minimum: 6, newTasks: 8, newHealthy: 7 })).toBe('start 0, stop 2');
  });

  it.each<[string, Partial<Record<keyof RolloutInput, unknown>>, string]>([
    ['half a task', { newTasks: 2.5 }, 'OUT_OF_RANGE newTasks'],
    ['less than none', { stopping: -1 }, 'OUT_OF_RANGE stopping'],
    ['a count in text', { desiredCount: '4' }, 'WRONG_TYPE desiredCount'],
    ['no minimum', { minimum: undefined }, 'WRONG_TYPE minimum'],
    ['a maximum that is no number', { maximum: Number.NaN }, 'OUT_OF_RANGE maximum'],
    ['more healthy than new tasks', { newHealthy: 5 }, 'OUT_OF_RANGE newHealthy'],
    ['more healthy than old tasks', { oldHealthy: 1 }, 'OUT_OF_RANGE oldHealthy'],
    ['tasks both healthy and not', { oldTasks: 3, oldHealthy: 2, oldUnhealthy: 2 }, 'OUT_OF_RANGE oldUnhealthy'],
    ['ten million and one', { oldTasks: 10_000_001 }, 'OUT_OF_RANGE oldTasks'],
    ['a flag in words', { stopFirst: 'no' }, 'WRONG_TYPE stopFirst'],
  ])('refuses %s', async (_, wrong, said) => {
    const engine = await kind.create();
    const call = () => engine.rolloutStep({ ...AT_REST, ...wrong } as RolloutInput);
    const [code, path] = said.split(' ');
    expect(refusal(call)).toBe(`InvalidParameterException ${code}`);
    expect(call).toThrow(expect.objectContaining({ facts: expect.objectContaining({ path }) }));
  });

  it.each([
    [{ desiredCount: 1, minimumHealthyPercent: 0.5, maximumPercent: 100 }, 'OUT_OF_RANGE'],
    [{ desiredCount: 1, minimumHealthyPercent: 0, maximumPercent: 10_001 }, 'OUT_OF_RANGE'],
    [{ desiredCount: -1, minimumHealthyPercent: 0, maximumPercent: 100 }, 'OUT_OF_RANGE'],
    [{ desiredCount: 1, maximumPercent: 100 }, 'WRONG_TYPE'],
    [undefined, 'WRONG_TYPE'],
  ])('refuses the bounds of %j', async (input, code) => {
    const engine = await kind.create();
    expect(refusal(() => engine.rolloutBounds(input as never))).toBe(`InvalidParameterException ${code}`);
  });

  it('is of no use once the engine is disposed', async () => {
    const engine = await kind.create();
    engine.dispose();
    expect(refusal(() => engine.rolloutStep(AT_REST))).toBe('BayplanException ENGINE_DISPOSED');
  });

  it('keeps its bounds at every tick of any rollout, and ends', async () => {
    const engine = await kind.create();
    fc.assert(
      fc.property(rollouts, (drawn) => play(engine, drawn)),
      { numRuns: 400, seed: 12 },
    );
  });
});

interface Rollout {
  readonly desired: number;
  readonly lowPercent: number;
  readonly highPercent: number;
  readonly before: number;
  readonly sick: number;
  readonly stopFirst: boolean;
  /** By tick: how many of those waiting become healthy, and how many of those stopping are gone. */
  readonly pace: readonly { healthy: number; gone: number }[];
}

const rollouts: fc.Arbitrary<Rollout> = fc.record({
  desired: fc.integer({ min: 0, max: 60 }),
  lowPercent: fc.integer({ min: 0, max: 100 }),
  highPercent: fc.integer({ min: 100, max: 250 }),
  before: fc.integer({ min: 0, max: 80 }),
  sick: fc.nat(9),
  stopFirst: fc.boolean(),
  pace: fc.array(fc.record({ healthy: fc.nat(5), gone: fc.nat(5) }), { minLength: 1, maxLength: 8 }),
});

/** Plays a rollout in which tasks take ticks to become healthy and to stop. */
function play(engine: Engine, { desired, lowPercent, highPercent, before, sick, stopFirst, pace }: Rollout): void {
  const input = { desiredCount: desired, minimumHealthyPercent: lowPercent, maximumPercent: highPercent };
  const { minimum, maximum } = engine.rolloutBounds(input);
  let [oldHealthy, oldUnhealthy, healthy, waiting, stopping] = [
    Math.max(0, before - sick),
    Math.min(before, sick),
    0,
    0,
    0,
  ];
  for (let tick = 0; tick < 1000; tick++) {
    const total = oldHealthy + oldUnhealthy + healthy + waiting + stopping;
    const { start, stop } = engine.rolloutStep({
      desiredCount: desired,
      minimum,
      maximum,
      newTasks: healthy + waiting,
      newHealthy: healthy,
      oldTasks: oldHealthy + oldUnhealthy,
      oldHealthy,
      oldUnhealthy,
      stopping,
      stopFirst,
    });
    expect(start === 0 || stop === 0).toBe(true);
    if (start > 0) expect(total + start).toBeLessThanOrEqual(maximum);
    const unhealthyGone = Math.min(stop, oldUnhealthy);
    const healthyGone = stop - unhealthyGone;
    if (healthyGone > 0) expect(healthy + oldHealthy - healthyGone).toBeGreaterThanOrEqual(minimum);
    expect(healthyGone).toBeLessThanOrEqual(oldHealthy);
    const { healthy: better, gone } = pace[tick % pace.length] as { healthy: number; gone: number };
    const isQuiet = start === 0 && stop === 0 && waiting === 0 && stopping === 0;
    // A tick in ten all are well, so that every rollout that can end does.
    const cured = tick % 10 === 9 ? waiting : Math.min(better, waiting);
    const ended = tick % 10 === 9 ? stopping : Math.min(gone, stopping);
    oldUnhealthy -= unhealthyGone;
    oldHealthy -= healthyGone;
    healthy += cured;
    waiting += start - cured;
    stopping += stop - ended;
    if (isQuiet) break;
  }
  expect([waiting, stopping]).toEqual([0, 0]);
  if (minimum < maximum || desired === 0) expect([healthy, oldHealthy + oldUnhealthy]).toEqual([desired, 0]);
}
