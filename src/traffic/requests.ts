/**
 * Where requests go: over the targets that get traffic, in equal parts. Called by the request flow when targets or weights
 * change. Requests are a flow, not single ones: a part of a request is a share of all that come. Nothing is made: the parts
 * sum up to 1 at most, and what is missing finds no target.
 */
import type { ClusterView, DeploymentState, ServiceState, TargetGroupState, TargetState } from '../cluster/state.ts';

/** What one target gets of each request. */
export interface Share {
  readonly target: TargetState;
  readonly part: number;
}

/** Share of all traffic, in tenths of a percent. */
const ALL = 1000;

/**
 * The targets that get traffic, in order of registration: the healthy ones. When none is, the unhealthy ones: the load
 * balancer fails open (ELB, target group health). New and draining ones never do.
 */
export function receivers(targets: Iterable<TargetState>): TargetState[] {
  const all = [...targets];
  const healthy = all.filter(({ health }) => health === 'healthy');
  return healthy.length > 0 ? healthy : all.filter(({ health }) => health === 'unhealthy');
}

function spread(targets: Iterable<TargetState>, part: number): Share[] {
  const open = receivers(targets);
  return open.map((target) => ({ target, part: part / open.length }));
}

/** The group and the other one of a service that shifts traffic from revision to revision. */
function groupsOf(view: ClusterView, { settings }: ServiceState, key: string): TargetGroupState[] {
  const group = view.targetGroups.get(key);
  if (group === undefined) return [];
  const entry = settings.loadBalancers.find((one) => keyOf(one) === key);
  const alternate = view.targetGroups.get(entry?.advancedConfiguration?.alternateTargetGroupArn ?? '');
  return alternate === undefined ? [group] : [group, alternate];
}

/** How target groups, and Classic Load Balancers by their name, are called in the view. */
export function keyOf(entry: { readonly targetGroupArn?: string; readonly loadBalancerName?: string }): string {
  return entry.targetGroupArn ?? entry.loadBalancerName ?? '';
}

function* targetsOf({ tasks }: DeploymentState, groups: readonly TargetGroupState[]): Iterable<TargetState> {
  for (const { targets } of tasks) for (const target of targets) if (groups.includes(target.group)) yield target;
}

/**
 * The requests to a target group over its targets, whosever they are; of a blue/green, linear or canary service first by
 * weight over its revisions. A revision without a target that gets traffic loses its part, as behind a real listener rule.
 * @param key ARN of the target group, or name of the Classic Load Balancer.
 */
export function sharesOf(view: ClusterView, service: ServiceState, key: string): Share[] {
  const groups = groupsOf(view, service, key);
  const [group, alternate] = groups;
  if (group === undefined) return [];
  const isShifting = service.settings.deploymentConfiguration.strategy !== 'ROLLING';
  if (alternate === undefined || !isShifting) return spread(group.targets, 1);
  const shares: Share[] = [];
  let left = 1;
  // The newest takes its weight, the one before what that leaves: a whole one takes all.
  for (const deployment of service.deployments) {
    const part = (left * deployment.trafficPermille) / ALL;
    if (part > 0) shares.push(...spread(targetsOf(deployment, groups), part));
    left -= part;
  }
  return shares;
}
