/** The plain TypeScript reference with its own placers. Its state is built of plain objects, then filled task by task. */
import { parseContainerInstances } from '../../src/model/container-instance.ts';
import { resolvePlacement } from '../../src/model/placement-request.ts';
import { commit } from '../../src/reference/place/commit.ts';
import { ReferencePlacer } from '../../src/reference/placer.ts';
import { makeRequest } from '../../src/reference/request.ts';
import { type Instance, newState, type Request } from '../../src/reference/state.ts';
import { addInstance } from '../../src/reference/table/instances.ts';
import { type Cluster, chunks, toPlacement, toTaskDefinition } from '../cluster.ts';
import type { Contender, Filled } from '../contender.ts';

/** Added one by one to an empty table: looking for a free slot in a full one takes as long as the table is. */
function makeInstances(cluster: Cluster): Instance[] {
  const instances: Instance[] = [];
  for (const chunk of chunks(cluster)) {
    for (const record of parseContainerInstances(chunk)) {
      const alone = newState({});
      addInstance(alone, record);
      const slot = instances.length;
      instances.push({ ...(alone.instances[0] as Instance), slot, registration: slot });
    }
  }
  return instances;
}

export function createReferenceContender(cluster: Cluster, { live, background }: Filled): Contender {
  const state = newState({ seed: 7 });
  state.instances = makeInstances(cluster);
  state.registrations = state.instances.length;
  const requests = cluster.definitions.map((definition) => {
    state.registry.register(toTaskDefinition(definition));
    return makeRequest(resolvePlacement(toPlacement(definition), state.registry, state.subnets), state.cql);
  });
  for (const tasks of [live, background]) {
    tasks.forEach((definition, slot) => {
      const instance = state.instances[slot] as Instance;
      commit(instance, requests[definition] as Request);
      instance.anonymousTasks += 1;
    });
  }
  const placers = requests.map((request) => new ReferencePlacer(() => state, request));
  const slots = new Int32Array(1);
  return {
    name: 'reference',
    place: (definition) => (placers[definition]?.place(1, slots) === 1 ? (slots[0] as number) : -1),
    release: (definition, slot) => {
      slots[0] = slot;
      placers[definition]?.release(slots, 1);
    },
    setDraining: (slot, draining) => {
      (state.instances[slot] as Instance).status = draining ? 'DRAINING' : 'ACTIVE';
    },
  };
}
