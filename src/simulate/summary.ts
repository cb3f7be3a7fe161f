/** The figures of a run that decide its outcome. Called by run. */
import { desiredCountOf } from '../cluster/desired.ts';
import type { ClusterState, ServiceState } from '../cluster/state.ts';
import type { Minute } from '../control/minute.ts';
import type { Measure } from './measures.ts';
import type { RecordedEvent, Series, ServiceSummary, Summary } from './result.ts';
import type { Sampler } from './series.ts';
import { shortageOf } from './shortage.ts';

interface TaskJson {
  readonly taskArn: string;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly stopCode?: string;
  readonly group: string;
}

function taskOf(event: RecordedEvent): TaskJson | undefined {
  return event.type === 'TaskStateChange' ? (event.event?.detail as TaskJson | undefined) : undefined;
}

const WANTED: ReadonlySet<string | undefined> = new Set(['ServiceSchedulerInitiated', 'UserInitiated', undefined]);

/** What a run tells of one service. */
interface Told {
  readonly events: readonly RecordedEvent[];
  readonly series: readonly Series[];
  readonly measures: readonly Measure[];
}

function summariseService(
  { state, minute }: Run,
  service: ServiceState,
  { events: own, series, measures }: Told,
  { availability }: Sampler,
  endedAtMs: number,
): ServiceSummary {
  const stopped = own.filter((event) => taskOf(event)?.lastStatus === 'STOPPED');
  const [primary] = service.deployments;
  const requests = minute.requests.totalsOf(service.name, endedAtMs);
  return {
    cluster: state.context.cluster,
    service: service.name,
    desiredCount: desiredCountOf(service),
    runningCount: service.deployments.reduce((total, one) => total + one.running, 0),
    healthyCount: service.deployments.reduce((total, one) => total + one.healthy, 0),
    steady: service.isSteady || service.status === 'INACTIVE',
    rolloutState: primary?.rolloutState ?? service.status,
    started: new Set(own.flatMap((event) => taskOf(event)?.taskArn ?? [])).size,
    failed: stopped.filter((event) => !WANTED.has(taskOf(event)?.stopCode)).length,
    belowMinimumMs: availability.belowMinimumMs(service, endedAtMs),
    ...shortageOf(series, measures, { cluster: state.context.cluster, service: service.name }, endedAtMs),
    ...(requests === undefined ? {} : { requests }),
    deployments: deploymentsOf(own),
  };
}

function deploymentsOf(events: readonly RecordedEvent[]): ServiceSummary['deployments'] {
  const found = new Map<string, { id: string; rolloutState: string; atMs: number; elapsedMs: number | null }>();
  const states: Readonly<Record<string, string>> = {
    SERVICE_DEPLOYMENT_COMPLETED: 'COMPLETED',
    SERVICE_DEPLOYMENT_FAILED: 'FAILED',
  };
  for (const { type, atMs, event } of events) {
    if (type !== 'DeploymentStateChange') continue;
    const { deploymentId: id, eventName } = (event as { detail: { deploymentId: string; eventName: string } }).detail;
    const known = found.get(id);
    if (known === undefined) found.set(id, { id, rolloutState: 'IN_PROGRESS', atMs, elapsedMs: null });
    else Object.assign(known, { rolloutState: states[eventName] ?? known.rolloutState, elapsedMs: atMs - known.atMs });
  }
  return [...found.values()];
}

function keyOf(cluster: string, service: string): string {
  return `${cluster}/${service}`;
}

/** Once for all services: a large run has many of both. */
function byService<T>(
  list: readonly T[],
  nameOf: (one: T) => { readonly cluster?: string | undefined; readonly service?: string | undefined },
): (cluster: string, service: string) => readonly T[] {
  const found = new Map<string, T[]>();
  for (const one of list) {
    const { cluster, service } = nameOf(one);
    if (cluster === undefined || service === undefined) continue;
    const key = keyOf(cluster, service);
    const own = found.get(key);
    if (own === undefined) found.set(key, [one]);
    else own.push(one);
  }
  return (cluster, service) => found.get(keyOf(cluster, service)) ?? [];
}

/** A cluster whose run has ended. */
export interface Run {
  readonly state: ClusterState;
  readonly minute: Minute;
}

export function summarise(
  runs: readonly Run[],
  events: readonly RecordedEvent[],
  sampler: Sampler,
  measures: readonly Measure[],
  endedAtMs: number,
): Summary {
  const eventsOf = byService(events, (one) => one);
  const measuresOf = byService(measures, (one) => one);
  const seriesOf = byService(sampler.series, ({ dimensions: { ClusterName: cluster, ServiceName: service } }) => ({
    cluster,
    service,
  }));
  const services = runs.flatMap((run) =>
    [...run.state.services.values()].map((one) => {
      const named = [run.state.context.cluster, one.name] as const;
      const told = { events: eventsOf(...named), series: seriesOf(...named), measures: measuresOf(...named) };
      return summariseService(run, one, told, sampler, endedAtMs);
    }),
  );
  const tasks = events.map(taskOf).filter((task) => task !== undefined);
  const tasksStarted = new Set(tasks.map(({ taskArn }) => taskArn)).size;
  const tasksStopped = tasks.filter(({ lastStatus }) => lastStatus === 'STOPPED').length;
  const placementFailures = events.filter((event) => isPlacementFailure(event)).length;
  const refused = events.filter(({ type }) => type === 'Refusal').length;
  const { joined, left } = sampler.instanceChurn;
  return {
    endedAtMs,
    events: events.length,
    tasksStarted,
    tasksStopped,
    placementFailures,
    refused,
    underTargetMs: services.reduce((total, one) => total + one.underTargetMs, 0),
    reactionMs: services.reduce((longest, one) => Math.max(longest, one.reactionMs), 0),
    taskChurn: tasksStarted + tasksStopped,
    instancesJoined: joined,
    instancesLeft: left,
    instanceChurn: joined + left,
    failures: tasksFailed(tasks) + placementFailures + refused + failedDeployments(services),
    failedRequests: services.reduce((total, { requests }) => total + (requests?.failed ?? 0), 0),
    cost: sampler.meter.cost(endedAtMs),
    steady: refused === 0 && services.every(({ steady }) => steady),
    services,
  };
}

/** Those of no service too. */
function tasksFailed(tasks: readonly TaskJson[]): number {
  return tasks.filter(({ lastStatus, stopCode }) => lastStatus === 'STOPPED' && !WANTED.has(stopCode)).length;
}

function failedDeployments(services: readonly ServiceSummary[]): number {
  return services.flatMap(({ deployments }) => deployments).filter((one) => one.rolloutState === 'FAILED').length;
}

function isPlacementFailure({ event }: RecordedEvent): boolean {
  return (event?.detail as { eventName?: string } | undefined)?.eventName === 'SERVICE_TASK_PLACEMENT_FAILURE';
}
