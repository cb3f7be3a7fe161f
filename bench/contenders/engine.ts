/** An engine of the package as a contender: one placer per definition, one decision per call. */
import { createEngine, type Engine, type Task } from 'bayplan';
import { arnOf, type Definition, type Machine, toInstance, toTaskDefinition } from '../cluster.ts';
import type { Contender, Filled } from '../contender.ts';
import type { Workload } from '../workloads.ts';

export interface EngineContender extends Contender {
  readonly engine: Engine;
}

function* importedTasks(definitions: readonly Definition[], filled: Filled): Generator<Task> {
  let number = 0;
  for (const [d, counts] of filled.counts.entries()) {
    for (const [slot, count] of counts.entries()) {
      for (let k = 0; k < count; k++) {
        yield {
          taskArn: `task/${number++}`,
          containerInstanceArn: arnOf(slot),
          group: `family:${definitions[d]?.family}`,
          desiredStatus: 'RUNNING',
          lastStatus: 'RUNNING',
        };
      }
    }
  }
}

/** Registers the machines, as they are left when `filled` is given. */
export async function createContender(
  kind: 'wasm' | 'reference',
  workload: Workload,
  machines: readonly Machine[],
  definitions: readonly Definition[],
  filled?: Filled,
): Promise<EngineContender> {
  const engine = await createEngine({ engine: kind, seed: 7 });
  engine.registerContainerInstances(
    machines.map((machine, slot) =>
      toInstance(machine, slot, filled?.cpuLeft[slot] ?? machine.cpu, filled?.memoryLeftMiB[slot] ?? machine.memoryMiB),
    ),
  );
  if (filled !== undefined) engine.importTasks([...importedTasks(definitions, filled)]);
  const { placementStrategy, placementConstraints } = workload;
  const placers = definitions.map((definition) => {
    engine.registerTaskDefinition(toTaskDefinition(definition));
    return engine.prepare({
      taskDefinition: definition.family,
      placementStrategy: [...placementStrategy],
      placementConstraints: [...placementConstraints],
    });
  });
  const slots = new Int32Array(1);
  return {
    name: kind,
    engine,
    place: (definition) => (placers[definition]?.place(1, slots) === 1 ? (slots[0] as number) : -1),
    release: (definition, slot) => {
      slots[0] = slot;
      placers[definition]?.release(slots, 1);
    },
  };
}
