/** Barren words: what a request remembers of them takes a byte a word, also in a table that grows. */
import { expect, it } from 'vitest';
import { World } from '../indexes/world.ts';
import { createFastCore, type InspectedCore } from '../support/core.ts';

const live = (core: InspectedCore): number => (core.heapTop() >>> 0) - (core.freeBytes() >>> 0);

it('takes a byte for 64 instances, whatever the number of requests', () => {
  const core = createFastCore();
  const world = new World(core);
  const join = (count: number): void => {
    for (let k = 0; k < count; k++) world.register({ cpu: 1024, memory: 1024 });
  };
  join(20_000);
  const requests = Array.from({ length: 64 }, (_, group) =>
    world.request({ cpu: 1, memory: 1, group, strategies: ['instance'] }),
  );
  const placeOnAll = (): void => {
    for (const request of requests) core.placeOne(request);
  };
  placeOnAll();
  const before = live(core);
  placeOnAll();
  // Beside the list: the seats of the group, and the list's own record.
  expect((live(core) - before) / requests.length).toBeLessThanOrEqual(32_768 / 64 + 400);
  join(20_000);
  for (const request of requests) expect(core.decideOnly(request)).toBe(core.decideWithoutIndexes(request));
  expect(core.check()).toBe(0);
});
