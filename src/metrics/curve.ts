/**
 * Load over time: a value held from one change to the next. Made by the scenario, integrated by usage. Invariant: the
 * integral over two parts is the sum of both up to rounding; nothing changes between two times that nextChangeMs names.
 */

export interface Curve {
  /** Value times milliseconds. @param toMs not before `fromMs`. */
  integral(fromMs: number, toMs: number): number;
  /** The first change after a time; `Infinity` when none comes. */
  nextChangeMs(afterMs: number): number;
  /** Of a curve that is one wave: for who integrates very many. */
  readonly wave?: HeldWave;
}

/** A wave whose values, each held for a step, are `base + amplitude * swings[(step + offset) % swings.length]`, or 0 if less. */
export interface HeldWave {
  readonly base: number;
  readonly amplitude: number;
  readonly stepMs: number;
  readonly offset: number;
  readonly swings: Float64Array;
}

/** @param points ascending times; 0 before the first. */
export function pointsCurve(points: readonly (readonly [atMs: number, value: number])[]): Curve {
  // Asked with times that ascend but for a little: it goes on where it was.
  let at = 0;
  const seek = (ms: number): void => {
    while (at > 0 && (points[at - 1]?.[0] ?? 0) > ms) at--;
    while (at < points.length && (points[at]?.[0] ?? Number.POSITIVE_INFINITY) <= ms) at++;
  };
  return {
    integral(fromMs, toMs) {
      let sum = 0;
      for (let ms = fromMs; ms < toMs; ) {
        seek(ms);
        const endMs = Math.min(toMs, points[at]?.[0] ?? toMs);
        sum += (at === 0 ? 0 : (points[at - 1]?.[1] ?? 0)) * (endMs - ms);
        ms = endMs;
      }
      return sum;
    },
    nextChangeMs(afterMs) {
      seek(afterMs);
      return points[at]?.[0] ?? Number.POSITIVE_INFINITY;
    },
  };
}

export type WaveShape = 'sine' | 'triangle' | 'square';

export interface Wave {
  /** Around which it swings. */
  readonly base: number;
  /** How far; the value never falls below 0. */
  readonly amplitude: number;
  readonly periodMs: number;
  /** How long a value is held; divides the period. */
  readonly stepMs: number;
  /** The wave begins so much earlier: at time 0 it is that far along. */
  readonly phaseMs: number;
  readonly shape: WaveShape;
}

/** -1 to 1 over one period, beginning at 0 and rising. */
function swing(shape: WaveShape, part: number): number {
  if (shape === 'sine') return Math.sin(2 * Math.PI * part);
  if (shape === 'square') return part < 0.5 ? 1 : -1;
  return part < 0.25 ? 4 * part : part < 0.75 ? 2 - 4 * part : 4 * part - 4;
}

const SWINGS = new Map<string, Float64Array>();

/** Shared by all waves of a form: a run may have thousands. */
function swingsOf({ shape, periodMs, stepMs }: Wave): Float64Array {
  const count = periodMs / stepMs;
  const key = `${shape} ${count}`;
  const known = SWINGS.get(key);
  if (known !== undefined) return known;
  const made = Float64Array.from({ length: count }, (_, k) => swing(shape, k / count));
  SWINGS.set(key, made);
  return made;
}

/** The value of a step is that at its beginning. */
class WaveCurve implements Curve {
  readonly wave: HeldWave;

  constructor(wave: Wave) {
    const { base, amplitude, stepMs, phaseMs } = wave;
    this.wave = { base, amplitude, stepMs, offset: Math.round(phaseMs / stepMs), swings: swingsOf(wave) };
  }

  #valueAt(step: number): number {
    const { base, amplitude, offset, swings } = this.wave;
    return Math.max(0, base + amplitude * (swings[(step + offset) % swings.length] as number));
  }

  integral(fromMs: number, toMs: number): number {
    const { stepMs } = this.wave;
    const only = Math.floor(fromMs / stepMs);
    if (toMs <= (only + 1) * stepMs) return this.#valueAt(only) * (toMs - fromMs);
    let sum = 0;
    for (let ms = fromMs; ms < toMs; ) {
      const step = Math.floor(ms / stepMs);
      const endMs = Math.min(toMs, (step + 1) * stepMs);
      sum += this.#valueAt(step) * (endMs - ms);
      ms = endMs;
    }
    return sum;
  }

  nextChangeMs(afterMs: number): number {
    const { amplitude, stepMs } = this.wave;
    return amplitude === 0 ? Number.POSITIVE_INFINITY : (Math.floor(afterMs / stepMs) + 1) * stepMs;
  }
}

export function waveCurve(wave: Wave): Curve {
  return new WaveCurve(wave);
}

/** Several loads of one service and signal add up. */
export function sumOf(curves: readonly Curve[]): Curve {
  const [only] = curves;
  if (curves.length === 1 && only !== undefined) return only;
  return {
    integral: (fromMs, toMs) => curves.reduce((sum, one) => sum + one.integral(fromMs, toMs), 0),
    nextChangeMs: (afterMs) =>
      curves.reduce((least, one) => Math.min(least, one.nextChangeMs(afterMs)), Number.POSITIVE_INFINITY),
  };
}
