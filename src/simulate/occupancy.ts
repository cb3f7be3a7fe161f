/** What of a cluster is in use, kept from the events so that no sample walks over all tasks. Called by series. */
import { reservation } from '../cluster/describe/task.ts';
import type { ClusterEvent } from '../cluster/events.ts';
import type { InstanceState, TaskState } from '../cluster/state.ts';

interface Amounts {
  cpu: number;
  memoryMiB: number;
}

const PERCENT = 100;

export class Occupancy {
  /** Tasks that have not stopped, by zone. */
  readonly zones = new Map<string, number>();
  instances = 0;
  /** Instances that came and went after time 0. */
  joined = 0;
  left = 0;
  readonly #live = new Set<TaskState>();
  readonly #here = new Set<InstanceState>();
  readonly #registered: Amounts = { cpu: 0, memoryMiB: 0 };
  readonly #reserved: Amounts = { cpu: 0, memoryMiB: 0 };

  note(event: ClusterEvent, nowMs: number): void {
    if (event.type === 'TaskStateChange') this.#noteTask(event.task);
    if (event.type === 'ContainerInstanceStateChange') this.#noteInstance(event.instance, nowMs);
  }

  #noteTask(task: TaskState): void {
    // While PROVISIONING on EC2 it has no place yet.
    const hasPlace = task.instance !== undefined || task.availabilityZone !== undefined;
    const isLive = task.lastStatus !== 'STOPPED' && hasPlace;
    if (isLive === this.#live.has(task)) return;
    if (isLive) this.#live.add(task);
    else this.#live.delete(task);
    const sign = isLive ? 1 : -1;
    const zone = task.availabilityZone;
    if (zone !== undefined) this.zones.set(zone, (this.zones.get(zone) ?? 0) + sign);
    if (task.instance !== undefined) add(this.#reserved, reservation(task), sign);
  }

  #noteInstance(instance: InstanceState, nowMs: number): void {
    const isHere = instance.slot >= 0;
    if (isHere === this.#here.has(instance)) return;
    if (isHere) this.#here.add(instance);
    else this.#here.delete(instance);
    const sign = isHere ? 1 : -1;
    this.instances += sign;
    if (!isHere) this.left += 1;
    else if (nowMs > 0) this.joined += 1;
    const zone = instance.availabilityZone;
    if (zone !== undefined && !this.zones.has(zone)) this.zones.set(zone, 0);
    const registered = amounts(instance.given.registeredResources);
    add(this.#registered, registered, sign);
    // What others hold from before it was registered.
    const remaining =
      instance.given.remainingResources === undefined ? registered : amounts(instance.given.remainingResources);
    add(
      this.#reserved,
      { cpu: registered.cpu - remaining.cpu, memoryMiB: registered.memoryMiB - remaining.memoryMiB },
      sign,
    );
  }

  /** To hundredths. */
  percent(of: keyof Amounts): number {
    const total = this.#registered[of];
    return total === 0 ? 0 : Math.round((this.#reserved[of] * PERCENT * PERCENT) / total) / PERCENT;
  }
}

function add(sums: Amounts, { cpu, memoryMiB }: Amounts, sign: 1 | -1): void {
  sums.cpu += sign * cpu;
  sums.memoryMiB += sign * memoryMiB;
}

function amounts(resources: InstanceState['given']['registeredResources']): Amounts {
  const of = (name: string): number => resources?.find((one) => one.name === name)?.integerValue ?? 0;
  return { cpu: of('CPU'), memoryMiB: of('MEMORY') };
}
