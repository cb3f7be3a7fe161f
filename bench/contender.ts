/** What is compared: anything that places a task of a definition and takes it back. */

export interface Contender {
  readonly name: string;
  /** Slot of the chosen instance, or -1. */
  place(definition: number): number;
  release(definition: number, slot: number): void;
}

/** A cluster in use, which contenders start from. */
export interface Filled {
  readonly cpuLeft: Int32Array;
  readonly memoryLeftMiB: Int32Array;
  /** By definition, then slot. */
  readonly counts: readonly Int32Array[];
  readonly tasks: number;
}

export function add(column: Int32Array, at: number, amount: number): void {
  column[at] = (column[at] as number) + amount;
}
