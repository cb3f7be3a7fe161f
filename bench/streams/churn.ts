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
  #taken: number;

  constructor(choices: Choices, contender: Contender, cluster: Cluster, { live, goal }: Filled, seed: number) {
    this.choices = choices;
    this.#contender = contender;
    this.#cpu = Int32Array.from(cluster.definitions, ({ cpu }: Definition) => cpu);
    this.#own = cluster.own;
    this.#goal = goal;
    this.#taken = goal;
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
      this.#taken += this.#cpu[definition] as number;
      while (this.#taken > this.#goal) this.#releaseOne();
    }
  }

  #releaseOne(): void {
    const live = this.#live;
    if (live.count === 0) return;
    const at = this.#dice.below(live.count);
    const definition = live.definition(at);
    this.#contender.release(definition, live.slot(at));
    this.#taken -= this.#cpu[definition] as number;
    live.removeAt(at);
  }
}
