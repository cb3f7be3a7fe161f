/**
 * First part of the pipeline: for each task that changed, what its load balancers see of it. Reads the view, decides
 * nothing.
 */
import type { ClusterView, InstanceState, TargetGroupState, TargetState, TaskState } from '../cluster/state.ts';
import type { ServiceLoadBalancer } from '../model/service.ts';
import { type Address, addressOf } from './address.ts';
import { admits } from './admits.ts';

/** One entry of a service's loadBalancers, as it is for one task. */
export interface Endpoint {
  readonly group: TargetGroupState;
  /** The other group of a blue/green service. */
  readonly alternate: TargetGroupState | undefined;
  readonly address: Address;
}

/** How a target answers its health checks. */
export interface Answer {
  readonly target: TargetState;
  /** Why its checks fail; undefined when they pass. */
  readonly failure: 'Target.Timeout' | 'Target.FailedHealthChecks' | undefined;
}

export interface TaskTraffic {
  readonly task: TaskState;
  /** SERVING: its containers run and shall run. STOPPING: they run and shall not. ENDED: they do not run any more. */
  readonly phase: 'STARTING' | 'SERVING' | 'STOPPING' | 'ENDED';
  readonly endpoints: readonly Endpoint[];
  readonly answers: readonly Answer[];
}

export interface Observation {
  readonly nowMs: number;
  readonly tasks: readonly TaskTraffic[];
}

const ENDED_BY_ITSELF: ReadonlySet<string | undefined> = new Set([
  'EssentialContainerExited',
  'TaskFailedToStart',
  'InfrastructureHealth',
  'TerminationNotice',
]);
const ENDED: ReadonlySet<string> = new Set(['STOPPING', 'DEPROVISIONING', 'STOPPED']);
const SERVING: ReadonlySet<string> = new Set(['ACTIVATING', 'RUNNING']);

function hasGone(instance: InstanceState | undefined): boolean {
  return instance !== undefined && (instance.slot < 0 || instance.isHalted);
}

function phaseOf({ desiredStatus, lastStatus, stopCode, instance }: TaskState): TaskTraffic['phase'] {
  if (desiredStatus === 'RUNNING') return SERVING.has(lastStatus) ? 'SERVING' : 'STARTING';
  return ENDED.has(lastStatus) || ENDED_BY_ITSELF.has(stopCode) || hasGone(instance) ? 'ENDED' : 'STOPPING';
}

/** Classic Load Balancers stand among the target groups under their name. */
function groupOf(view: ClusterView, entry: ServiceLoadBalancer): TargetGroupState | undefined {
  return view.targetGroups.get(keyOf(entry));
}

function keyOf({ targetGroupArn, loadBalancerName }: ServiceLoadBalancer): string {
  return targetGroupArn ?? loadBalancerName ?? '';
}

function endpointsOf(view: ClusterView, task: TaskState): Endpoint[] {
  const endpoints: Endpoint[] = [];
  for (const entry of task.deployment?.settings.loadBalancers ?? []) {
    const group = groupOf(view, entry);
    if (group === undefined) continue;
    const address = addressOf(task, entry, group.settings.targetType);
    const alternate = view.targetGroups.get(entry.advancedConfiguration?.alternateTargetGroupArn ?? '');
    if (address !== undefined) endpoints.push({ group, alternate, address });
  }
  return endpoints;
}

/** Instances have their groups in `securityGroups`, which is ours beside the members that AWS shows. */
function groupsOfInstance(instance: InstanceState | undefined): readonly string[] {
  const { securityGroups } = (instance?.given ?? {}) as { readonly securityGroups?: unknown };
  return Array.isArray(securityGroups) ? securityGroups.filter((id) => typeof id === 'string') : [];
}

/** An awsvpc task has groups of its own, one of another network mode those of its instance. */
function securityGroupsOf(task: TaskState): readonly string[] {
  return task.definition.networkMode === 'awsvpc'
    ? (task.deployment?.settings.awsvpc?.securityGroups ?? [])
    : groupsOfInstance(task.instance);
}

function answerOf(view: ClusterView, target: TargetState): Answer {
  const { securityGroups: sources, protocol } = target.group.settings;
  const visit = { sources, port: target.port, protocol: protocol === 'UDP' ? 'udp' : 'tcp' } as const;
  if (!admits(view.securityGroups, securityGroupsOf(target.task), visit)) return { target, failure: 'Target.Timeout' };
  const fails = target.task.healthStatus === 'UNHEALTHY' || !answers(target);
  return { target, failure: fails ? 'Target.FailedHealthChecks' : undefined };
}

/** Every container that the service has in the target group. One that has stopped while its task runs on is silent. */
function answers({ task, group }: TargetState): boolean {
  const own = group.settings.targetGroupArn;
  return (task.deployment?.settings.loadBalancers ?? []).every((entry) => {
    const isOf = [keyOf(entry), entry.advancedConfiguration?.alternateTargetGroupArn].includes(own);
    const container = isOf ? task.containers.find(({ name }) => name === entry.containerName) : undefined;
    return container === undefined || (container.answers !== false && container.lastStatus !== 'STOPPED');
  });
}

export function observe(view: ClusterView): Observation {
  const tasks = [...view.changedTargets].map((task) => {
    const phase = phaseOf(task);
    const isServing = phase === 'SERVING';
    return {
      task,
      phase,
      endpoints: isServing ? endpointsOf(view, task) : [],
      answers: isServing ? task.targets.map((target) => answerOf(view, target)) : [],
    };
  });
  return { nowMs: view.nowMs, tasks };
}
