/**
 * The SIMD scan: the same host, the same placers, the same core compiled without its indexes (build/scan.wasm). What it
 * starts from is loaded, not decided again, since scanning a large cluster full would take minutes.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COLUMN_ANONYMOUS } from '../../assembly/abi.ts';
import { parseContainerInstances } from '../../src/model/container-instance.ts';
import { resolvePlacement } from '../../src/model/placement-request.ts';
import { Guard } from '../../src/wasm/guard.ts';
import { WasmPlacer } from '../../src/wasm/placer.ts';
import { State } from '../../src/wasm/state.ts';
import { type Cluster, chunks, toPlacement, toTaskDefinition } from '../cluster.ts';
import type { Contender, Filled } from '../contender.ts';
import { type TakenBySlot, takenBySlot } from '../taken.ts';

const FILE = fileURLToPath(new URL('../../build/scan.wasm', import.meta.url));
const RELEASE_FILE = fileURLToPath(new URL('../../build/release.wasm', import.meta.url));

let compiled: WebAssembly.Module | undefined;

function compile(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(FILE));
  return compiled;
}

function exportsOf(module: WebAssembly.Module): string {
  return WebAssembly.Module.exports(module)
    .map(({ name }) => name)
    .sort()
    .join();
}

/** Whether the file is there and of the core that the host was built for: an old build may have left another. */
export function hasScan(): boolean {
  if (!existsSync(FILE)) return false;
  return exportsOf(compile()) === exportsOf(new WebAssembly.Module(readFileSync(RELEASE_FILE)));
}

/** Tasks as placers hold them: the amounts came with the registration, here come the counts. */
function loadTasks(state: State, groups: readonly string[], taken: TakenBySlot, { live, background }: Filled): void {
  const numbers = groups.map((group) => state.intern.group(group));
  for (const tasks of [live, background]) {
    tasks.forEach((definition, slot) => {
      state.core.addCount(numbers[definition] as number, slot, 1);
    });
  }
  const words = state.views.words();
  for (const [slot, tasks] of taken.tasks.entries()) words[state.core.cellAt(COLUMN_ANONYMOUS, slot) >>> 2] = tasks;
}

export function createScanContender(cluster: Cluster, filled: Filled): Contender {
  const state = new State({ seed: 7 }, compile());
  const taken = takenBySlot(cluster, filled);
  for (const chunk of chunks(cluster, (slot) => taken.at(slot))) {
    state.instances.add(parseContainerInstances(chunk));
  }
  const guard = new Guard();
  const placements = cluster.definitions.map((definition) => {
    state.registry.register(toTaskDefinition(definition));
    return resolvePlacement(toPlacement(definition), state.registry, state.subnets);
  });
  const groups = placements.map(({ group }) => group);
  // Requests first: counting for what they ask about begins with them.
  const placers = placements.map((placement) => new WasmPlacer(state, guard, state.requests.encode(placement).id));
  loadTasks(state, groups, taken, filled);
  const slots = new Int32Array(1);
  return {
    name: 'scan',
    place: (definition) => (placers[definition]?.place(1, slots) === 1 ? (slots[0] as number) : -1),
    release: (definition, slot) => {
      slots[0] = slot;
      placers[definition]?.release(slots, 1);
    },
    setDraining: (slot, draining) => {
      const instance = state.instances.at(slot);
      if (instance === undefined) return;
      state.instances.setState(instance, draining ? 'DRAINING' : 'ACTIVE', true);
      state.instances.describe(instance); // as the engine's call answers
    },
  };
}
