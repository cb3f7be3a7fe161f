/** What measures a cluster of a scenario: its metrics and its load. Made by drive; the minute runs them. */
import { GroupCpuPublisher } from '../capacity/group-cpu.ts';
import { GroupNetworkPublisher, type NetworkLoad } from '../capacity/group-network.ts';
import { ReservationPublisher } from '../capacity/publisher.ts';

import type { Feed } from '../cluster/queue-state.ts';
import type { ClusterState, ServiceState } from '../cluster/state.ts';
import type { Minute } from '../control/minute.ts';
import { QueueMetrics } from '../events/queue-metrics.ts';
import { type Curve, pointsCurve, sumOf, waveCurve } from '../metrics/curve.ts';
import { createFeed } from '../metrics/feed.ts';
import { Metrics, type MetricsOptions } from '../metrics/metrics.ts';
import { Usage } from '../metrics/usage.ts';
import type { Inflow, Loads, Rates } from '../metrics/usage-row.ts';
import { type Behaviour, behaviourOf } from '../model/behaviour.ts';
import type { Decisions } from '../model/decisions.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import { coreDecisions } from '../scaling/decisions.ts';
import { RequestFlow, type RequestLoad } from '../traffic/request-flow.ts';
import type { Scenario } from './scenario.ts';
import type { Load, Rate } from './scenario-load.ts';

export async function decisionsOf(engine: 'wasm' | 'reference'): Promise<Decisions> {
  if (engine === 'wasm') return coreDecisions();
  const { referenceDecisions } = await import('../reference/decisions.ts');
  return referenceDecisions();
}

function curveOf(loads: readonly Rate[]): Curve {
  return sumOf(loads.map(({ points, wave }) => (wave === undefined ? pointsCurve(points) : waveCurve(wave))));
}

/** Loads that add up, in the order of the scenario. */
function together(load: readonly Load[], keyOf: (one: Load) => string): Load[][] {
  const found = new Map<string, Load[]>();
  for (const one of load) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return [...found.values()];
}

/** Of every service with a load: what asks for metrics of instances wants to know what its tasks use. */
function loadsOf(load: readonly Load[]): Map<string, Loads> {
  const found = new Map<string, Loads>(load.map(({ service }) => [service, {}]));
  for (const entries of together(load, ({ service, signal }) => JSON.stringify([service, signal]))) {
    const { service, signal } = entries[0] as Load;
    if (signal === 'cpuSeconds' || signal === 'memoryMiB')
      found.set(service, { ...found.get(service), [signal]: curveOf(entries) });
  }
  return found;
}

const NETWORK = { networkInBytes: 'NetworkIn', networkOutBytes: 'NetworkOut' } as const;

function networkLoadsOf(load: readonly Load[]): Map<string, NetworkLoad> {
  const found = new Map<string, NetworkLoad>();
  for (const entries of together(load, ({ service, signal }) => JSON.stringify([service, signal]))) {
    const { service, signal } = entries[0] as Load;
    if (signal === 'networkInBytes' || signal === 'networkOutBytes')
      found.set(service, { ...found.get(service), [NETWORK[signal]]: curveOf(entries) });
  }
  return found;
}

function requestLoadsOf(load: readonly Load[]): RequestLoad[] {
  const requests = load.filter(({ signal }) => signal === 'requests');
  const keyOf = ({ service, targetGroup }: Load): string => JSON.stringify([service, targetGroup]);
  return together(requests, keyOf).map((entries) => {
    const { service, targetGroup } = entries[0] as Load;
    return { service, targetGroup, curve: curveOf(entries) };
  });
}

function sum<T>(entries: readonly T[], of: (entry: T) => number): number {
  return entries.reduce((total, entry) => total + of(entry), 0);
}

/** What one task of a definition reserves, and what it uses besides its load. */
function taskRates(definition: TaskDefinition, behaviours: ReadonlyMap<string, Behaviour>): Rates {
  const { cpu, memory, containerDefinitions: containers = [] } = definition;
  const behaviour = behaviourOf(behaviours, definition);
  const parts = [behaviour ?? {}, ...Object.values(behaviour?.containers ?? {})];
  return {
    cpuUnits: cpu === undefined ? sum(containers, (one) => one.cpu ?? 0) : Number(cpu),
    memoryMiB:
      memory === undefined ? sum(containers, (one) => one.memoryReservation || one.memory || 0) : Number(memory),
    cpuSecondsPerRequest: sum(parts, (one) => one.cpuPerRequest ?? 0),
    usedMiB: sum(parts, (one) => one.memoryMiB ?? 0),
  };
}

export function createControls(
  scenario: Pick<Scenario, 'load' | 'behaviour'>,
  state: ClusterState,
  onDatapoint?: MetricsOptions['onDatapoint'],
): Minute {
  const metrics = new Metrics({ fleet: state.decisions.createFleet(), tellsAll: state.sink.isOpen, onDatapoint });
  const known = new Map<TaskDefinition, Rates>();
  const ratesOf = (definition: TaskDefinition): Rates => {
    const rates = known.get(definition) ?? taskRates(definition, scenario.behaviour);
    known.set(definition, rates);
    return rates;
  };
  const { cluster } = state.context;
  const load = scenario.load.filter((one) => one.cluster === cluster);
  const requests = new RequestFlow(metrics, requestLoadsOf(load), ratesOf);
  const inflowsOf = (service: ServiceState): readonly Inflow[] => requests.inflowsOf(service);
  const usage = new Usage(metrics, { cluster, loads: loadsOf(load), ratesOf, inflowsOf });
  return {
    metrics,
    usage,
    requests,
    publishers: [
      new ReservationPublisher(),
      new GroupCpuPublisher(metrics, usage),
      new GroupNetworkPublisher(metrics, networkLoadsOf(load)),
      new QueueMetrics(),
    ],
  };
}

/** What is sent to the queues of a cluster; several loads of one queue add up. */
export function createFeeds({ queues, arrivals }: Pick<Scenario, 'queues' | 'arrivals'>, cluster: string): Feed[] {
  return queues.flatMap(({ cluster: own, settings }) => {
    const rates = arrivals.filter(({ queue }) => queue === settings.name);
    return own !== cluster || rates.length === 0 ? [] : [createFeed(settings.name, curveOf(rates))];
  });
}
