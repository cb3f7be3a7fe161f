/**
 * What an instance that is still to come has to hold before any other task: its daemons (ECS developer guide, managed
 * daemons). Called by managed-plan. Pure.
 */
import { MAX_PORTS_PER_INSTANCE } from '../../../assembly/abi.ts';
import { daemonPlacement } from '../../cluster/apply/daemon-tasks.ts';
import { type DaemonState, revisionFor } from '../../cluster/daemon-state.ts';
import type { ManagedProviderState } from '../../cluster/managed-state.ts';
import type { ClusterView } from '../../cluster/state.ts';
import { type InstanceOffer, RESERVED_PORTS } from '../../model/group-instance-type.ts';
import { portKey } from '../../model/host-ports.ts';
import { Room } from './cheapest-fitting.ts';
import { remembered, type Wish, wishOf } from './managed-wish.ts';

const RESERVED = RESERVED_PORTS.map((port) => portKey(Number(port), 'tcp'));

function roomOf(offer: InstanceOffer): Room {
  return new Room(offer, RESERVED, MAX_PORTS_PER_INSTANCE);
}

export interface Hosts {
  /** What its daemons leave of an instance of that type. */
  readonly roomOf: (offer: InstanceOffer) => Room;
  /** Whether all of them run on it. */
  readonly admitsIn: (offer: InstanceOffer, zone: string) => boolean;
}

function daemonWishes(view: ClusterView, provider: ManagedProviderState): Wish[] {
  const { name } = provider.settings;
  return [...view.capacity.managed.daemons.values()].flatMap((daemon) => {
    const revision = revisionFor(daemon as DaemonState, name);
    if (revision === undefined) return [];
    const placement = daemonPlacement(daemon as DaemonState, revision, name);
    const group = placement.group ?? '';
    return [
      wishOf(view, provider, { key: group, group, definition: revision.definition, placement, network: undefined }),
    ];
  });
}

export function hostsOf(view: ClusterView, provider: ManagedProviderState): Hosts {
  const wishes = daemonWishes(view, provider);
  return {
    roomOf: (offer) => {
      const room = roomOf(offer);
      for (const wish of wishes) room.take(wish);
      return room;
    },
    admitsIn: remembered((offer, zone) => {
      const room = roomOf(offer);
      return wishes.every((wish) => wish.admitsIn(offer, zone) && room.take(wish));
    }),
  };
}
