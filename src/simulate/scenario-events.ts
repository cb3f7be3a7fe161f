/** What happens at which time in a scenario: calls of AWS's API, and faults. */
import { lastSegment } from '../base/arn.ts';
import type { ApiCall, CallName, Fault, FaultName } from '../cluster/commands.ts';
import { groupNameOf } from '../model/capacity-provider.ts';
import { type Fields, refuse } from '../model/read.ts';
import type { ScenarioCluster, ScenarioEvent } from './scenario.ts';
import type { ScenarioCapacity } from './scenario-capacity.ts';
import { clusterNamed, clusterOfInstance } from './scenario-clusters.ts';
import type { ScenarioDaemon, ScenarioDaemons } from './scenario-daemons.ts';

/** What an event has beside the members of a fault. */
const OWN_MEMBERS = new Set(['at', 'call', 'fault', 'input', 'name', 'cluster']);

/** A fault's members stand beside it or in its input. */
function faultOf(event: Fields, path: string): Fault {
  const beside = Object.entries(event).filter(([member]) => !OWN_MEMBERS.has(member));
  const given = event.input as Fields | undefined;
  return {
    type: 'Fault',
    fault: event.fault as FaultName,
    input: { ...Object.fromEntries(beside), ...given },
    path: given === undefined ? path : `${path}.input`,
  };
}

function callOf(event: Fields, path: string): ApiCall {
  const beside = Object.keys(event).find((member) => !OWN_MEMBERS.has(member));
  if (beside !== undefined) {
    const at = `${path}.${beside}`;
    refuse('UNKNOWN_MEMBER', `${at} is for faults; the members of a call stand in its input.`, {
      path: at,
      value: event[beside],
    });
  }
  return { type: 'Call', call: event.call as CallName, input: event.input as Fields, path: `${path}.input` };
}

function commandOf(event: Fields, path: string): ApiCall | Fault {
  if ((event.call === undefined) === (event.fault === undefined)) {
    refuse('EVENT', `${path} must have either a call or a fault, and not both.`, {
      path,
      value: event.call,
      expected: ['call', 'fault'],
    });
  }
  return event.fault === undefined ? callOf(event, path) : faultOf(event, path);
}

/** Of `service/CLUSTER/NAME`. */
function clusterOfResource(resourceId: unknown): string | undefined {
  return /^service\/([^/]+)\/[^/]+$/.exec(String(resourceId))?.[1];
}

/** An alarm belongs to the cluster of its metric, when that is in the scenario. */
function clusterOfDimensions(input: Fields | undefined, clusters: readonly ScenarioCluster[]): string | undefined {
  const dimensions = (input?.Dimensions ?? []) as readonly { Name?: unknown; Value?: unknown }[];
  const value = dimensions.find(({ Name }) => Name === 'ClusterName')?.Value;
  return clusters.find(({ name }) => name === value)?.name;
}

/** Clusters of groups and capacity providers by name: of the scenario, and those that its events make. */
interface Owners {
  readonly groups: Map<string, string>;
  readonly providers: Map<string, string>;
  readonly daemons: Map<string, string>;
}

function ownersOf(
  { groups, providers, managed }: ScenarioCapacity,
  daemons: readonly Pick<ScenarioDaemon, 'name' | 'cluster'>[],
): Owners {
  return {
    groups: new Map(groups.map(({ settings, cluster }) => [settings.name, cluster])),
    providers: new Map([...providers, ...managed].map(({ settings, cluster }) => [settings.name, cluster])),
    // Of several clusters that have one of a name the first is meant.
    daemons: new Map([...daemons].reverse().map(({ name, cluster }) => [name, cluster])),
  };
}

/** What a call makes, and the member of its input that names it. */
const MADE: Readonly<Record<string, readonly [kind: keyof Owners, member: string]>> = {
  CreateAutoScalingGroup: ['groups', 'AutoScalingGroupName'],
  CreateCapacityProvider: ['providers', 'name'],
  CreateDaemon: ['daemons', 'daemonName'],
};

/** What a call makes belongs to the cluster that the call goes to. */
function noteMade({ call, input }: Fields, [cluster]: readonly string[], owners: Owners): void {
  const [kind, member = ''] = MADE[String(call)] ?? [];
  const name = String((input as Fields)?.[member]);
  if (kind === undefined || cluster === undefined || (kind === 'daemons' && owners.daemons.has(name))) return;
  owners[kind].set(name, cluster);
}

