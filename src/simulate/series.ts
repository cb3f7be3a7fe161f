/** Counts over time: sampled after each millisecond in which something happened, written where they changed. Called by run. */
import { desiredCountOf } from '../cluster/desired.ts';
import type { ClusterEvent } from '../cluster/events.ts';
import type { ClusterState, ServiceState } from '../cluster/state.ts';
import type { Meter } from '../cost/meter.ts';
import { Availability } from './availability.ts';
import { sampleCapacity } from './capacity-series.ts';
import { Occupancy } from './occupancy.ts';
import type { Series } from './result.ts';
import { noteScaling } from './scaling-series.ts';

type Dimensions = Readonly<Record<string, string>>;

interface Line {
  readonly series: Series;
  readonly points: [number, number | null][];
}

export interface Sampler {
  note(state: ClusterState, event: ClusterEvent): void;
  /** Writes down what has changed since the last call. */
  sample(state: ClusterState): void;
  /** One more point, where it differs from the last; null begins a gap. */
  record(atMs: number, name: string, unit: Series['unit'], dimensions: Dimensions, value: number | null): void;
  readonly series: readonly Series[];
  readonly availability: Availability;
  readonly meter: Meter;
  /** Instances that came and went after time 0. */
  readonly instanceChurn: { readonly joined: number; readonly left: number };
}

function sum(service: ServiceState, of: (one: ServiceState['deployments'][number]) => number): number {
  return service.deployments.reduce((total, one) => total + of(one), 0);
}

export function createSampler(meter: Meter): Sampler {
  const lines = new Map<string, Line>();
  const put: Sampler['record'] = (atMs, name, unit, dimensions, value) => {
    const key = `${name} ${Object.values(dimensions).join(' ')}`;
    if (value === null && !lines.has(key)) return;
    const line = lines.get(key) ?? newLine(name, unit, dimensions);
    lines.set(key, line);
    // Of one millisecond only the last value counts; it may be the one from before.
    if (line.points.at(-1)?.[0] === atMs) line.points.pop();
    if (line.points.at(-1)?.[1] !== value) line.points.push([atMs, value]);
  };
  const changed = new Map<ClusterState, Set<ServiceState>>();
  const occupancies = new Map<ClusterState, Occupancy>();
  const availability = new Availability();
  const versions = new Map<ClusterState, number>();
  return {
    record: put,
    note(state, event) {
      noteScaling(state, event, put);
      const services = changed.get(state) ?? new Set();
      const occupancy = occupancies.get(state) ?? new Occupancy();
      changed.set(state, services);
      occupancies.set(state, occupancy);
      occupancy.note(event, state.nowMs);
      meter.note(state, event);
      const service = serviceOf(event);
      if (service !== undefined) services.add(service);
    },
    sample(state) {
      for (const service of changed.get(state) ?? []) {
        sampleService(state, service, put);
        availability.sample(state, service);
      }
      changed.get(state)?.clear();
      meter.settle();
      if (state.capacity.version !== versions.get(state)) sampleCapacity(state, put);
      versions.set(state, state.capacity.version);
      const occupancy = occupancies.get(state);
      if (occupancy === undefined) return;
      sampleCluster(state, occupancy, put);
      sampleCost(state, meter, put);
    },
    get series() {
      return [...lines.values()].map(({ series }) => series);
    },
    availability,
    meter,
    get instanceChurn() {
      const all = [...occupancies.values()];
      const sumOf = (of: 'joined' | 'left'): number => all.reduce((total, one) => total + one[of], 0);
      return { joined: sumOf('joined'), left: sumOf('left') };
    },
  };
}

function serviceOf(event: ClusterEvent): ServiceState | undefined {
  if ('service' in event) return event.service;
  return event.type === 'TaskStateChange' ? event.task.service : undefined;
}

export type Put = (atMs: number, name: string, unit: Series['unit'], dimensions: Dimensions, value: number) => void;

function newLine(name: string, unit: Series['unit'], dimensions: Dimensions): Line {
  const points: [number, number | null][] = [];
  return { series: { name, unit, dimensions, points }, points };
}

function sampleService(state: ClusterState, service: ServiceState, put: Put): void {
  const dimensions = { ClusterName: state.context.cluster, ServiceName: service.name };
  put(state.nowMs, 'desiredCount', 'Count', dimensions, desiredCountOf(service));
  put(
    state.nowMs,
    'runningCount',
    'Count',
    dimensions,
    sum(service, (one) => one.running),
  );
  put(
    state.nowMs,
    'pendingCount',
    'Count',
    dimensions,
    sum(service, (one) => one.pending),
  );
  put(
    state.nowMs,
    'healthyCount',
    'Count',
    dimensions,
    sum(service, (one) => one.healthy),
  );
}

function sampleCluster(state: ClusterState, occupancy: Occupancy, put: Put): void {
  const { cluster } = state.context;
  for (const [AvailabilityZone, count] of occupancy.zones)
    put(state.nowMs, 'tasks', 'Count', { ClusterName: cluster, AvailabilityZone }, count);
  put(state.nowMs, 'registeredInstances', 'Count', { ClusterName: cluster }, occupancy.instances);
  put(state.nowMs, 'reservedCpu', 'Percent', { ClusterName: cluster }, occupancy.percent('cpu'));
  put(state.nowMs, 'reservedMemory', 'Percent', { ClusterName: cluster }, occupancy.percent('memoryMiB'));
}

/** In total, and by source; clusters that cost nothing have none. */
function sampleCost({ context, nowMs }: ClusterState, meter: Meter, put: Put): void {
  const rates = meter.ratesOf(context.cluster);
  const ClusterName = context.cluster;
  let total = 0;
  for (const rate of rates.values()) total += rate;
  if (rates.size > 0) put(nowMs, 'costPerHour', 'MicroCents/Hour', { ClusterName }, total);
  for (const [Source, rate] of rates) put(nowMs, 'costPerHour', 'MicroCents/Hour', { ClusterName, Source }, rate);
}
