/**
 * `pickCheapestFitting` (ours: ECS publishes no rule beyond "the most cost-optimized"): which instances to launch for tasks
 * that wait in one zone. The type whose instances cost least a task, packed first fit in the order of the tasks; of equal
 * ones the fewest instances, then the first in the list. Called by managed-plan. Pure, whole numbers only.
 */
import { NONE } from '../../../assembly/abi.ts';
import type { InstanceOffer } from '../../model/group-instance-type.ts';

export interface Demand<Task> {
  readonly task: Task;
  /** Demands with one key are alike. */
  readonly key: string;
  readonly cpu: number;
  readonly memoryMiB: number;
  /** NONE: all of the instance. */
  readonly gpus: number;
  readonly enis: number;
  readonly portKeys: readonly number[];
  readonly group: string;
  /** No other task of its group beside it. */
  readonly isDistinct: boolean;
  /** Whether an instance of that type may run it at all, room aside. */
  admits(offer: InstanceOffer): boolean;
}

/** What is left of an instance that is to come. */
export class Room {
  readonly offer: InstanceOffer;
  #cpu: number;
  #memoryMiB: number;
  #gpus: number;
  #enis: number;
  readonly #ports: Set<number>;
  readonly #groups = new Set<string>();
  readonly #mostPorts: number;

  /** @param ports that the agent keeps; @param mostPorts reserved on an instance, those included. */
  constructor(offer: InstanceOffer, ports: readonly number[], mostPorts: number) {
    this.offer = offer;
    this.#cpu = offer.cpu;
    this.#memoryMiB = offer.memoryMiB;
    this.#gpus = offer.gpus;
    this.#enis = offer.networkInterfaces ?? Number.POSITIVE_INFINITY;
    this.#ports = new Set(ports);
    this.#mostPorts = mostPorts;
  }

  take(demand: Omit<Demand<unknown>, 'task' | 'admits'>): boolean {
    const gpus = demand.gpus === NONE ? Math.max(1, this.offer.gpus) : demand.gpus;
    const isRoomy =
      demand.cpu <= this.#cpu && demand.memoryMiB <= this.#memoryMiB && gpus <= this.#gpus && demand.enis <= this.#enis;
    if (!isRoomy || (demand.isDistinct && this.#groups.has(demand.group))) return false;
    if (demand.portKeys.some((key) => this.#ports.has(key))) return false;
    if (demand.portKeys.length > 0 && this.#ports.size + demand.portKeys.length > this.#mostPorts) return false;
    this.#cpu -= demand.cpu;
    this.#memoryMiB -= demand.memoryMiB;
    this.#gpus -= gpus;
    this.#enis -= demand.enis;
    this.#groups.add(demand.group);
    for (const key of demand.portKeys) this.#ports.add(key);
    return true;
  }
}

export interface Pick<Task> {
  readonly offer: InstanceOffer;
  readonly tasks: readonly Task[];
}

/** A type whose price nobody knows is dearer than any other, millionths of a dollar an hour. */
const UNKNOWN_PRICE = 10_000_000_000;

interface Packing<Task> {
  readonly picks: readonly { readonly offer: InstanceOffer; readonly tasks: Task[] }[];
  readonly packed: ReadonlySet<Task>;
  readonly cost: number;
}

type MakeRoom = (offer: InstanceOffer) => Room;
/** How many instances of a type there may be. */
type MostOf = (offer: InstanceOffer) => number;

const NO_LIMIT: MostOf = () => Number.POSITIVE_INFINITY;

/** Alike demands fill instances from the first on: what one found full its likes need not try again. */
function pack<Task>(
  demands: readonly Demand<Task>[],
  offer: InstanceOffer,
  makeRoom: MakeRoom,
  most: number,
): Packing<Task> {
  const rooms: { readonly room: Room; readonly tasks: Task[] }[] = [];
  const from = new Map<string, number>();
  const packed = new Set<Task>();
  for (const demand of demands) {
    if (!demand.admits(offer)) continue;
    let k = from.get(demand.key) ?? 0;
    while (k < rooms.length && !rooms[k]?.room.take(demand)) k++;
    from.set(demand.key, k);
    if (k === rooms.length) {
      if (k >= most) continue;
      const room = makeRoom(offer);
      if (!room.take(demand)) continue;
      rooms.push({ room, tasks: [] });
    }
    rooms[k]?.tasks.push(demand.task);
    packed.add(demand.task);
  }
  const picks = rooms.map(({ tasks }) => ({ offer, tasks }));
  return { picks, packed, cost: (offer.price ?? UNKNOWN_PRICE) * picks.length };
}

function isCheaper<Task>(one: Packing<Task>, other: Packing<Task> | undefined): boolean {
  if (other === undefined) return true;
  const [a, b] = [one.cost * other.packed.size, other.cost * one.packed.size];
  return a === b ? one.picks.length < other.picks.length : a < b;
}

/**
 * @param demands of tasks that wait in one zone, the oldest first; those that no type takes are left out of the answer.
 * @param offers the cheapest first: the last tie goes to the first.
 * @param mostOf instances of a type, at most; without, any number of each.
 */
export function pickCheapestFitting<Task>(
  demands: readonly Demand<Task>[],
  offers: readonly InstanceOffer[],
  makeRoom: MakeRoom,
  mostOf: MostOf = NO_LIMIT,
): Pick<Task>[] {
  const picks: Pick<Task>[] = [];
  let left = demands;
  for (let head = left[0]; head !== undefined; head = left[0]) {
    let best: Packing<Task> | undefined;
    for (const offer of offers) {
      const most = mostOf(offer) - picks.filter((one) => one.offer === offer).length;
      if (most < 1 || !head.admits(offer) || !makeRoom(offer).take(head)) continue;
      const packing = pack(left, offer, makeRoom, most);
      if (isCheaper(packing, best)) best = packing;
    }
    const { task } = head;
    const packed: ReadonlySet<Task> = best?.packed ?? new Set([task]);
    if (best !== undefined) picks.push(...best.picks);
    left = left.filter((one) => !packed.has(one.task));
  }
  return picks;
}
