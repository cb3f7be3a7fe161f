/** Load of services, which their running tasks share, and of queues: totals over time. */
import type { Wave, WaveShape } from '../metrics/curve.ts';
import { type Fields, refuse } from '../model/read.ts';
import type { TargetGroup } from '../model/target-group.ts';
import type { ScenarioCluster, ScenarioService } from './scenario.ts';
import { clusterNamed } from './scenario-clusters.ts';
import { checkQueueName, type ScenarioQueue } from './scenario-queues.ts';

/** What comes when. */
export interface Rate {
  /** Total a second, from that time on; times ascend. */
  readonly points: readonly (readonly [atMs: number, value: number])[];
  /** Instead of points. */
  readonly wave?: Wave;
}

/** Bytes that its tasks receive and send. */
export type NetworkSignal = 'networkInBytes' | 'networkOutBytes';

export interface Load extends Rate {
  readonly cluster: string;
  readonly service: string;
  readonly signal: 'cpuSeconds' | 'memoryMiB' | 'requests' | NetworkSignal;
  /** Of requests: ARN of the target group they go to, or name of a Classic Load Balancer; the service's first unless given. */
  readonly targetGroup?: string | undefined;
}

/** Messages that are sent to a queue. */
export interface Arrivals extends Rate {
  readonly queue: string;
}

/** A second. Beyond it, metrics would be no numbers that CloudWatch takes. */
const MOST_LOAD = 1e15;

function checkMost(value: number, path: string): void {
  if (Math.abs(value) <= MOST_LOAD) return;
  refuse('OUT_OF_RANGE', `${path} must be at most ${MOST_LOAD}, but was ${value}.`, { path, value, limit: MOST_LOAD });
}

function parsePoints(given: Fields, path: string): Load['points'] {
  let beforeMs = -1;
  return ((given.points ?? []) as readonly (readonly [number, number])[]).map(([seconds, value], k) => {
    const at = `${path}.points[${k}]`;
    const atMs = Math.round(seconds * 1000);
    if (seconds < 0 || atMs <= beforeMs)
      refuse('LOAD_POINT', `${at}[0] must be above ${Math.max(beforeMs, 0) / 1000} seconds, but was ${seconds}.`, {
        path: `${at}[0]`,
        value: seconds,
      });
    if (value < 0)
      refuse('LOAD_POINT', `${at}[1] must not be negative, but was ${value}.`, { path: `${at}[1]`, value });
    checkMost(value, `${at}[1]`);
    beforeMs = atMs;
    return [atMs, value] as const;
  });
}

const DAY_SECONDS = 86_400;
const MINUTE_SECONDS = 60;

/** The clock knows nothing finer; what is not whole would drift. */
function checkMilliseconds(times: Readonly<Record<string, number>>, path: string): void {
  for (const [name, seconds] of Object.entries(times)) {
    const ms = seconds * 1000;
    if (Math.abs(ms - Math.round(ms)) <= 1e-6 * Math.max(1, ms) && (seconds === 0 || Math.round(ms) > 0)) continue;
    const at = `${path}.${name}`;
    refuse('LOAD_WAVE', `${at} must be whole milliseconds, but was ${seconds}.`, { path: at, value: seconds });
  }
}

function parseWave(wave: Fields, at: string): Wave {
  const path = `${at}.wave`;
  const {
    base = 0,
    amplitude = 0,
    periodSeconds = DAY_SECONDS,
    stepSeconds = MINUTE_SECONDS,
    phaseSeconds = 0,
  } = wave as Readonly<Record<string, number>>;
  checkMilliseconds({ periodSeconds, stepSeconds, phaseSeconds }, path);
  checkMost(base, `${path}.base`);
  checkMost(amplitude, `${path}.amplitude`);
  if (!Number.isInteger(periodSeconds / stepSeconds))
    refuse('LOAD_WAVE', `${path}.stepSeconds ${stepSeconds} must divide periodSeconds ${periodSeconds}.`, {
      path: `${path}.stepSeconds`,
      value: stepSeconds,
    });
  if (!Number.isInteger(phaseSeconds / stepSeconds))
    refuse('LOAD_WAVE', `${path}.phaseSeconds ${phaseSeconds} must be a multiple of stepSeconds ${stepSeconds}.`, {
      path: `${path}.phaseSeconds`,
      value: phaseSeconds,
    });
  return {
    base,
    amplitude,
    periodMs: Math.round(periodSeconds * 1000),
    stepMs: Math.round(stepSeconds * 1000),
    phaseMs: Math.round(phaseSeconds * 1000),
    shape: (wave.shape ?? 'sine') as WaveShape,
  };
}

