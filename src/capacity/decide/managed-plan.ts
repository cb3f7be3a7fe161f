/**
 * What ECS Managed Instances launch for the tasks that wait: each goes to the zone with the fewest tasks of its service or
 * group, into room that is on its way there or else into a new instance (ECS developer guide, task placement: only a spread
 * over zones). Room for the daemons of an instance comes first. Called by managed-instances. Pure.
 */
import type { Provision } from '../../cluster/capacity-state.ts';
import type { ManagedLaunch } from '../../cluster/managed-commands.ts';
import type { ManagedInstance, ManagedProviderState } from '../../cluster/managed-state.ts';
import type { ClusterView, TaskState } from '../../cluster/state.ts';
import type { InstanceOffer } from '../../model/group-instance-type.ts';
import type { Demand, Room } from './cheapest-fitting.ts';
import { type Hosts, hostsOf } from './managed-hosts.ts';
import { launchesOf, offersIn, picksIn, type ZonePicks } from './managed-picks.ts';
import { type Wish, wishOf } from './managed-wish.ts';
import type { Places } from './reserved-places.ts';

/** Tasks that shall run and have a place, by zone: of its service, or of its group. */
function tasksByZone(view: ClusterView, { service, group }: TaskState): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (zone: string | undefined, count: number): void => {
    if (zone !== undefined) counts.set(zone, (counts.get(zone) ?? 0) + count);
  };
  if (service !== undefined) {
    for (const { zones } of service.deployments) for (const [zone, count] of zones) add(zone, count);
    return counts;
  }
  for (const task of view.tasks.values())
    if (task.service === undefined && task.group === group && task.desiredStatus === 'RUNNING')
      add(task.availabilityZone, 1);
  return counts;
}

/** Room in an instance that is on its way, less what it was launched for. */
interface Coming {
  readonly zone: string;
  readonly room: Room;
}

/** A task that needs a new instance. */
interface Need extends Demand<TaskState> {
  readonly provision: Provision;
}

type Waiting = readonly (readonly [TaskState, Provision])[];

class Plan {
  readonly #view: ClusterView;
  readonly #provider: ManagedProviderState;
  readonly #places: Places;
  readonly #zones: readonly string[];
  readonly #offers = new Map<string, readonly InstanceOffer[]>();
  readonly #hosts: Hosts;
  readonly #wishes = new Map<string, Wish>();
  /** By service or group: tasks by zone, those that are planned with them. */
  readonly #counts = new Map<unknown, Map<string, number>>();
  readonly #coming: Coming[] = [];
  /** Tasks that need a new instance, by zone. */
  readonly #needs = new Map<string, Need[]>();
  /** Zones whose reservations have no room left for a task. */
  readonly #full = new Map<TaskState, Set<string>>();

  constructor(view: ClusterView, provider: ManagedProviderState, places: Places) {
    this.#view = view;
    this.#provider = provider;
    this.#places = places;
    this.#hosts = hostsOf(view, provider);
    this.#zones = provider.settings.zones.filter((zone) => !view.lostZones.has(zone));
  }

