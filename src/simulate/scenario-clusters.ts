/** The clusters of a scenario, and which of them instances, services and events belong to. */
import { DEFAULT_CONTEXT, lastSegment } from '../base/arn.ts';
import { whatThereIs } from '../base/nearest.ts';
import { parseCapacityProviderStrategy } from '../model/capacity-strategy.ts';
import { type ContainerInstance, parseContainerInstances } from '../model/container-instance.ts';
import { type Fields, refuse } from '../model/read.ts';
import type { CapacityProviderStrategyItem } from '../model/service.ts';
import type { ScenarioCluster } from './scenario.ts';

/** ECS API, CreateCluster. */
const NAME = /^[a-zA-Z0-9\-_]{1,255}$/;
const INSTANCE_ARN = /^arn:[^:]+:ecs:([a-z0-9-]+):(\d{12}):container-instance\/(?:([A-Za-z0-9_-]{1,255})\/)?[^/]+$/;

export interface Clusters {
  readonly region: string;
  readonly account: string;
  readonly clusters: readonly ScenarioCluster[];
}

/** The cluster in an instance's ARN; old ARNs have none. */
export function clusterOfInstance(arn: unknown): string | undefined {
  return INSTANCE_ARN.exec(String(arn))?.[3];
}

function givenNames(entries: readonly Fields[]): string[] {
  const names = entries.map(({ clusterName = DEFAULT_CONTEXT.cluster }) => String(clusterName));
  names.forEach((value, k) => {
    const path = `clusters[${k}].clusterName`;
    if (!NAME.test(value))
      refuse('CLUSTER_NAME', `Cluster must match ^[a-zA-Z0-9\\-_]{1,255}$, but was ${value}`, { path, value });
    if (names.indexOf(value) < k) refuse('DUPLICATE', `${path} ${value} stands twice.`, { path, value });
  });
  return names;
}

/** Without `clusters`: all that instances and services name, in that order. */
function impliedNames(instances: readonly ContainerInstance[], services: readonly Fields[]): string[] {
  const names = [
    ...instances.map(({ containerInstanceArn }) => clusterOfInstance(containerInstanceArn)),
    ...services.map(({ cluster }) => (cluster === undefined ? undefined : lastSegment(String(cluster)))),
  ].filter((name) => name !== undefined);
  const first = names[0] ?? DEFAULT_CONTEXT.cluster;
  return [...new Set([first, ...names])];
}

/** The name of the cluster that a call or an ARN names; the first without one. */
export function clusterNamed(name: unknown, path: string, clusters: readonly Pick<ScenarioCluster, 'name'>[]): string {
  const names = clusters.map((cluster) => cluster.name);
  if (name === undefined) return names[0] ?? '';
  const wanted = lastSegment(String(name));
  if (names.includes(wanted)) return wanted;
  return refuse(
    'UNKNOWN_CLUSTER',
    `${path}: the scenario has no cluster ${wanted}.${whatThereIs(wanted, names)}`,
    { path, value: name, expected: names },
    'ClusterNotFoundException',
  );
}

function defaultStrategyOf(entry: Fields | undefined, path: string): readonly CapacityProviderStrategyItem[] {
  return parseCapacityProviderStrategy(
    entry?.defaultCapacityProviderStrategy,
    `${path}.defaultCapacityProviderStrategy`,
  );
}

/** @throws BayplanError for what parseContainerInstances refuses, and for clusters that are not there. */
export function parseClusters(given: Fields): Clusters {
  const instances = (given.containerInstances ?? []) as readonly ContainerInstance[];
  const services = (given.services ?? []) as readonly Fields[];
  parseContainerInstances(instances);
  const entries = (given.clusters ?? []) as readonly Fields[];
  const names = entries.length > 0 ? givenNames(entries) : impliedNames(instances, services);
  const clusters = names.map((name, k) => ({
    name,
    defaultStrategy: defaultStrategyOf(entries[k], `clusters[${k}]`),
    containerInstances: [] as ContainerInstance[],
  }));
  instances.forEach((instance, k) => {
    const arn = instance.containerInstanceArn;
    const name = clusterNamed(clusterOfInstance(arn), `containerInstances[${k}].containerInstanceArn`, clusters);
    clusters.find((cluster) => cluster.name === name)?.containerInstances.push(instance);
  });
  const found = INSTANCE_ARN.exec(String(instances[0]?.containerInstanceArn));
  return { region: found?.[1] ?? DEFAULT_CONTEXT.region, account: found?.[2] ?? DEFAULT_CONTEXT.account, clusters };
}