/** Of `arn:...:daemon/CLUSTER/NAME`. */
function clusterInArn(daemonArn: unknown): string | undefined {
  return /^arn:.*:daemon\/([^/]+)\/[^/]+$/.exec(String(daemonArn))?.[1];
}

/** Of the daemon that a call names, or of the first capacity provider that it shall be on. */
function clusterOfDaemon(input: Fields | undefined, { providers, daemons }: Owners): string | undefined {
  const { daemonArn, daemonName, capacityProviderArns } = input ?? {};
  if (daemonArn !== undefined) return clusterInArn(daemonArn) ?? daemons.get(lastSegment(String(daemonArn)));
  if (daemonName === undefined || !Array.isArray(capacityProviderArns)) return undefined;
  return providers.get(lastSegment(String(capacityProviderArns[0])));
}

/** Of the group or the capacity provider that a call names. */
function clusterOfCapacity({ call, input }: Fields, { groups, providers }: Owners): string | undefined {
  const { AutoScalingGroupName, name, capacityProvider, autoScalingGroupProvider } = (input ?? {}) as Fields;
  if (call === 'UpdateCapacityProvider') return providers.get(String(name));
  if (call === 'DeleteCapacityProvider') return providers.get(lastSegment(String(capacityProvider)));
  if (call !== 'CreateCapacityProvider') return groups.get(String(AutoScalingGroupName));
  const { autoScalingGroupArn } = (autoScalingGroupProvider ?? {}) as Fields;
  return groups.get(groupNameOf(String(autoScalingGroupArn)));
}

/** Rules see the events of all clusters. */
const OF_ALL: ReadonlySet<string> = new Set([
  'PutRule',
  'DeleteRule',
  'EnableRule',
  'DisableRule',
  'PutTargets',
  'RemoveTargets',
]);

/** Where it happens. Task definitions belong to no cluster: they are registered in all. */
function clustersOf(event: Fields, path: string, clusters: readonly ScenarioCluster[], owners: Owners): string[] {
  const input = event.input as Fields | undefined;
  if (/^(Register|Delete)(Daemon)?TaskDefinition$/.test(String(event.call))) return clusters.map(({ name }) => name);
  if (OF_ALL.has(String(event.call))) return clusters.map(({ name }) => name);
  if (event.cluster !== undefined) return [clusterNamed(event.cluster, `${path}.cluster`, clusters)];
  // Custom metrics may be looked at in any cluster.
  if (event.call === 'PutMetricData') return clusters.map(({ name }) => name);
  const named =
    input?.cluster ??
    input?.clusterArn ??
    clusterOfDaemon(input, owners) ??
    clusterOfResource(input?.ResourceId) ??
    clusterOfCapacity(event, owners) ??
    (event.call === 'PutMetricAlarm' ? clusterOfDimensions(input, clusters) : undefined) ??
    (event.call === 'RegisterContainerInstance' ? clusterOfInstance(input?.containerInstanceArn) : undefined);
  const member = ['cluster', 'clusterArn', 'daemonArn'].find((one) => input?.[one] !== undefined) ?? 'cluster';
  return [clusterNamed(named, `${path}.input.${member}`, clusters)];
}

/**
 * @returns events in the order of the file; `at` is in seconds and becomes whole milliseconds.
 * @throws InvalidParameterException for an event that is neither a call nor a fault; inputs are left to the cluster.
 */
export function parseEvents(
  given: Fields,
  clusters: readonly ScenarioCluster[],
  capacity: ScenarioCapacity = { groups: [], providers: [], managed: [], reservations: [] },
  { daemons }: Pick<ScenarioDaemons, 'daemons'> = { daemons: [] },
): ScenarioEvent[] {
  const owners = ownersOf(capacity, daemons);
  return ((given.events ?? []) as readonly Fields[]).flatMap((event, k) => {
    const path = `events[${k}]`;
    const command = commandOf(event, path);
    const atMs = Math.round((event.at as number) * 1000);
    const own = clustersOf(event, path, clusters, owners);
    noteMade(event, own, owners);
    return own.map((cluster) => ({ cluster, atMs, command }));
  });
}
