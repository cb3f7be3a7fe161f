/** The cluster and the definitions every contender gets: seeded, so that a row can be run again anywhere. */
import type { ContainerInstance } from 'bayplan';

/** Numbers below k, the same everywhere (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(k: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * k);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

export interface Definition {
  readonly family: string;
  readonly cpu: number;
  readonly memoryMiB: number;
}

export interface Machine {
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly zone: number;
  readonly blue: boolean;
}

const VCPUS = [2, 4, 8, 16, 32];
const GIB_PER_VCPU = [2, 4, 8];
export const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

export function makeMachines(count: number, dice: Dice): Machine[] {
  return Array.from({ length: count }, () => {
    const vcpus = dice.pick(VCPUS);
    return {
      cpu: vcpus * 1024,
      memoryMiB: vcpus * dice.pick(GIB_PER_VCPU) * 1024,
      zone: dice.below(ZONES.length),
      blue: dice.below(2) === 0,
    };
  });
}

export function makeDefinitions(count: number, dice: Dice): Definition[] {
  return Array.from({ length: count }, (_, k) => ({
    family: `service-${k}`,
    cpu: dice.pick([128, 256, 512, 1024, 2048, 4096]),
    memoryMiB: 128 + dice.below(64) * 126,
  }));
}

function amounts(cpu: number, memoryMiB: number): ContainerInstance['remainingResources'] {
  return [
    { name: 'CPU', type: 'INTEGER', integerValue: cpu },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memoryMiB },
  ];
}

export function arnOf(slot: number): string {
  return `arn:aws:ecs:us-east-1:123456789012:container-instance/default/${slot.toString(16).padStart(32, '0')}`;
}

/** AWS's shape of a machine with so much left. */
export function toInstance(machine: Machine, slot: number, cpuLeft: number, memoryLeftMiB: number): ContainerInstance {
  return {
    containerInstanceArn: arnOf(slot),
    status: 'ACTIVE',
    agentConnected: true,
    registeredResources: amounts(machine.cpu, machine.memoryMiB),
    remainingResources: amounts(cpuLeft, memoryLeftMiB),
    attributes: [
      { name: 'ecs.availability-zone', value: ZONES[machine.zone] },
      { name: 'stack', value: machine.blue ? 'blue' : 'green' },
    ],
  };
}

export function toTaskDefinition({ family, cpu, memoryMiB }: Definition): object {
  return { family, containerDefinitions: [{ name: 'app', image: 'app', cpu, memory: memoryMiB }] };
}
