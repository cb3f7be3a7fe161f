/**
 * Places a task of a random definition; then, while the cluster is fuller than at the start, and when nothing could take
 * the task, a task drawn from all live ones ends. So releases fall all over the cluster, and it stays as full as it can.
 */
import type { Cluster, Definition } from '../cluster.ts';
import type { Contender, Filled } from '../contender.ts';
import { Dice } from '../dice.ts';
import type { LiveTasks } from '../live-tasks.ts';
import type { Choices, Stream } from '../stream.ts';

export class Churn implements Stream {
  readonly choices: Choices;
  readonly #contender: Contender;
  readonly #cpu: Int32Array;
  readonly #own: number;
  readonly #goal: number;
  readonly #live: LiveTasks;
  readonly #dice: Dice;
  /** Cpu taken; beyond 2^31, and as a field each change of it would be an object for the garbage collector. */
  readonly #taken = new Float64Array(1);

  constructor(choices: Choices, contender: Contender, cluster: Cluster, { live, goal }: Filled, seed: number) {
    this.choices = choices;
    this.#contender = contender;
    this.#cpu = Int32Array.from(cluster.definitions, ({ cpu }: Definition) => cpu);
    this.#own = cluster.own;
    this.#goal = goal;
    this.#taken[0] = goal;
    this.#live = live.copy();
    this.#dice = new Dice(seed);
  }

  left(): number {
    return Number.POSITIVE_INFINITY;
  }

  rewind(): void {}

  run(steps: number): void {
    for (let n = 0; n < steps; n++) {
      const definition = this.#dice.below(this.#own);
      const slot = this.#contender.place(definition);
      this.choices.note(slot);
      if (slot < 0) {
        this.#releaseOne();
        continue;
      }
      this.#live.push(definition, slot);
      this.#take(this.#cpu[definition] as number);
      while ((this.#taken[0] as number) > this.#goal) this.#releaseOne();
    }
  }

  #take(cpu: number): void {
    this.#taken[0] = (this.#taken[0] as number) + cpu;
  }

  #releaseOne(): void {
    const live = this.#live;
    if (live.count === 0) return;
    const at = this.#dice.below(live.count);
    const definition = live.definition(at);
    this.#contender.release(definition, live.slot(at));
    this.#take(-(this.#cpu[definition] as number));
    live.removeAt(at);
  }
}
