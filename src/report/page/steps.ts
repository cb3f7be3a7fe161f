/** Series of changes as the columns that a chart wants: one common time axis, each value held until its next point. Pure. */

import type { Series } from '../../simulate/result.ts';
import type { ReportData } from '../data.ts';

/** Seconds, then one column a series; null before its first point. */
export type Columns = readonly (readonly (number | null)[])[];

/** What has points. */
type Points = Pick<Series, 'points'>;

/** @param endMs the last value is held until then. */
export function alignSteps(series: readonly Points[], endMs: number): Columns {
  const times = [...new Set([0, ...series.flatMap(({ points }) => points.map(([at]) => at)), endMs])].sort(
    (a, b) => a - b,
  );
  const columns = series.map(({ points }) => {
    let next = 0;
    let value: number | null = null;
    return times.map((time) => {
      while (next < points.length && (points[next]?.[0] ?? 0) <= time) value = points[next++]?.[1] ?? null;
      return value;
    });
  });
  return [times.map((time) => time / 1000), ...columns];
}

/** Value that holds at a time, null before the first point. */
export function valueAt({ points }: Points, atMs: number): number | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle]?.[0] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return points[low - 1]?.[1] ?? null;
}

export interface ChartPlan {
  readonly title: string;
  /** Index into `groups`, -1 for a chart of the cluster. */
  readonly group: number;
  readonly cluster: string;
  readonly unit: Series['unit'];
  readonly series: readonly { readonly label: string; readonly name: string; readonly series: Series }[];
}

const SERVICE_LABELS: Readonly<Record<string, string>> = {
  desiredCount: 'desired',
  runningCount: 'running',
  healthyCount: 'healthy',
  pendingCount: 'pending',
};
const CLUSTER_LABELS: Readonly<Record<string, string>> = {
  registeredInstances: 'instances',
  reservedCpu: 'cpu',
  reservedMemory: 'memory',
};
const CLUSTER_TITLES: Readonly<Record<string, string>> = {
  zone: 'Tasks per zone',
  registeredInstances: 'Container instances',
  reserved: 'Reserved cpu and memory',
};

/** Charts in reading order: each service, then for each cluster its zones, instances and reservations, then what else there is. */
export function planCharts({ groups, series }: ReportData): ChartPlan[] {
  const plans = new Map<string, ChartPlan & { series: { label: string; name: string; series: Series }[] }>();
  const clusters = new Set(series.map(({ dimensions }) => dimensions.ClusterName ?? ''));
  const drawn = series.filter((one) => !isIdle(one) && !isOfScaling(one));
  for (const one of drawn.sort((a, b) => rank(a) - rank(b))) {
    const { ClusterName: cluster = '', ServiceName: service, AvailabilityZone: zone } = one.dimensions;
    const topic = topicOf(one);
    const key = JSON.stringify([cluster, service ?? '', topic]);
    const where = clusters.size > 1 ? `, ${cluster}` : '';
    const group = groups.findIndex(
      ({ name, cluster: own, isService }) => isService && name === service && (own === cluster || cluster === ''),
    );
    const title = service !== undefined ? service : (CLUSTER_TITLES[topic] ?? topic);
    const extra = service !== undefined && topic !== 'service' ? ` ${topic}` : '';
    const plan = plans.get(key) ?? { title: `${title}${extra}${where}`, group, cluster, unit: one.unit, series: [] };
    const label = zone ?? SERVICE_LABELS[one.name] ?? CLUSTER_LABELS[one.name] ?? one.name;
    plan.series.push({ label, name: one.name, series: one });
    plans.set(key, plan);
  }
  return [...plans.values()];
}

function topicOf({ name, unit, dimensions }: Series): string {
  if (dimensions.ServiceName !== undefined) return name in SERVICE_LABELS ? 'service' : name;
  if (dimensions.AvailabilityZone !== undefined) return name === 'tasks' ? 'zone' : name;
  return name.startsWith('reserved') && unit === 'Percent' ? 'reserved' : name;
}

const OF_SCALING: ReadonlySet<string> = new Set([
  ...['threshold', 'targetValue', 'costPerHour', 'provisioningTasks', 'CapacityProviderReservation'],
  ...['groupDesiredCapacity', 'groupInServiceInstances', 'groupTotalInstances'],
  ...['managedInstances', 'managedRegisteredInstances'],
]);

/** The scaling card has them: alone they would say little. */
function isOfScaling({ name, dimensions }: Series): boolean {
  return OF_SCALING.has(name) || (dimensions.ServiceName !== undefined && !(name in SERVICE_LABELS));
}

/** What a cluster without instances says of its instances. */
function isIdle({ name, points }: Series): boolean {
  return name in CLUSTER_LABELS && points.every(([, value]) => value === 0);
}

/** Services first, their lines in a fixed order; the sort is stable, so series of one rank keep theirs. */
function rank(one: Series): number {
  const topic = topicOf(one);
  if (topic === 'service') return Object.keys(SERVICE_LABELS).indexOf(one.name) / 10;
  const found = ['zone', 'registeredInstances', 'reserved'].indexOf(topic);
  return found < 0 ? 4 : found + 1;
}
