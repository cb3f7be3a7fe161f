/**
 * A scenario as simulate runs it: read from JSON, checked whole before anything happens. Called by the command line, the
 * endpoint and library users. Inputs of AWS calls stay as given: the cluster reads them when their time comes.
 */
import type { ApiCall, Fault } from '../cluster/commands.ts';
import { BayplanError } from '../errors.ts';
import type { Behaviour } from '../model/behaviour.ts';
import { parseBehaviours } from '../model/behaviour.ts';
import type { SplitRule } from '../model/capacity-split.ts';
import type { ContainerInstance } from '../model/container-instance.ts';
import { parseDuration } from '../model/duration.ts';
import { plainCopy } from '../model/plain.ts';
import { type Pricing, parsePricing } from '../model/pricing.ts';
import { type Fields, fields, refuse } from '../model/read.ts';
import { parseSecurityGroup } from '../model/security-group.ts';
import type { CapacityProviderStrategyItem } from '../model/service.ts';
import { parseSubnets, type Subnet } from '../model/subnet.ts';
import { parseTargetGroup, type SecurityGroup, type TargetGroup } from '../model/target-group.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import { parseTimestamp } from '../model/time.ts';
import { parseCapacity, parseGroupScaling, type ScenarioCapacity } from './scenario-capacity.ts';
import { parseClusters } from './scenario-clusters.ts';
import { parseDaemons, type ScenarioDaemons } from './scenario-daemons.ts';
import { parseEvents } from './scenario-events.ts';
import { type Arrivals, type Load, parseArrivals, parseLoads } from './scenario-load.ts';
import { checkManagedServices } from './scenario-managed.ts';
import { parseQueues, type ScenarioQueue } from './scenario-queues.ts';
import { parseRules } from './scenario-rules.ts';
import { parseScaling } from './scenario-scaling.ts';
import { checkBehaviours, parseDefinitions, parseServices } from './scenario-services.ts';
import { checkSchema } from './schema.ts';

export interface ScenarioCluster {
  readonly name: string;
  readonly defaultStrategy: readonly CapacityProviderStrategyItem[];
  /** In order of registration. */
  readonly containerInstances: readonly ContainerInstance[];
}

export interface ScenarioService {
  /** Name of the cluster it is created in, at time 0. */
  readonly cluster: string;
  /** CreateService's. */
  readonly input: Fields;
  readonly path: string;
}

export interface ScenarioEvent {
  readonly cluster: string;
  readonly atMs: number;
  readonly command: ApiCall | Fault;
}

export interface Scenario {
  /** As given, without members that are null. */
  readonly json: Fields;
  readonly seed: number;
  /** Milliseconds since the Unix epoch at time 0; whole seconds. */
  readonly startEpochMs: number;
  readonly durationMs: number;
  readonly region: string;
  readonly account: string;
  readonly clusters: readonly ScenarioCluster[];
  readonly subnets: readonly Subnet[];
  readonly securityGroups: readonly SecurityGroup[];
  /** RegisterTaskDefinition inputs. */
  readonly taskDefinitions: readonly TaskDefinition[];
  readonly targetGroups: readonly TargetGroup[];
  readonly capacity: ScenarioCapacity;
  readonly daemons: ScenarioDaemons;
  readonly services: readonly ScenarioService[];
  /** By family or family:revision. */
  readonly behaviour: ReadonlyMap<string, Behaviour>;
  readonly load: readonly Load[];
  readonly pricing: Pricing;
  /** How new tasks are shared out over capacity providers. */
  readonly splitRule: SplitRule;
  readonly queues: readonly ScenarioQueue[];
  readonly arrivals: readonly Arrivals[];
  /** Calls at time 0, after the services. */
  readonly scaling: readonly ScenarioEvent[];
  /** Calls at time 0, after those. */
  readonly rules: readonly ScenarioEvent[];
  /** In the order of the file, not of time. */
  readonly events: readonly ScenarioEvent[];
}

const DEFAULT_START = '2026-01-05T00:00:00Z';
const DEFAULT_DURATION = 'PT1H';

function listOf(given: Fields, member: string): readonly unknown[] {
  return (given[member] ?? []) as unknown[];
}

function unique<T>(entries: readonly T[], idOf: (entry: T) => string, path: (index: number) => string): readonly T[] {
  const seen = new Set<string>();
  entries.forEach((entry, k) => {
    const value = idOf(entry);
    if (seen.has(value)) refuse('DUPLICATE', `${path(k)} ${value} stands twice.`, { path: path(k), value });
    seen.add(value);
  });
  return entries;
}

/** What names each other is read in that order: clusters, groups, definitions, services, events. */
function read(given: Fields): Scenario {
  const { region, account, clusters } = parseClusters(given);
  const subnets = parseSubnets(listOf(given, 'subnets'));
  const securityGroups = unique(
    listOf(given, 'securityGroups').map((entry, k) => parseSecurityGroup(entry, `securityGroups[${k}]`)),
    ({ groupId }) => groupId,
    (k) => `securityGroups[${k}].GroupId`,
  );
  const targetGroups = unique(
    listOf(given, 'targetGroups').map((entry, k) => parseTargetGroup(entry, `targetGroups[${k}]`, { region, account })),
    ({ targetGroupArn }) => targetGroupArn,
    (k) => `targetGroups[${k}].TargetGroupArn`,
  );
  const registry = parseDefinitions(given, { region, account, cluster: clusters[0]?.name ?? '' });
  const services = parseServices(given, { clusters, registry, subnets, securityGroups, targetGroups });
  const capacity = parseCapacity(given, { region, subnets, clusters });
  checkManagedServices(services, capacity, clusters, registry);
  const daemons = parseDaemons(given, capacity, { region, account, clusters, registry });
  const behaviour = parseBehaviours(given.behaviour);
  checkBehaviours(given, behaviour, registry);
  const queues = parseQueues(given, clusters, behaviour);
  return {
    json: given,
    seed: (given.seed ?? 0) as number,
    startEpochMs: (parseTimestamp(given.start ?? DEFAULT_START, 'start') ?? 0) * 1000,
    durationMs: parseDuration(given.duration ?? DEFAULT_DURATION, 'duration'),
    region,
    account,
    clusters,
    subnets,
    securityGroups,
    taskDefinitions: listOf(given, 'taskDefinitions') as readonly TaskDefinition[],
    targetGroups,
    capacity,
    daemons,
    services,
    behaviour,
    load: parseLoads(given, { clusters, services, targetGroups }),
    pricing: parsePricing(given.pricing),
    splitRule: (given.capacityProviderSplit ?? 'sequential') as SplitRule,
    queues,
    arrivals: parseArrivals(given, queues),
    scaling: [...parseScaling(given, clusters), ...parseGroupScaling(given, capacity)],
    rules: parseRules(given, clusters, queues),
    events: parseEvents(given, clusters, capacity, daemons),
  };
}

/**
 * Reads a scenario: its JSON Schema first, then every member with the parsers of its kind.
 * @param file where it came from, for errors.
 * @throws BayplanError with the JSON path, the offending value and, where it is known, what was expected.
 */
export function parseScenario(json: unknown, file?: string): Scenario {
  try {
    const given = plainCopy(json, '');
    checkSchema(given);
    return read(fields(given, ''));
  } catch (error) {
    throw error instanceof BayplanError && file !== undefined ? error.inFile(file) : error;
  }
}
