/**
 * What is drawn above each other on one time axis for a service: load, metrics, tasks, instances, reservation, cost. Called
 * by the scaling card. Pure.
 */
import type { Series } from '../../simulate/result.ts';
import { isMetricOf } from '../../simulate/shortage.ts';
import type { ReportAlarm, ReportData } from '../data.ts';
import { type Decision, decisionsOf } from './decisions.ts';

export type LineStyle = 'main' | 'area' | 'dashed' | 'dotted' | 'second' | 'third';

export interface LaneLine {
  readonly label: string;
  readonly style: LineStyle;
  /** In place of the one for all of the card. */
  readonly colour?: string;
  readonly points: Series['points'];
}

export interface Band {
  readonly fromMs: number;
  readonly untilMs: number | null;
  readonly isLow: boolean;
}

export interface Lane {
  readonly title: string;
  readonly unit: 'Count' | 'Percent' | 'USD';
  readonly lines: readonly LaneLine[];
  readonly bands: readonly Band[];
  readonly decisions: readonly Decision[];
}

/** What the lanes are for: a service, or a cluster without one. */
export interface Subject {
  readonly cluster: string;
  /** Empty for the cluster alone. */
  readonly service: string;
}

const MICRO_CENTS_PER_USD = 100_000_000;
const RESERVATION = 'CapacityProviderReservation';
/** Series that are no metrics. */
const COUNTS: ReadonlySet<string> = new Set([
  ...['desiredCount', 'runningCount', 'pendingCount', 'healthyCount', 'tasks', 'provisioningTasks', 'load'],
  ...['registeredInstances', 'reservedCpu', 'reservedMemory', 'minCapacity', 'maxCapacity', 'targetValue', 'threshold'],
  'forecastCapacity',
  ...['groupDesiredCapacity', 'groupInServiceInstances', 'groupTotalInstances', 'costPerHour'],
  ...['managedInstances', 'managedRegisteredInstances'],
]);
const SIGNALS: Readonly<Record<string, string>> = {
  cpuSeconds: 'CPU seconds a second',
  memoryMiB: 'memory, MiB',
  requests: 'requests a second',
  messages: 'messages a second',
  networkInBytes: 'bytes received a second',
  networkOutBytes: 'bytes sent a second',
};
const METRICS: Readonly<Record<string, string>> = {
  CPUUtilization: 'CPU utilization',
  MemoryUtilization: 'Memory utilization',
  RequestCountPerTarget: 'Requests per target',
  RequestCount: 'Requests',
};

export function subjectsOf({ summary, series }: ReportData): Subject[] {
  const services = summary.services.map(({ cluster, service }) => ({ cluster, service }));
  if (services.length > 0) return services;
  const clusters = new Set(series.flatMap(({ dimensions }) => dimensions.ClusterName ?? []));
  return [...clusters].map((cluster) => ({ cluster, service: '' }));
}

/** Lanes that have something to show, in reading order: cause first. */
export function planLanes(data: ReportData, subject: Subject): Lane[] {
  const lanes = [
    ...loadLanes(data, subject),
    ...metricLanes(data, subject),
    tasksLane(data, subject),
    instancesLane(data, subject),
    reservationLane(data, subject),
    costLane(data, subject),
  ];
  return lanes.filter(({ lines }) => lines.length > 0);
}

function ofService({ dimensions }: Series, { cluster, service }: Subject): boolean {
  return dimensions.ServiceName === service && (dimensions.ClusterName ?? cluster) === cluster;
}

function ofCluster({ dimensions }: Series, { cluster }: Subject): boolean {
  return dimensions.ClusterName === cluster && dimensions.ServiceName === undefined;
}

function lineOf(series: Series | undefined, label: string, style: LineStyle): LaneLine[] {
  return series === undefined ? [] : [{ label, style, points: series.points }];
}

function loadLanes({ series }: ReportData, subject: Subject): Lane[] {
  return series
    .filter((one) => one.name === 'load' && ofService(one, subject))
    .map((one) => {
      const signal = one.dimensions.Signal ?? '';
      const lines = lineOf(one, SIGNALS[signal] ?? signal, 'area');
      return { title: 'Load', unit: 'Count', lines, bands: [], decisions: [] };
    });
}

/** Its own metrics, and those that its policies track elsewhere, such as a queue's. */
function metricLanes(data: ReportData, subject: Subject): Lane[] {
  const { series } = data;
  const targets = series.filter(({ name, dimensions }) => {
    return (
      name === 'targetValue' && dimensions.ServiceName === subject.service && dimensions.ClusterName === subject.cluster
    );
  });
  const metrics = series.filter((one) => {
    if (COUNTS.has(one.name) || one.name === RESERVATION) return false;
    return ofService(one, subject) || targets.some((target) => isMetricOf(target, one));
  });
  return metrics.map((metric) => {
    const own = targets.filter((target) => isMetricOf(target, metric));
    return {
      title: METRICS[metric.name] ?? metric.name,
      unit: metric.unit === 'Percent' ? 'Percent' : 'Count',
      lines: [
        ...lineOf(metric, 'metric', 'main'),
        ...own.flatMap((one) => lineOf(one, `target of ${one.dimensions.PolicyName}`, 'dashed')),
        ...thresholdLines(data, metric, own),
      ],
      bands: bandsOf(data, metric, subject),
      decisions: [],
    };
  });
}

function thresholdsOf({ series }: ReportData, metric: Series): Series[] {
  return series.filter((one) => one.name === 'threshold' && isMetricOf(one, metric));
}

