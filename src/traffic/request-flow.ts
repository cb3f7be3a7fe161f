/**
 * Requests on their way from load to targets: what each target group counts as AWS/ApplicationELB metrics, what each service
 * works on, and what finds no target. Made by the run; control tells it of changes and of whole minutes. A service without a
 * load balancer gets its requests by itself, on its RUNNING tasks. Invariant: requests whose targets do not change are not
 * looked at.
 */
import type { ClusterView, ServiceState, TargetGroupState } from '../cluster/state.ts';
import type { Curve } from '../metrics/curve.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { PeriodRows } from '../metrics/period-rows.ts';
import type { Series } from '../metrics/series.ts';
import type { RatesOf } from '../metrics/usage.ts';
import type { Inflow } from '../metrics/usage-row.ts';
import { GroupRow, type Inlet } from './group-row.ts';
import { keyOf, sharesOf } from './requests.ts';

/** The requests to a service. */
export interface RequestLoad {
  readonly service: string;
  /** ARN of a target group or name of a Classic Load Balancer; undefined: the first of the service. */
  readonly targetGroup: string | undefined;
  /** Requests a second. */
  readonly curve: Curve;
}

export interface RequestTotals {
  readonly served: number;
  /** No target got them. */
  readonly failed: number;
}

/** Where the requests of one load go now. */
interface Route {
  readonly load: RequestLoad;
  /** Groups, as the view calls them, on which it depends. */
  keys: readonly string[];
  groups: ReadonlyMap<TargetGroupState, number>;
  /** What one request costs the tasks of each service. */
  services: ReadonlyMap<ServiceState, number>;
  servedPart: number;
  /** Until `countedMs`. */
  arrived: number;
  served: number;
  countedMs: number;
}

const NAMESPACES = { application: 'AWS/ApplicationELB', network: 'AWS/NetworkELB' } as const;
const TARGET_GROUP = /targetgroup\/[^/]+\/[^/]+$/;

export class RequestFlow {
  readonly #ratesOf: RatesOf;
  readonly #routes: readonly Route[];
  readonly #routesOf = new Map<string, Route[]>();
  /** By a group on which they depend, and by a service that they reach. */
  readonly #routesOn = new Map<string, Set<Route>>();
  readonly #routesTo = new Map<ServiceState, Set<Route>>();
  /** By namespace and `targetgroup/NAME/ID`. */
  readonly #rows = new Map<string, GroupRow>();
  readonly #periods = new PeriodRows<GroupRow>();
  #hasNewRows = false;
  readonly #rerouted = new Set<ServiceState>();

  constructor(metrics: Metrics, loads: readonly RequestLoad[], ratesOf: RatesOf) {
    this.#ratesOf = ratesOf;
    this.#routes = loads.map(newRoute);
    for (const route of this.#routes) {
      const { service } = route.load;
      this.#routesOf.set(service, [...(this.#routesOf.get(service) ?? []), route]);
    }
    metrics.onSeries((series) => this.#offer(series));
  }

  /** Someone looks at a target group's metric. */
  #offer(series: Series): void {
    const { namespace, dimensions } = series.key;
    const { TargetGroup, LoadBalancer: _any, ...others } = dimensions;
    if (namespace !== NAMESPACES.application && namespace !== NAMESPACES.network) return;
    if (TargetGroup === undefined || Object.keys(others).length > 0) return;
    const key = `${namespace} ${TargetGroup}`;
    const row = this.#rows.get(key) ?? new GroupRow();
    if (!row.publishes(series)) return;
    this.#rows.set(key, row);
    this.#periods.wake(row);
    this.#hasNewRows = true;
  }

