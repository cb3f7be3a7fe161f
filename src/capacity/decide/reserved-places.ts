/**
 * Places that are left in Capacity Reservations, while the capacity providers of a round plan one after another: what one of
 * them plans to take the next one does not find. Called by managed-plan.
 */
import type { CapacityReservationState } from '../../cluster/managed-state.ts';
import { mayUse, type ReservedCapacity } from '../../model/capacity-option.ts';
import type { InstanceOffer } from '../../model/group-instance-type.ts';

export class Places {
  readonly #reservations: readonly CapacityReservationState[];
  readonly #planned = new Map<CapacityReservationState, number>();

  constructor(reservations: readonly CapacityReservationState[]) {
    this.#reservations = reservations;
  }

  /** Instances of that type in that zone that still find a place. */
  left(reserved: ReservedCapacity, { instanceType }: InstanceOffer, zone: string): number {
    return this.#of(reserved, instanceType, zone).reduce((sum, one) => sum + this.#leftIn(one), 0);
  }

  /** Takes one, in the order of the scenario; undefined: there is none. */
  take(
    reserved: ReservedCapacity,
    { instanceType }: InstanceOffer,
    zone: string,
  ): CapacityReservationState | undefined {
    const found = this.#of(reserved, instanceType, zone).find((one) => this.#leftIn(one) > 0);
    if (found !== undefined) this.#planned.set(found, (this.#planned.get(found) ?? 0) + 1);
    return found;
  }

  #of(reserved: ReservedCapacity, instanceType: string | undefined, zone: string): CapacityReservationState[] {
    return this.#reservations.filter(
      ({ settings }) => settings.instanceType === instanceType && settings.zone === zone && mayUse(reserved, settings),
    );
  }

  #leftIn(one: CapacityReservationState): number {
    return one.settings.count - one.instances.size - (this.#planned.get(one) ?? 0);
  }
}
