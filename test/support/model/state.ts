/**
 * What a command sequence knows and holds. The knowledge is only names (so that commands can point at things); what the
 * names stand for is the reference engine's business.
 */
import type { Engine, Placer } from '../../../src/contract.ts';
import type { World } from '../arbitraries/world.ts';

/** One placer in each engine, and the slots it holds or stopped; the same in all, since every answer was compared. */
export interface HeldPlacer {
  readonly placers: readonly Placer[];
  readonly held: number[];
  readonly stopped: number[];
}

export interface Saved {
  readonly bytes: readonly Uint8Array[];
  readonly arns: string[];
  readonly tasks: string[];
  readonly reserve: number;
}

export interface Model {
  readonly world: World;
  /** Every ARN ever registered, deregistered ones included: those are asked for too. */
  arns: string[];
  /** Every task ARN ever answered. */
  tasks: string[];
  /** Index of the next instance of the world that was never registered. */
  reserve: number;
  placers: HeldPlacer[];
  saved: Saved | undefined;
}

/** The engines, reference first, and as many fresh ones for a restore into a new engine. */
export interface Real {
  engines: Engine[];
  spares: Engine[];
}

export function startModel(world: World): Model {
  return { world, arns: [], tasks: [], reserve: 0, placers: [], saved: undefined };
}

/** One command made concrete: the same call for every engine, and what its answer teaches the model. */
export interface Call {
  /** As a line of the story. */
  readonly text: string;
  /** Calls one engine; `index` is its place in the list. */
  on(engine: Engine, index: number): unknown;
  /** Called once, when all engines gave the same answer and none threw. */
  learn?(answer: unknown): void;
}

/** A command drawn at random: made concrete against the model, or undefined when it does not apply. */
export type Move = (model: Model, real: Real) => Call | undefined;

/** The entry that a drawn number points at. */
export function pick<T>(values: readonly T[], index: number): T | undefined {
  return values.length === 0 ? undefined : values[index % values.length];
}
