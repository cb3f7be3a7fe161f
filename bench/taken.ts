/** What is taken of every instance in a filled cluster: baselines load it, the report counts instances in use with it. */
import type { Cluster, Definition, Taken } from './cluster.ts';
import { add, type Filled } from './contender.ts';

export class TakenBySlot {
  readonly cpu: Int32Array;
  readonly memoryMiB: Int32Array;
  readonly tasks: Int32Array;

  constructor(instances: number) {
    this.cpu = new Int32Array(instances);
    this.memoryMiB = new Int32Array(instances);
    this.tasks = new Int32Array(instances);
  }

  add({ cpu, memoryMiB }: Definition, slot: number): void {
    add(this.cpu, slot, cpu);
    add(this.memoryMiB, slot, memoryMiB);
    add(this.tasks, slot, 1);
  }

  at(slot: number): Taken {
    return {
      cpu: this.cpu[slot] as number,
      memoryMiB: this.memoryMiB[slot] as number,
      tasks: this.tasks[slot] as number,
    };
  }

  /** Instances that hold a task. */
  used(): number {
    return this.tasks.reduce((sum, tasks) => sum + (tasks > 0 ? 1 : 0), 0);
  }
}

export function takenBySlot({ machines, definitions }: Cluster, { live, background }: Filled): TakenBySlot {
  const taken = new TakenBySlot(machines.length);
  for (const tasks of [live, background]) {
    tasks.forEach((definition, slot) => {
      taken.add(definitions[definition] as Definition, slot);
    });
  }
  return taken;
}