/** Target tracking's high alarm stands at the target: one line is enough. */
function thresholdLines(data: ReportData, metric: Series, targets: readonly Series[]): LaneLine[] {
  const known = new Set(targets.map(({ points }) => points.at(-1)?.[1]));
  return thresholdsOf(data, metric).flatMap((one) => {
    const value = one.points.at(-1)?.[1];
    if (known.has(value)) return [];
    known.add(value);
    const isOfTracking = (one.dimensions.AlarmName ?? '').startsWith('TargetTracking-');
    return lineOf(one, isOfTracking ? 'scale-in below' : (one.dimensions.AlarmName ?? ''), 'dotted');
  });
}

function bandsOf(data: ReportData, metric: Series, subject: Subject): Band[] {
  const names = new Set(thresholdsOf(data, metric).map(({ dimensions }) => dimensions.AlarmName));
  return data.alarms.filter(({ name }) => names.has(name) && concerns(name, subject)).flatMap(bandsOfAlarm);
}

/** Target tracking names the resource in the alarm: metrics of a queue may be tracked by several services. */
function concerns(alarm: string, { cluster, service }: Subject): boolean {
  const resource = /^TargetTracking-service\/(.+)-Alarm(?:High|Low)-/.exec(alarm)?.[1];
  return resource === undefined || resource === `${cluster}/${service}`;
}

function bandsOfAlarm({ isLow, spans }: ReportAlarm): Band[] {
  return spans.map(([fromMs, untilMs]) => ({ fromMs, untilMs, isLow }));
}

function tasksLane(data: ReportData, subject: Subject): Lane {
  const find = (name: string): Series | undefined =>
    data.series.find((one) => one.name === name && ofService(one, subject));
  return {
    title: 'Tasks',
    unit: 'Count',
    lines: [
      ...lineOf(find('runningCount'), 'running', 'area'),
      ...lineOf(find('desiredCount'), 'desired', 'dashed'),
      ...lineOf(find('minCapacity'), 'minimum', 'dotted'),
      ...lineOf(find('maxCapacity'), 'maximum', 'dotted'),
      ...lineOf(find('forecastCapacity'), 'forecast', 'third'),
    ],
    bands: [],
    decisions: decisionsOf(data, subject, 'tasks'),
  };
}

function isIdle({ points }: Series): boolean {
  return points.every(([, value]) => value === 0);
}

/** Groups say nothing of their cluster: with several clusters each shows all. */
function instancesLane(data: ReportData, subject: Subject): Lane {
  const { series } = data;
  const registered = series.find(
    (one) => one.name === 'registeredInstances' && ofCluster(one, subject) && !isIdle(one),
  );
  const groups = series.filter(({ name, dimensions, points }) => {
    return name === 'groupDesiredCapacity' && dimensions.AutoScalingGroupName !== undefined && points.length > 0;
  });
  const managed = series.filter((one) => one.name === 'managedInstances' && ofCluster(one, subject) && !isIdle(one));
  const waiting = series.find((one) => one.name === 'provisioningTasks' && ofCluster(one, subject) && !isIdle(one));
  return {
    title: 'Instances',
    unit: 'Count',
    lines: [
      ...lineOf(registered, 'registered', 'area'),
      ...groups.flatMap((one) => lineOf(one, `desired of ${one.dimensions.AutoScalingGroupName}`, 'dashed')),
      ...managed.flatMap((one) => lineOf(one, `launched by ${one.dimensions.CapacityProviderName}`, 'dashed')),
      ...lineOf(waiting, 'tasks waiting', 'third'),
    ],
    bands: [],
    decisions: decisionsOf(data, subject, 'instances'),
  };
}

function reservationLane(data: ReportData, subject: Subject): Lane {
  const { series } = data;
  const of = (name: string): Series | undefined =>
    series.find((one) => one.name === name && ofCluster(one, subject) && !isIdle(one));
  const provider = series.filter((one) => one.name === RESERVATION && ofCluster(one, subject));
  const [first] = provider;
  return {
    title: 'Reservation',
    unit: 'Percent',
    lines: [
      ...provider.flatMap((one, k) =>
        lineOf(one, one.dimensions.CapacityProviderName ?? '', k === 0 ? 'main' : 'third'),
      ),
      ...lineOf(first && thresholdsOf(data, first)[0], 'target capacity', 'dashed'),
      ...lineOf(of('reservedCpu'), 'cpu', 'second'),
      ...lineOf(of('reservedMemory'), 'memory', 'third'),
    ],
    bands: first === undefined ? [] : bandsOf(data, first, subject),
    decisions: [],
  };
}

function costLane({ series }: ReportData, subject: Subject): Lane {
  const rates = series.filter((one) => one.name === 'costPerHour' && ofCluster(one, subject) && !isIdle(one));
  const total = rates.filter(({ dimensions }) => dimensions.Source === undefined);
  const sources = rates.filter(({ dimensions }) => dimensions.Source !== undefined);
  const usd = ({ points }: Series): Series['points'] =>
    points.map(([at, value]) => [at, (value ?? 0) / MICRO_CENTS_PER_USD]);
  return {
    title: 'Cost an hour',
    unit: 'USD',
    lines: [
      ...total.map((one) => ({ label: 'total', style: 'area' as const, points: usd(one) })),
      ...(sources.length > 1 ? sources : []).map((one) => ({
        label: SOURCE_NAMES[one.dimensions.Source ?? ''] ?? '',
        style: 'second' as const,
        points: usd(one),
      })),
    ],
    bands: [],
    decisions: [],
  };
}

const SOURCE_NAMES: Readonly<Record<string, string>> = {
  EC2: 'on demand',
  EC2_SPOT: 'Spot',
  MANAGED_INSTANCES: 'Managed Instances',
  MANAGED_INSTANCES_SPOT: 'Managed Spot',
  FARGATE: 'Fargate',
  FARGATE_SPOT: 'Fargate Spot',
  EXTERNAL: 'ECS Anywhere',
};
