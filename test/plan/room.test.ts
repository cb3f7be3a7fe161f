/** Room: what fits beside what, and an engine that is as it was after every question. */
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/create-engine.ts';
import { Berths, phasesFor } from '../../src/plan/berth.ts';
import { groupFor } from '../../src/plan/groups.ts';
import { Room } from '../../src/plan/room.ts';
import { definitionOf, sceneJson } from './scenes.ts';

/** Old tasks take 384 CPU units of 1024, new ones 512; constraints are those of the new revision. */
async function world(placementConstraints: [] | [{ type: 'distinctInstance' }] = [], hostPort?: number) {
  const engine = await createEngine();
  engine.registerContainerInstances(sceneJson({ instances: [1024] }).containerInstances as []);
  for (const cpu of [384, 512]) engine.registerTaskDefinition(definitionOf(cpu, hostPort));
  const group = 'service:web';
  const loose = [1, 2].map((revision) => ({ loose: engine.prepare({ taskDefinition: `web:${revision}`, group }) }));
  const strict = engine.prepare({ taskDefinition: 'web:2', group, placementConstraints });
  const berths = new Berths(phasesFor(1));
  const room = new Room(berths.phases, loose, strict);
  const here = groupFor(0, [0], {}, []);
  return { engine, fits: (...counts: number[]) => room.fits(berths.of(here, counts)) };
}

describe('room', () => {
  it.each<[what: string, counts: number[], fits: boolean]>([
    ['nothing', [0, 0, 0, 0, 0], true],
    ['one old', [1, 0, 0, 0, 0], true],
    ['one old that stops', [0, 1, 0, 0, 0], true],
    ['two old', [2, 0, 0, 0, 0], false],
    ['two old, one of which stops', [1, 1, 0, 0, 0], false],
    ['one new', [0, 0, 1, 0, 0], true],
    ['two new', [0, 0, 1, 1, 0], false],
    ['two new, one of which stops', [0, 0, 0, 1, 1], false],
  ])('beside %s', async (_, counts, fits) => {
    const { engine, fits: ask } = await world();
    const look = () => engine.describeContainerInstances({ containerInstances: [engine.containerInstanceArn(0)] });
    const before = look();
    expect(ask(...counts)).toBe(fits);
    expect(look()).toEqual(before);
    expect(engine.check()).toEqual([]);
  });

  it('for one task an instance ends when the old one shall stop, not when it has', async () => {
    const { fits } = await world([{ type: 'distinctInstance' }]);
    expect([fits(1, 0, 0, 0, 0), fits(0, 1, 0, 0, 0)]).toEqual([false, true]);
  });

  it('for a port ends when the old one has stopped', async () => {
    const { fits } = await world([], 80);
    expect([fits(1, 0, 0, 0, 0), fits(0, 1, 0, 0, 0), fits(0, 0, 0, 0, 0)]).toEqual([false, false, true]);
  });
});