  /** Before what a round of the scheduler saw is forgotten. @returns services that get their requests otherwise now. */
  observe(view: ClusterView): Iterable<ServiceState> {
    if (this.#rerouted.size > 0) this.#rerouted.clear();
    if (this.#routes.length + this.#rows.size === 0 || view.changedServices.size === 0) return this.#rerouted;
    const touched = new Set<string>();
    for (const service of view.changedServices) {
      for (const key of groupKeysOf(service)) touched.add(key);
      for (const route of this.#routesOf.get(service.name) ?? []) this.#reroute(view, route);
    }
    if (touched.size === 0) return this.#rerouted;
    for (const key of touched) for (const route of [...(this.#routesOn.get(key) ?? [])]) this.#reroute(view, route);
    this.#settle(view, touched);
    return this.#rerouted;
  }

  #reroute(view: ClusterView, route: Route): void {
    const { load } = route;
    count(route, view.nowMs);
    this.#unlink(route);
    const service = view.services.get(load.service);
    const key = load.targetGroup ?? keyOf(service?.settings.loadBalancers[0] ?? {});
    route.keys = service === undefined ? [] : [key, ...alternatesOf(service, key)];
    if (service === undefined) Object.assign(route, NOWHERE);
    else Object.assign(route, key === '' ? this.#direct(service) : this.#balanced(view, service, key));
    this.#link(route);
  }

  #unlink(route: Route): void {
    for (const key of route.keys) this.#routesOn.get(key)?.delete(route);
    for (const service of route.services.keys()) {
      this.#routesTo.get(service)?.delete(route);
      this.#rerouted.add(service);
    }
  }

  #link(route: Route): void {
    for (const key of route.keys) setOf(this.#routesOn, key).add(route);
    for (const service of route.services.keys()) {
      setOf(this.#routesTo, service).add(route);
      this.#rerouted.add(service);
    }
  }

  #direct(service: ServiceState): Pick<Route, 'groups' | 'services' | 'servedPart'> {
    let [running, cost] = [0, 0];
    for (const one of service.deployments) {
      running += one.running;
      cost += one.running * this.#ratesOf(one.definition).cpuSecondsPerRequest;
    }
    return running === 0
      ? NOWHERE
      : { groups: NOWHERE.groups, services: new Map([[service, cost / running]]), servedPart: 1 };
  }

  #balanced(view: ClusterView, by: ServiceState, key: string): Pick<Route, 'groups' | 'services' | 'servedPart'> {
    const groups = new Map<TargetGroupState, number>();
    const services = new Map<ServiceState, number>();
    let servedPart = 0;
    for (const { target, part } of sharesOf(view, by, key)) {
      const { group, task } = target;
      servedPart += part;
      groups.set(group, (groups.get(group) ?? 0) + part);
      if (task.service === undefined) continue;
      const cost = part * this.#ratesOf(task.definition).cpuSecondsPerRequest;
      services.set(task.service, (services.get(task.service) ?? 0) + cost);
    }
    return { groups, services, servedPart: Math.min(1, servedPart) };
  }

  #settle(view: ClusterView, keys: Iterable<string>): void {
    if (this.#rows.size === 0) return;
    for (const key of keys) {
      const group = view.targetGroups.get(key);
      const row = group === undefined ? undefined : this.#rows.get(rowKey(group));
      if (group === undefined || row === undefined) continue;
      row.settle(view.nowMs, group.targets, this.#inletsOf(group));
      this.#periods.wake(row);
    }
  }

  #inletsOf(group: TargetGroupState): Inlet[] {
    const routes = this.#routesOn.get(group.settings.targetGroupArn) ?? [];
    return [...routes].flatMap(({ load, groups }) => {
      const part = groups.get(group) ?? 0;
      return part === 0 ? [] : [{ curve: load.curve, part }];
    });
  }

  /** What reaches the tasks of a service. */
  inflowsOf(service: ServiceState): readonly Inflow[] {
    const routes = this.#routesTo.get(service);
    if (routes === undefined) return NO_INFLOWS;
    return [...routes].flatMap(({ load, services }) => {
      const cpuSecondsPerRequest = services.get(service);
      return cpuSecondsPerRequest === undefined ? [] : [{ curve: load.curve, cpuSecondsPerRequest }];
    });
  }

  publish(view: ClusterView, metrics: Metrics): void {
    // They were not there when the targets changed.
    if (this.#hasNewRows) this.#settle(view, view.targetGroups.keys());
    this.#hasNewRows = false;
    this.#periods.publish(view.nowMs, metrics);
  }

  nextMs({ nowMs }: ClusterView): number {
    return this.#periods.nextMs(nowMs);
  }

  /** All requests so far, by service; undefined for one without. */
  totalsOf(service: string, nowMs: number): RequestTotals | undefined {
    const routes = this.#routesOf.get(service);
    if (routes === undefined) return undefined;
    for (const route of routes) count(route, nowMs);
    const sumOf = (of: 'arrived' | 'served'): number => Math.round(routes.reduce((total, one) => total + one[of], 0));
    return { served: sumOf('served'), failed: sumOf('arrived') - sumOf('served') };
  }
}

const NO_INFLOWS: readonly Inflow[] = [];
const NOWHERE = {
  groups: new Map<TargetGroupState, number>(),
  services: new Map<ServiceState, number>(),
  servedPart: 0,
};

function rowKey({ settings: { kind, targetGroupArn } }: TargetGroupState): string {
  return kind === 'classic' ? '' : `${NAMESPACES[kind]} ${TARGET_GROUP.exec(targetGroupArn)?.[0]}`;
}

function setOf<Key>(sets: Map<Key, Set<Route>>, key: Key): Set<Route> {
  const known = sets.get(key) ?? new Set();
  sets.set(key, known);
  return known;
}

function newRoute(load: RequestLoad): Route {
  return { load, keys: [], ...NOWHERE, arrived: 0, served: 0, countedMs: 0 };
}

function count(route: Route, nowMs: number): void {
  if (route.countedMs === nowMs) return;
  const requests = route.load.curve.integral(route.countedMs, nowMs) / 1000;
  route.arrived += requests;
  route.served += requests * route.servedPart;
  route.countedMs = nowMs;
}

function alternatesOf({ settings }: ServiceState, key: string): string[] {
  return settings.loadBalancers.flatMap((one) =>
    keyOf(one) === key ? (one.advancedConfiguration?.alternateTargetGroupArn ?? []) : [],
  );
}

/** Of all its revisions. */
function groupKeysOf({ deployments, settings }: ServiceState): Set<string> {
  const all = [settings, ...deployments.map((one) => one.settings)].flatMap(({ loadBalancers }) => loadBalancers);
  return new Set(all.flatMap((one) => [keyOf(one), one.advancedConfiguration?.alternateTargetGroupArn ?? keyOf(one)]));
}
