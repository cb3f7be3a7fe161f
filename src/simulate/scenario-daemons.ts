/**
 * ECS Managed Daemons of a scenario and their task definitions: checked before time 0, made in their clusters before any
 * service is. Called by parseScenario and by the run.
 */
import { daemonTaskDefinitionArn, lastSegment } from '../base/arn.ts';
import { whatThereIs } from '../base/nearest.ts';
import { registerDaemonDefinition } from '../cluster/apply/daemon-definitions.ts';
import { createDaemon } from '../cluster/apply/daemons.ts';
import type { ClusterState } from '../cluster/state.ts';
import { parseDaemon } from '../model/daemon.ts';
import { parseDaemonTaskDefinition } from '../model/daemon-task-definition.ts';
import { type Fields, refuse } from '../model/read.ts';
import type { TaskDefinitionRegistry } from '../model/task-definition-registry.ts';
import type { ScenarioCapacity, ScenarioManaged } from './scenario-capacity.ts';
import { clusterNamed } from './scenario-clusters.ts';

export interface ScenarioDaemon {
  readonly cluster: string;
  readonly name: string;
  /** CreateDaemon's. */
  readonly input: Fields;
  readonly path: string;
}

export interface ScenarioDaemons {
  /** RegisterDaemonTaskDefinition's, in order. */
  readonly definitions: readonly { readonly input: Fields; readonly path: string }[];
  readonly daemons: readonly ScenarioDaemon[];
}

interface Surroundings {
  readonly region: string;
  readonly account: string;
  readonly clusters: readonly { readonly name: string }[];
  /** Gets the definitions: behaviours name them. */
  readonly registry: TaskDefinitionRegistry;
}

function listOf(given: Fields, member: string): readonly Fields[] {
  return (given[member] ?? []) as readonly Fields[];
}

/** Those of its cluster: the one it names, else that of its first provider. */
function clusterOf(
  named: string | undefined,
  providers: readonly string[],
  path: string,
  managed: readonly ScenarioManaged[],
  clusters: readonly { readonly name: string }[],
): string {
  const first = managed.find(({ settings }) => settings.name === providers[0]);
  const cluster = clusterNamed(named ?? first?.cluster, `${path}.clusterArn`, clusters);
  const known = managed.filter((one) => one.cluster === cluster).map(({ settings }) => settings.name);
  providers.forEach((value, k) => {
    if (known.includes(value)) return;
    const at = `${path}.capacityProviderArns[${k}]`;
    refuse(
      'CAPACITY_PROVIDER_NOT_FOUND',
      `${at}: ${value} is no capacity provider of Managed Instances of cluster ${cluster}.${whatThereIs(value, known)}`,
      { path: at, value, expected: known },
    );
  });
  return cluster;
}

/** @throws BayplanError as the calls do, and for what a daemon names that the scenario has not. */
export function parseDaemons(
  given: Fields,
  { managed }: ScenarioCapacity,
  { region, account, clusters, registry }: Surroundings,
): ScenarioDaemons {
  const families: string[] = [];
  const definitions = listOf(given, 'daemonTaskDefinitions').map((input, k) => {
    const path = `daemonTaskDefinitions[${k}]`;
    const parsed = parseDaemonTaskDefinition(input, path);
    const { family = '' } = parsed;
    const revision = families.filter((one) => one === family).length + 1;
    const taskDefinitionArn = daemonTaskDefinitionArn({ region, account }, family, revision);
    registry.register({ ...parsed, taskDefinitionArn, revision });
    families.push(family, `${family}:${revision}`);
    return { input, path };
  });
  const daemons = listOf(given, 'daemons').map((input, k) => {
    const path = `daemons[${k}]`;
    const { name, cluster, definition, providers } = parseDaemon(input, path);
    const at = `${path}.daemonTaskDefinitionArn`;
    const family = lastSegment(definition);
    if (!families.includes(family))
      refuse('UNKNOWN_TASK_DEFINITION', `${at} ${definition} is not registered.${whatThereIs(family, families)}`, {
        path: at,
        value: definition,
        expected: families,
      });
    return { cluster: clusterOf(cluster, providers, path, managed, clusters), name, input, path };
  });
  return { definitions, daemons };
}

/** Definitions are known in every cluster. */
export function buildDaemons(state: ClusterState, { definitions, daemons }: ScenarioDaemons): void {
  for (const { input, path } of definitions) registerDaemonDefinition(state, input, path);
  for (const { cluster, input, path } of daemons) {
    if (cluster !== state.context.cluster) continue;
    const [first = ''] = createDaemon(state, input, path).settings.providers;
    const provider = state.capacity.managed.providers.get(first);
    // Their deployments begin also where nothing else happens.
    if (provider !== undefined) state.timers.set(0, { type: 'WakeManaged', provider });
  }
}
