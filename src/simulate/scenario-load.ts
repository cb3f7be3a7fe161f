/** Load of services: totals over time, which their running tasks share. */
import { type Fields, refuse } from '../model/read.ts';
import type { ScenarioCluster, ScenarioService } from './scenario.ts';
import { clusterNamed } from './scenario-clusters.ts';

export interface Load {
  readonly cluster: string;
  readonly service: string;
  readonly signal: 'cpuSeconds' | 'memoryMiB' | 'requests' | 'messages';
  /** Total of the service a second, from that time on; times ascend. */
  readonly points: readonly (readonly [atMs: number, value: number])[];
  /** As given. */
  readonly wave?: Fields;
}

function parsePoints(given: Fields, path: string): Load['points'] {
  let before = -1;
  return ((given.points ?? []) as readonly (readonly [number, number])[]).map(([seconds, value], k) => {
    const at = `${path}.points[${k}]`;
    if (seconds < 0 || seconds <= before)
      refuse('LOAD_POINT', `${at}[0] must be above ${Math.max(before, 0)} seconds, but was ${seconds}.`, {
        path: `${at}[0]`,
        value: seconds,
      });
    if (value < 0)
      refuse('LOAD_POINT', `${at}[1] must not be negative, but was ${value}.`, { path: `${at}[1]`, value });
    before = seconds;
    return [Math.round(seconds * 1000), value] as const;
  });
}

/** @throws InvalidParameterException for a service that is not in the scenario, and for points that go back in time. */
export function parseLoads(
  given: Fields,
  clusters: readonly ScenarioCluster[],
  services: readonly ScenarioService[],
): Load[] {
  return ((given.load ?? []) as readonly Fields[]).map((entry, k) => {
    const path = `load[${k}]`;
    const cluster = clusterNamed(entry.cluster, `${path}.cluster`, clusters);
    const names = services.filter((one) => one.cluster === cluster).map(({ input }) => String(input.serviceName));
    const at = `${path}.service`;
    if (!names.includes(String(entry.service)))
      refuse('UNKNOWN_SERVICE', `${at}: cluster ${cluster} has no service ${entry.service}.`, {
        path: at,
        value: entry.service,
        expected: names,
      });
    return {
      cluster,
      service: String(entry.service),
      signal: entry.signal as Load['signal'],
      points: parsePoints(entry, path),
      ...(entry.wave === undefined ? {} : { wave: entry.wave as Fields }),
    };
  });
}
