/** Task definitions and services of a scenario: checked against each other before time 0, so that a typo ends the run. */
import type { EngineContext } from '../base/arn.ts';
import { whatThereIs } from '../base/nearest.ts';
import { parse } from '../cql/parse.ts';
import { BayplanError } from '../errors.ts';
import { type Behaviour, behaviourOf } from '../model/behaviour.ts';
import { withDefaultStrategy } from '../model/capacity-strategy.ts';
import type { PlacementConstraint } from '../model/constraint.ts';
import { type Fields, refuse } from '../model/read.ts';
import { parseCreateService } from '../model/service.ts';
import { checkServiceAgainst } from '../model/service-check.ts';
import { checkAwsvpcAgainst } from '../model/service-network.ts';
import type { Subnet } from '../model/subnet.ts';
import type { SecurityGroup, TargetGroup } from '../model/target-group.ts';
import { parseTaskDefinition } from '../model/task-definition.ts';
import { TaskDefinitionRegistry } from '../model/task-definition-registry.ts';
import type { ScenarioCluster, ScenarioService } from './scenario.ts';
import { clusterNamed } from './scenario-clusters.ts';

/** What services name. */
interface Surroundings {
  readonly clusters: readonly ScenarioCluster[];
  readonly registry: TaskDefinitionRegistry;
  readonly subnets: readonly Subnet[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly targetGroups: readonly TargetGroup[];
}

/** @throws BayplanError with the path of an expression that cannot be read. */
function checkExpressions(constraints: readonly PlacementConstraint[] | undefined, path: string): void {
  (constraints ?? []).forEach(({ expression }, k) => {
    if (expression === undefined) return;
    try {
      parse(expression);
    } catch (error) {
      if (!(error instanceof BayplanError)) throw error;
      const at = `${path}[${k}].expression`;
      throw new BayplanError(error.name, error.code, `${at}: ${error.message}`, { ...error.facts, path: at });
    }
  });
}

/** All definitions of the scenario, in the order they are registered in. */
export function parseDefinitions(given: Fields, context: EngineContext): TaskDefinitionRegistry {
  const registry = new TaskDefinitionRegistry(context);
  ((given.taskDefinitions ?? []) as readonly Fields[]).forEach((input, k) => {
    const path = `taskDefinitions[${k}]`;
    // Once for its path in errors, once for its revision.
    checkExpressions(parseTaskDefinition(input, path).placementConstraints, `${path}.placementConstraints`);
    registry.register(input);
  });
  return registry;
}

function checkService(input: Fields, path: string, around: Surroundings): string {
  const settings = parseCreateService(input, path);
  const definition = around.registry.resolve(settings.taskDefinition, `${path}.taskDefinition`);
  const groups = new Map(around.targetGroups.map((group) => [group.targetGroupArn, group]));
  checkExpressions(settings.placementConstraints, `${path}.placementConstraints`);
  checkServiceAgainst(settings, definition, groups, path);
  if (settings.awsvpc === undefined) return settings.serviceName;
  const subnets = new Map(around.subnets.map((subnet) => [subnet.subnetId, subnet]));
  const known = new Map(around.securityGroups.map((group) => [group.groupId, group]));
  // Without any security group in the scenario they do not matter.
  const awsvpc = known.size === 0 ? { ...settings.awsvpc, securityGroups: [] } : settings.awsvpc;
  checkAwsvpcAgainst(awsvpc, subnets, known, path);
  return settings.serviceName;
}

/** @throws BayplanError for a service that CreateService would refuse, and for a name that stands twice in a cluster. */
export function parseServices(given: Fields, around: Surroundings): ScenarioService[] {
  const seen = new Set<string>();
  return ((given.services ?? []) as readonly Fields[]).map((input, k) => {
    const path = `services[${k}]`;
    const cluster = clusterNamed(input.cluster, `${path}.cluster`, around.clusters);
    const { defaultStrategy = [] } = around.clusters.find((one) => one.name === cluster) ?? {};
    const name = checkService(withDefaultStrategy(input, defaultStrategy), path, around);
    const key = `${cluster}/${name}`;
    const at = `${path}.serviceName`;
    if (seen.has(key))
      refuse('SERVICE_EXISTS', `${at} ${name} stands twice in cluster ${cluster}.`, { path: at, value: name });
    seen.add(key);
    return { cluster, input, path };
  });
}

/** Families that are there from the beginning or registered later. */
function familiesOf(given: Fields, registry: TaskDefinitionRegistry): string[] {
  const later = ((given.events ?? []) as readonly { call?: unknown; input?: { family?: unknown } }[]).flatMap(
    ({ call, input }) => (/^Register(Daemon)?TaskDefinition$/.test(String(call)) ? [String(input?.family)] : []),
  );
  return [...new Set([...registry.list().map(({ family = '' }) => family), ...later])];
}

/** @throws InvalidParameterException for a behaviour whose family or container is not there. */
export function checkBehaviours(
  given: Fields,
  behaviours: ReadonlyMap<string, Behaviour>,
  registry: TaskDefinitionRegistry,
): void {
  const families = familiesOf(given, registry);
  for (const key of behaviours.keys()) {
    const [family = ''] = key.split(':');
    if (families.includes(family)) continue;
    const path = `behaviour[${JSON.stringify(key)}]`;
    refuse(
      'UNKNOWN_TASK_DEFINITION',
      `${path}: no task definition has family ${family}.${whatThereIs(family, families)}`,
      {
        path,
        value: key,
        expected: families,
      },
    );
  }
  for (const definition of registry.list()) behaviourOf(behaviours, definition);
}
