/**
 * What must hold of requests: none is lost or made, and where it can be told from the events alone which of them found a
 * target, that many did. Used by check once a run has ended.
 */
import type { RecordedEvent, Series, ServiceSummary, SimulationResult } from '../../../src/simulate/result.ts';
import type { Scenario } from '../../../src/simulate/scenario.ts';

type Points = readonly (readonly [atMs: number, value: number])[];

interface Entry {
  readonly targetGroupArn?: string;
}

interface Input {
  readonly serviceName?: string;
  readonly loadBalancers?: readonly Entry[];
  readonly deploymentConfiguration?: { readonly strategy?: string };
}

/** Reads steps over time with times that ascend. */
function reader(points: Points): (atMs: number) => number {
  let k = 0;
  return (atMs) => {
    while (k < points.length && (points[k]?.[0] ?? 0) <= atMs) k++;
    return points[k - 1]?.[1] ?? 0;
  };
}

/** Load and a switch of 0 and more as steps over time: the requests of the time in which it was on. */
function arrivedWhile(load: Points, isOn: Points, endMs: number): number {
  const times = [...new Set([0, ...load.map(([at]) => at), ...isOn.map(([at]) => at), endMs])]
    .filter((at) => at <= endMs)
    .sort((a, b) => a - b);
  const [loadAt, onAt] = [reader(load), reader(isOn)];
  let requests = 0;
  times.slice(0, -1).forEach((from, k) => {
    const rate = loadAt(from);
    if (onAt(from) > 0) requests += (rate * ((times[k + 1] as number) - from)) / 1000;
  });
  return requests;
}

/** How many targets of a group get traffic, after each event: the healthy ones, or else the unhealthy ones. */
function receiving(events: readonly RecordedEvent[], cluster: string, arn: string): Points {
  const health = new Map<string, string>();
  const points: [number, number][] = [];
  for (const { atMs, cluster: own = cluster, target } of events) {
    if (target === undefined || own !== cluster || target.targetGroupArn !== arn) continue;
    health.set([target.id, target.port, target.taskArn].join(), target.health);
    const all = [...health.values()];
    const healthy = all.filter((one) => one === 'healthy').length;
    points.push([atMs, healthy > 0 ? healthy : all.filter((one) => one === 'unhealthy').length]);
  }
  return points;
}

/** When its requests found a target, from what anyone can see; undefined where a service changes its load balancers. */
function servedBy(
  { cluster, service }: ServiceSummary,
  { services, events }: Scenario,
  result: SimulationResult,
): Points | undefined {
  const input = services.find((one) => one.cluster === cluster && one.input.serviceName === service)?.input as Input;
  const touches =
    JSON.stringify(events).includes('"loadBalancers"') || JSON.stringify(events).includes('CreateService');
  if (input === undefined || touches) return undefined;
  const { loadBalancers: [first] = [], deploymentConfiguration } = input;
  if (first === undefined) return seriesOf(result.series, 'runningCount', cluster, service);
  const { strategy = 'ROLLING' } = deploymentConfiguration ?? {};
  return strategy === 'ROLLING' && first.targetGroupArn !== undefined
    ? receiving(result.events, cluster, first.targetGroupArn)
    : undefined;
}

function seriesOf(series: readonly Series[], name: string, cluster: string, service: string, signal?: string): Points {
  const found = series.find(
    ({ name: own, dimensions: { ClusterName, ServiceName, Signal } }) =>
      own === name && ClusterName === cluster && ServiceName === service && Signal === signal,
  );
  return (found?.points ?? []).map(([atMs, value]) => [atMs, value ?? Number.NaN]);
}

const ALWAYS: Points = [[0, 1]];

export function requestWrongs(scenario: Scenario, result: SimulationResult): string[] {
  const { services, endedAtMs } = result.summary;
  return services.flatMap((summary) => {
    const { cluster, service, requests } = summary;
    const load = seriesOf(result.series, 'load', cluster, service, 'requests');
    if (requests === undefined) return load.length === 0 ? [] : [`${service} has a load of requests and tells of none`];
    const { served, failed } = requests;
    const arrived = arrivedWhile(load, ALWAYS, endedAtMs);
    if (served < 0 || failed < 0 || Math.abs(served + failed - arrived) > 1)
      return [`${service}: ${served} requests served and ${failed} failed of ${arrived}`];
    const on = servedBy(summary, scenario, result);
    const wanted = on === undefined ? served : arrivedWhile(load, on, endedAtMs);
    return Math.abs(served - wanted) > 1 ? [`${service}: ${served} requests served, but ${wanted} found a target`] : [];
  });
}
