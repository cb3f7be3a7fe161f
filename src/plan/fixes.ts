/**
 * The smallest change of each kind that lets the update finish in every order: one more task at most, one less at least, one
 * more instance, no fixed host port. Each is found by exploring again. Called by plan.
 */
import { lastSegment } from '../base/arn.ts';
import { registerInstances } from '../cluster/apply/instances.ts';
import type { ClusterState, InstanceState, ServiceState } from '../cluster/state.ts';
import type { ContainerInstance } from '../model/container-instance.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import { stateOf } from './berth.ts';
import { type Built, build, type Held } from './build.ts';
import { type ExploreOptions, explore } from './explore.ts';
import { describe, groupFor } from './groups.ts';
import type { Problem } from './problem.ts';
import type { Reason } from './reason.ts';
import type { Fix } from './result.ts';

interface Around {
  readonly cluster: ClusterState;
  readonly service: ServiceState;
  readonly held: Held;
  readonly problem: Built;
  readonly reason: Reason;
  readonly options: ExploreOptions;
}

/** Beyond so many candidates the smallest is found by halving. */
const MOST_TRIED = 64;

function finishes(problem: Problem, options: ExploreOptions): boolean {
  return explore(problem, { ...options, untilStuck: true }).stuck === undefined;
}

/** The first candidate that works, smallest change first. */
function smallest(count: number, works: (index: number) => boolean): number | undefined {
  if (count <= MOST_TRIED) {
    for (let k = 0; k < count; k++) if (works(k)) return k;
    return undefined;
  }
  if (!works(count - 1)) return undefined;
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (works(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

export function findFixes(around: Around): Fix[] {
  return [raiseMaximum(around), lowerMinimum(around), freePort(around), addInstances(around)].filter(
    (fix) => fix !== undefined,
  );
}

function raiseMaximum({ service, problem, options }: Around): Fix | undefined {
  if (problem.mode !== 'rolling' || problem.desiredCount === 0) return undefined;
  const { desiredCount, maximum } = problem;
  const from = service.settings.deploymentConfiguration.maximumPercent;
  // At twice the count all new tasks may start beside the old ones: more never helps.
  const count = Math.max(0, 2 * desiredCount - maximum);
  const found = smallest(count, (k) => finishes({ ...problem, maximum: maximum + 1 + k }, options));
  if (found === undefined) return undefined;
  const to = Math.ceil((100 * (maximum + 1 + found)) / desiredCount);
  return { kind: 'maximumPercent', change: `raise maximumPercent from ${from} to ${to}`, from, to };
}

function lowerMinimum({ service, problem, options }: Around): Fix | undefined {
  if (problem.mode === 'shifting' || problem.desiredCount === 0) return undefined;
  const { desiredCount, minimum } = problem;
  const from = service.settings.deploymentConfiguration.minimumHealthyPercent;
  const found = smallest(minimum, (k) => finishes({ ...problem, minimum: minimum - 1 - k }, options));
  if (found === undefined) return undefined;
  const to = Math.floor((100 * (minimum - 1 - found)) / desiredCount);
  return { kind: 'minimumHealthyPercent', change: `lower minimumHealthyPercent from ${from} to ${to}`, from, to };
}

/** The fixed host ports of a definition on bridge networks; on others none can be dynamic. */
function fixedPorts({ networkMode = 'bridge', containerDefinitions = [] }: TaskDefinition): number[] {
  if (networkMode !== 'bridge') return [];
  return containerDefinitions.flatMap(({ portMappings = [] }) =>
    portMappings.flatMap(({ hostPort }) => (hostPort ? [hostPort] : [])),
  );
}

function withDynamicPorts(definition: TaskDefinition): object {
  const { taskDefinitionArn, revision, requiresAttributes, ...rest } = definition;
  const containerDefinitions = (definition.containerDefinitions ?? []).map((container) => ({
    ...container,
    portMappings: (container.portMappings ?? []).map((mapping) => ({ ...mapping, hostPort: 0 })),
  }));
  return { ...rest, containerDefinitions };
}

function freePort({ cluster, service, held, problem, reason, options }: Around): Fix | undefined {
  const ports = fixedPorts(problem.definition);
  if (reason.explanation?.reasons['RESOURCE:PORTS'] === undefined || ports.length === 0) return undefined;
  const definition = cluster.engine.registerTaskDefinition(withDynamicPorts(problem.definition));
  const changed = build(cluster, service, held, definition);
  if (changed === undefined || !finishes(changed, options)) return undefined;
  const named = ports.length === 1 ? `host port ${ports[0]}` : `host ports ${ports.join(', ')}`;
  return {
    kind: 'hostPort',
    change: `use a dynamic host port (hostPort 0) in place of ${named}`,
    from: ports[0] ?? 0,
    to: 0,
  };
}

/** The instance that was closest to having room, else the first one that is ACTIVE. */
function modelInstance({ cluster, reason }: Around): InstanceState | undefined {
  const instances = [...cluster.instances.values()].filter(
    ({ status, agentConnected }) => status === 'ACTIVE' && agentConnected,
  );
  return instances.find(({ arn }) => arn === reason.explanation?.closest?.containerInstanceArn) ?? instances[0];
}

/** An empty one like it, with the daemons of the other services on it. */
function addOneLike(cluster: ClusterState, service: ServiceState, model: InstanceState): InstanceState | undefined {
  const { remainingResources, runningTasksCount, pendingTasksCount, ec2InstanceId, ...given } = model.given;
  const copy: ContainerInstance = { ...given, status: 'ACTIVE', containerInstanceArn: `${model.arn}-like` };
  const [added] = registerInstances(cluster, [copy]);
  if (added === undefined) return undefined;
  for (const task of model.tasks) {
    const isDaemon = task.service !== service && task.service?.settings.schedulingStrategy === 'DAEMON';
    if (isDaemon) task.placer?.placeAt(added.slot);
  }
  return added;
}

function addInstances(around: Around): Fix | undefined {
  const { cluster, service, problem, options } = around;
  const model = modelInstance(around);
  if (problem.placement === undefined || problem.mode === 'daemon' || model === undefined) return undefined;
  const added = addOneLike(cluster, service, model);
  if (added === undefined) return undefined;
  const explained = cluster.engine.explain(problem.placement).instances;
  const gates = explained.find(({ containerInstanceArn }) => containerInstanceArn === added.arn)?.gates ?? [];
  const group = groupFor(problem.groups.length, [added.slot], describe(cluster, added), gates);
  const empty = problem.berths.of(group, new Array<number>(problem.berths.phases.width).fill(0));
  const withMore = (count: number): Problem => {
    const [berth, instances] = stateOf(new Array(count).fill(empty)) as [number, number];
    return { ...problem, start: [...problem.start, berth, instances] };
  };
  const found = smallest(problem.desiredCount, (k) => finishes(withMore(k + 1), options));
  if (found === undefined) return undefined;
  const to = found + 1;
  const what = to === 1 ? 'one more instance' : `${to} more instances`;
  return {
    kind: 'containerInstances',
    change: `add ${what} like ${lastSegment(model.arn)}`,
    from: 0,
    to,
    containerInstanceArn: model.arn,
  };
}