  launches(waiting: Waiting): ManagedLaunch[] {
    let picks: ZonePicks[] = [];
    // What the reservations of a zone have no room for tries the next one.
    for (let left = this.#expect(waiting); left.length > 0; left = this.#withdraw(picks)) {
      for (const [task, provision] of left) this.#settle(task, provision);
      picks = [...this.#needs].map(([zone, demands]) =>
        picksIn(zone, demands, this.#provider, this.#places, this.#hosts.roomOf),
      );
    }
    return picks.flatMap((one) => launchesOf(one, this.#provider, this.#places));
  }

  /** Those for whom a zone has no place after all; they are not planned there any more. */
  #withdraw(picks: readonly ZonePicks[]): Waiting {
    return picks.flatMap(({ zone, reserved, others }) => {
      const placed = new Set([...reserved, ...others].flatMap(({ tasks }) => tasks));
      const needs = this.#needs.get(zone) ?? [];
      const left = needs.filter(({ task }) => !placed.has(task));
      if (left.length > 0)
        this.#needs.set(
          zone,
          needs.filter(({ task }) => placed.has(task)),
        );
      for (const { task } of left) {
        this.#count(task, zone, -1);
        this.#full.set(task, new Set([...(this.#full.get(task) ?? []), zone]));
      }
      return left.map(({ task, provision }) => [task, provision] as const);
    });
  }

  /** Instances on their way hold what they were launched for; the rest is answered. */
  #expect(waiting: Waiting): Waiting {
    const byTask = new Map(waiting);
    const covered = new Set<TaskState>();
    for (const instance of comingOf(this.#provider)) {
      const room = this.#hosts.roomOf(instance.offer);
      const zone = instance.availabilityZone;
      for (const task of instance.expected) {
        const provision = byTask.get(task);
        if (provision === undefined || !room.take(this.#wish(task, provision))) continue;
        covered.add(task);
        this.#count(task, zone);
      }
      this.#coming.push({ zone, room });
    }
    return waiting.filter(([task]) => !covered.has(task));
  }

  #wish(task: TaskState, provision: Provision): Wish {
    const key = `${task.group} ${provision.key} ${JSON.stringify(provision.network?.subnets ?? [])}`;
    const { group, definition } = task;
    const { placement, network } = provision;
    const asked = { key, group, definition, placement, network };
    const wish = this.#wishes.get(key) ?? wishOf(this.#view, this.#provider, asked);
    this.#wishes.set(key, wish);
    return wish;
  }

  #countsOf(task: TaskState): Map<string, number> {
    const of = task.service ?? task.group;
    const counts = this.#counts.get(of) ?? tasksByZone(this.#view, task);
    this.#counts.set(of, counts);
    return counts;
  }

  #count(task: TaskState, zone: string, by = 1): void {
    const counts = this.#countsOf(task);
    counts.set(zone, (counts.get(zone) ?? 0) + by);
  }

  /** The emptiest zone that has room for it, or may get an instance that has. */
  #settle(task: TaskState, provision: Provision): void {
    const counts = this.#countsOf(task);
    const zones = [...this.#zones].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || (a < b ? -1 : 1));
    for (const zone of zones) {
      if (this.#full.get(task)?.has(zone) || !this.#putInto(zone, task, provision)) continue;
      this.#count(task, zone);
      return;
    }
  }

  #putInto(zone: string, task: TaskState, provision: Provision): boolean {
    const wish = this.#wish(task, provision);
    const admits = (offer: InstanceOffer): boolean => this.#hosts.admitsIn(offer, zone) && wish.admitsIn(offer, zone);
    if (this.#coming.some((one) => one.zone === zone && admits(one.room.offer) && one.room.take(wish))) return true;
    const fits = this.#offersIn(zone).some((offer) => admits(offer) && this.#hosts.roomOf(offer).take(wish));
    if (!fits) return false;
    const need = { ...wish, task, provision, admits };
    this.#needs.set(zone, [...(this.#needs.get(zone) ?? []), need]);
    return true;
  }

  /** Types that may be launched there. */
  #offersIn(zone: string): readonly InstanceOffer[] {
    const offers = this.#offers.get(zone) ?? offersIn(zone, this.#provider, this.#places);
    this.#offers.set(zone, offers);
    return offers;
  }
}

/** Launched, and not yet ready for tasks; an agent that says nothing may never be. */
function comingOf({ instances }: ManagedProviderState): ManagedInstance[] {
  return [...instances].filter(
    ({ containerInstance: one, isLost }) =>
      !isLost && (one === undefined || (one.status === 'REGISTERING' && one.agentConnected)),
  );
}

/** New instances for the tasks of a provider that nothing is on its way for. */
export function managedPlan(view: ClusterView, provider: ManagedProviderState, places: Places): ManagedLaunch[] {
  const all = view.capacity.provisioning as ReadonlyMap<TaskState, Provision>;
  const waiting = [...all].filter(([{ capacityProvider }]) => capacityProvider === provider.settings.name);
  return waiting.length === 0 ? [] : new Plan(view, provider, places).launches(waiting);
}
