/**
 * Who used an instance: what its tasks reserved over time, by whom they belong to. Called by the meter. An instance's cost is
 * split by it as AWS's split cost allocation data does, 1 vCPU weighing as much as 9 GiB; the room nobody reserved stays
 * unused. Invariant: the shares and the unused rest are the cost.
 */

/** What tasks belong to: a service's name, or empty. */
export type Owner = string;

interface Use {
  weight: number;
  sinceMs: number;
  weightMs: bigint;
}

/** AWS, split cost allocation data: CPU to memory 9 to 1, from Fargate's prices. */
const CPU_WEIGHT = 9;

export interface Reserved {
  readonly cpu: number;
  readonly memoryMiB: number;
}

function weightOf({ cpu, memoryMiB }: Reserved): number {
  return CPU_WEIGHT * cpu + memoryMiB;
}

export class Shares {
  readonly #uses = new Map<Owner, Use>();
  readonly #capacity: number;

  constructor(capacity: Reserved) {
    this.#capacity = weightOf(capacity);
  }

  /** A task comes (1) or goes (-1). */
  change(owner: Owner, reserved: Reserved, sign: 1 | -1, nowMs: number): void {
    const use = this.#uses.get(owner) ?? { weight: 0, sinceMs: nowMs, weightMs: 0n };
    this.#uses.set(owner, use);
    settle(use, nowMs);
    use.weight += sign * weightOf(reserved);
  }

  /** The instance stops: what is reserved on it belongs to no bill. Starts a new one. */
  take(microCents: number, aliveMs: number, nowMs: number): ReadonlyMap<Owner, number> {
    let used = 0n;
    for (const use of this.#uses.values()) {
      settle(use, nowMs);
      used += use.weightMs;
    }
    const capacity = BigInt(this.#capacity) * BigInt(aliveMs);
    const whole = used > capacity ? used : capacity;
    const parts = new Map<Owner, number>();
    for (const [owner, use] of this.#uses) {
      if (whole > 0n && use.weightMs > 0n) parts.set(owner, Number((BigInt(microCents) * use.weightMs) / whole));
      use.weightMs = 0n;
      if (use.weight === 0) this.#uses.delete(owner);
    }
    return parts;
  }
}

function settle(use: Use, nowMs: number): void {
  use.weightMs += BigInt(use.weight) * BigInt(nowMs - use.sinceMs);
  use.sinceMs = nowMs;
}
