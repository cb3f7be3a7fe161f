/** A shape built on a core, its moves played one by one; how tasks are placed is up to the law that is tested. */
import { NONE, TASK_PENDING, TASK_SLOT, TASK_STOPPED, TASK_WORDS } from '../../assembly/abi.ts';
import { type InspectedCore, send } from '../support/core.ts';
import { type Move, rowOf, type Shape } from './shapes.ts';
import { World, ZONE } from './world.ts';

/** Places up to `count` tasks; the slots in sequence. */
export type Place = (core: InspectedCore, request: number, count: number, records: boolean) => number[];

interface Held {
  readonly request: number;
  readonly slot: number;
  readonly task: number;
}

/** All at once, by one call. */
export const atOnce: Place = (core, request, count, records) => {
  const before = core.taskCount();
  if (records) {
    const placed = core.run(request, count, TASK_PENDING);
    return Array.from({ length: placed }, (_, n) => taskRecord(core, before + n)[TASK_SLOT] as number);
  }
  const placed = core.place(request, count);
  return [...new Int32Array(core.memory.buffer, core.exchange(count * 4), placed)];
};

/** By as many calls as there are tasks. */
export const oneByOne: Place = (core, request, count, records) => {
  const slots: number[] = [];
  while (slots.length < count) {
    const [slot] = atOnce(core, request, 1, records);
    if (slot === undefined) break;
    slots.push(slot);
  }
  return slots;
};

export function taskRecord(core: InspectedCore, number: number): number[] {
  return [...new Int32Array(core.memory.buffer, core.task(number) >>> 0, TASK_WORDS)];
}

export class Played {
  readonly world: World;
  readonly #shape: Shape;
  readonly #requests: number[];
  readonly #place: Place;
  #held: Held[] = [];

  constructor(core: InspectedCore, shape: Shape, place: Place) {
    this.world = new World(core);
    this.#shape = shape;
    this.#place = place;
    for (let k = 0; k < shape.instances; k++) this.world.register(rowOf(shape, k));
    this.#requests = shape.requests.map((row) => this.world.request(row));
  }

  get core(): InspectedCore {
    return this.world.core;
  }

  /** The slots that a move chose. */
  play(move: Move): number[] {
    const { core } = this;
    switch (move.kind) {
      case 'place':
        return this.#placed(move.request, move.count, move.records);
      case 'release':
        this.#release(move.which);
        return [];
      case 'register':
        return [this.world.register(rowOf(this.#shape, move.row))];
      default: {
        const slot = move.slot % core.slots();
        if (core.isLive(slot) === 0) return [];
        if (move.kind === 'state') core.setState(slot, move.flags);
        else if (move.kind === 'zone') core.setAttribute(slot, ZONE, move.zone);
        else this.#deregister(slot);
        return [];
      }
    }
  }

  #placed(which: number, count: number, records: boolean): number[] {
    const request = this.#requests[which % this.#requests.length] as number;
    const first = this.core.taskCount();
    const slots = this.#place(this.core, request, count, records);
    slots.forEach((slot, n) => void this.#held.push({ request, slot, task: records ? first + n : NONE }));
    return slots;
  }

  #release(which: number): void {
    const { core } = this;
    const [gone] = this.#held.length === 0 ? [] : this.#held.splice(which % this.#held.length, 1);
    if (gone === undefined) return;
    if (gone.task !== NONE) {
      core.setTaskStatus(gone.task, TASK_STOPPED);
      return;
    }
    send(core, [gone.slot]);
    if (core.release(gone.request, 1) !== 0) throw new Error(`slot ${gone.slot} does not hold what was placed there`);
  }

  /** The tasks are forgotten with their instance. */
  #deregister(slot: number): void {
    this.core.deregister(slot);
    this.#held = this.#held.filter((held) => held.slot !== slot);
  }
}
