/** The load of services as series, from what the scenario says. Called once a run has ended. */
import { type Curve, pointsCurve, sumOf, waveCurve } from '../metrics/curve.ts';
import type { Series } from './result.ts';
import type { Load } from './scenario-load.ts';

/** A wave of small steps over a long time would be most of the result. */
const MOST_POINTS = 20_000;

function curveOf(entries: readonly Load[]): Curve {
  return sumOf(entries.map(({ points, wave }) => (wave === undefined ? pointsCurve(points) : waveCurve(wave))));
}

/** The value at each change, in steps that are at least so long that the points do not become too many. */
function pointsOf(curve: Curve, endMs: number): Series['points'] {
  const points: [number, number][] = [];
  const leastMs = Math.ceil(endMs / MOST_POINTS);
  for (let ms = 0; ms <= endMs; ms = Math.max(curve.nextChangeMs(ms), ms + leastMs, ms + 1)) {
    const value = curve.integral(ms, ms + 1);
    if (value !== points.at(-1)?.[1]) points.push([ms, value]);
  }
  return points;
}

/** `load`: one series for each service and signal, in the order of the scenario. */
export function loadSeries(load: readonly Load[], endMs: number): Series[] {
  const entries = new Map<string, Load[]>();
  for (const one of load) {
    const key = JSON.stringify([one.cluster, one.service, one.signal]);
    entries.set(key, [...(entries.get(key) ?? []), one]);
  }
  return [...entries.values()].map((own) => {
    const { cluster: ClusterName, service: ServiceName, signal: Signal } = own[0] as Load;
    return {
      name: 'load',
      unit: 'Count',
      dimensions: { ClusterName, ServiceName, Signal },
      points: pointsOf(curveOf(own), endMs),
    };
  });
}