function checkKind({ points, wave }: Fields, path: string): void {
  if ((points === undefined) !== (wave === undefined)) return;
  refuse('LOAD_KIND', `${path} must have either points or wave.`, { path, expected: ['points', 'wave'] });
}

function parseRate(entry: Fields, path: string): Rate {
  checkKind(entry, path);
  const points = parsePoints(entry, path);
  return entry.wave === undefined ? { points } : { points, wave: parseWave(entry.wave as Fields, path) };
}

/** Messages are a queue's, all else is a service's. */
function checkMember(entry: Fields, member: 'service' | 'queue', path: string): void {
  const other = member === 'queue' ? 'service' : 'queue';
  if (entry[member] !== undefined && entry[other] === undefined) return;
  refuse(
    'LOAD_OF',
    `${path}: ${entry.signal} are the load of a ${member}: ${member} must stand there, ${other} must not.`,
    {
      path: `${path}.${member}`,
      value: entry[member],
      expected: [member],
    },
  );
}

/** @throws QUEUE_NOT_FOUND for a queue that is not in the scenario; as parseLoads for the rest. */
export function parseArrivals(given: Fields, queues: readonly ScenarioQueue[]): Arrivals[] {
  return ((given.load ?? []) as readonly Fields[]).flatMap((entry, k) => {
    if (entry.signal !== 'messages') return [];
    const path = `load[${k}]`;
    checkMember(entry, 'queue', path);
    return { queue: checkQueueName(entry.queue, `${path}.queue`, queues), ...parseRate(entry, path) };
  });
}

/** By ARN or by name. */
function parseTargetGroup(
  { targetGroup: value, signal }: Fields,
  path: string,
  groups: readonly TargetGroup[],
): string {
  const at = `${path}.targetGroup`;
  if (signal !== 'requests')
    refuse('LOAD_OF', `${at}: only requests go to a target group, not ${signal}.`, { path: at, value });
  const found = groups.find(
    ({ targetGroupArn, targetGroupName }) => value === targetGroupArn || value === targetGroupName,
  );
  if (found !== undefined) return found.targetGroupArn;
  return refuse('UNKNOWN_TARGET_GROUP', `${at}: the scenario has no target group ${value}.`, {
    path: at,
    value,
    expected: groups.map(({ targetGroupName }) => targetGroupName),
  });
}

export interface LoadNames {
  readonly clusters: readonly ScenarioCluster[];
  readonly services: readonly ScenarioService[];
  readonly targetGroups: readonly TargetGroup[];
}

/** @throws InvalidParameterException for a service that is not in the scenario, and for points that go back in time. */
export function parseLoads(given: Fields, { clusters, services, targetGroups }: LoadNames): Load[] {
  const namesOf = new Map(clusters.map(({ name }) => [name, new Set<string>()]));
  for (const { cluster, input } of services) namesOf.get(cluster)?.add(String(input.serviceName));
  return ((given.load ?? []) as readonly Fields[]).flatMap((entry, k) => {
    if (entry.signal === 'messages') return [];
    const path = `load[${k}]`;
    const cluster = clusterNamed(entry.cluster, `${path}.cluster`, clusters);
    const names = namesOf.get(cluster) ?? new Set();
    const at = `${path}.service`;
    checkMember(entry, 'service', path);
    if (!names.has(String(entry.service)))
      refuse('UNKNOWN_SERVICE', `${at}: cluster ${cluster} has no service ${entry.service}.`, {
        path: at,
        value: entry.service,
        expected: [...names],
      });
    return {
      cluster,
      service: String(entry.service),
      signal: entry.signal as Load['signal'],
      ...(entry.targetGroup === undefined ? {} : { targetGroup: parseTargetGroup(entry, path, targetGroups) }),
      ...parseRate(entry, path),
    };
  });
}
