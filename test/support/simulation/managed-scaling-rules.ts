/**
 * When managed scaling may take instances away, recounted from instances and waiting tasks before every whole minute: fifteen
 * datapoints below the target, and fewer than half of the instances a minute. Used by check. What ends then is capacity-rules'.
 */
import { aliveOf, type CapacityProviderState, type GroupState } from '../../../src/cluster/capacity-state.ts';
import type { ClusterState, InstanceState } from '../../../src/cluster/state.ts';

const MINUTE_MS = 60_000;
/** Datapoints below the target (ECS developer guide, cluster auto scaling). */
const LOW_PERIODS = 15;

interface Datapoint {
  readonly instances: number;
  readonly busy: number;
  /** A task waits that an instance of any type of the group could take. */
  readonly isWaited: boolean;
}

function isHeld(instance: InstanceState | undefined): boolean {
  return [...(instance?.tasks ?? [])].some(({ service }) => service?.settings.schedulingStrategy !== 'DAEMON');
}

function isWaited({ capacity }: ClusterState, { settings, group }: CapacityProviderState): boolean {
  return [...capacity.provisioning].some(([task, { needs }]) => {
    if (task.capacityProvider !== settings.name) return false;
    return group.offers.every(
      (offer) =>
        (needs.cpu ?? 0) <= offer.cpu &&
        (needs.memory ?? 0) <= offer.memoryMiB &&
        (needs.gpus ?? 0) <= offer.gpus &&
        (needs.networkInterfaces ?? 0) <= (offer.networkInterfaces ?? Number.POSITIVE_INFINITY),
    );
  });
}

function datapointOf(state: ClusterState, provider: CapacityProviderState): Datapoint {
  const serving = aliveOf(provider.group).filter((one) => one.state === 'InService');
  const busy = serving.filter(({ containerInstance }) => isHeld(containerInstance)).length;
  return { instances: serving.length, busy, isWaited: isWaited(state, provider) };
}

function isBelow({ instances, busy, isWaited: waits }: Datapoint, target: number): boolean {
  return instances > 0 && !waits && busy * 100 < target * instances;
}

const SCALED_IN =
  /AlarmLow-\S+ in state ALARM triggered policy ECSManagedAutoScalingPolicy-\S+ changing the desired capacity from (\d+) to (\d+)\.$/;

/** What is known of a provider: its state after the last look, and a datapoint for each minute. */
interface Known {
  atMs: number;
  last: Datapoint;
  readonly minutes: Map<number, Datapoint>;
}

export class ManagedScalingRules {
  readonly #known = new Map<CapacityProviderState, Known>();
  readonly #causes = new Map<GroupState, string>();
  /** How often managed scaling took instances away. */
  scaleIns = 0;

  wrongs(state: ClusterState): string[] {
    return [...state.capacity.providers.values()].flatMap((provider) => {
      const minutes = this.#note(state, provider);
      const { group } = provider;
      const isNew = this.#causes.get(group) !== group.cause;
      this.#causes.set(group, group.cause);
      const [, from, to] = (isNew ? SCALED_IN.exec(group.cause) : null) ?? [];
      if (from === undefined || to === undefined || Number(to) >= Number(from)) return [];
      this.scaleIns += 1;
      return this.#scaleInWrongs(state, provider, minutes, Number(from) - Number(to), Number(from));
    });
  }

  /** The datapoint of a minute is what was there before it. */
  #note(state: ClusterState, provider: CapacityProviderState): ReadonlyMap<number, Datapoint> {
    const { nowMs } = state;
    const last = datapointOf(state, provider);
    const known = this.#known.get(provider) ?? { atMs: nowMs, last, minutes: new Map<number, Datapoint>() };
    const first = Math.floor(known.atMs / MINUTE_MS) + 1;
    for (let minute = first; minute * MINUTE_MS <= nowMs; minute++) known.minutes.set(minute, known.last);
    known.atMs = nowMs;
    known.last = last;
    this.#known.set(provider, known);
    return known.minutes;
  }

  #scaleInWrongs(
    { nowMs }: ClusterState,
    { settings, group }: CapacityProviderState,
    minutes: ReadonlyMap<number, Datapoint>,
    taken: number,
    from: number,
  ): string[] {
    const now = nowMs / MINUTE_MS;
    const datapoints = Array.from({ length: LOW_PERIODS }, (_, k) => minutes.get(now - k));
    const { targetCapacity } = settings.managedScaling;
    const high = datapoints.findIndex((one) => one === undefined || !isBelow(one, targetCapacity));
    const most = Math.max(1, Math.ceil(from / 2) - 1);
    return [
      ...(high < 0 ? [] : [`${group.name} scales in, ${high} minutes after ${JSON.stringify(datapoints[high])}`]),
      ...(taken <= most ? [] : [`${group.name} loses ${taken} of ${from} in a minute`]),
    ];
  }
}
