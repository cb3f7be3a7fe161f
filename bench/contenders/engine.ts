/** The package as its users call it: one placer per definition, one decision or many per call. */
import { createEngine } from 'bayplan';
import { arnOf, type Cluster, chunks, toPlacement, toTaskDefinition } from '../cluster.ts';
import type { Batching } from '../contender.ts';

/** Instances up to which a cluster is filled by its row's own strategies; above, by binpack, whatever the row. */
const MOST_FILLED_BY_STRATEGY = 100_000;

/** An engine with the cluster's machines, all empty. @param module another build of the core. */
export async function createEngineContender(cluster: Cluster, module?: WebAssembly.Module): Promise<Batching> {
  const engine = await createEngine({ seed: 7, ...(module === undefined ? {} : { module }) });
  for (const chunk of chunks(cluster)) engine.registerContainerInstances(chunk);
  const placers = cluster.definitions.map((definition) => {
    engine.registerTaskDefinition(toTaskDefinition(definition));
    return engine.prepare(toPlacement(definition));
  });
  const isLarge = cluster.machines.length > MOST_FILLED_BY_STRATEGY;
  const fillers = isLarge
    ? cluster.definitions.map((definition) => engine.prepare(toPlacement({ ...definition, strategy: 'binpack' })))
    : placers;
  const slots = new Int32Array(1);
  return {
    name: 'engine',
    place: (definition) => (placers[definition]?.place(1, slots) === 1 ? (slots[0] as number) : -1),
    release: (definition, slot) => {
      slots[0] = slot;
      placers[definition]?.release(slots, 1);
    },
    setDraining: (slot, draining) => {
      const status = draining ? 'DRAINING' : 'ACTIVE';
      engine.updateContainerInstancesState({ containerInstances: [arnOf(slot)], status });
    },
    fillMany: (definition, many) => fillers[definition]?.place(many.length, many) ?? 0,
    placeMany: (definition, many) => placers[definition]?.place(many.length, many) ?? 0,
    releaseMany: (definition, many, count) => placers[definition]?.release(many, count),
    memoryBytes: () => engine.stats().memoryBytes,
  };
}
