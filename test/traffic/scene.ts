/** A cluster as the load balancers see it: target groups, one service, tasks in any state. Only what traffic reads. */
import type { ClusterState, DeploymentState, InstanceState, ServiceState, TaskState } from '../../src/cluster/state.ts';
import { Timers } from '../../src/cluster/timers.ts';
import type { ServiceLoadBalancer } from '../../src/model/service.ts';
import type { SecurityGroup, TargetGroup } from '../../src/model/target-group.ts';
import type { NetworkMode } from '../../src/model/task-definition.ts';

/** AWS's defaults of an HTTP target group with targets by ip. */
export function targetGroup(name: string, given: Partial<TargetGroup> = {}): TargetGroup {
  return {
    targetGroupArn: `arn:${name}`,
    targetGroupName: name,
    targetType: 'ip',
    protocol: 'HTTP',
    port: 80,
    kind: 'application',
    healthCheckIntervalSeconds: 30,
    healthCheckTimeoutSeconds: 5,
    healthyThresholdCount: 5,
    unhealthyThresholdCount: 2,
    deregistrationDelaySeconds: 300,
    securityGroups: [],
    ...given,
  };
}

export function scene(groups: readonly TargetGroup[], securityGroups: readonly SecurityGroup[] = []): ClusterState {
  const state = {
    seed: 0,
    nowMs: 0,
    tasks: new Map(),
    targetGroups: new Map(groups.map((settings) => [settings.targetGroupArn, { settings, targets: new Set() }])),
    securityGroups: new Map(securityGroups.map((group) => [group.groupId, group])),
    timers: new Timers(),
    sink: { isOpen: false, emit: () => undefined },
    changedServices: new Set(),
    changedTasks: new Set(),
    unjudgedTasks: new Set(),
    changedTargets: new Set(),
    counters: { tasks: 0, deployments: 0, services: 0, addresses: 0, events: 0 },
  };
  return state as unknown as ClusterState;
}

export interface RevisionOptions {
  readonly loadBalancers?: readonly ServiceLoadBalancer[];
  readonly networkMode?: NetworkMode;
  readonly strategy?: 'ROLLING' | 'BLUE_GREEN';
  readonly securityGroups?: readonly string[];
}

export function serviceNamed(name: string): ServiceState {
  return { name, deployments: [], events: [] } as unknown as ServiceState;
}

/** By default one target group, `web`, on port 80 of the container `app`. */
export function revision(service: ServiceState, options: RevisionOptions = {}): DeploymentState {
  const { networkMode = 'awsvpc', strategy = 'ROLLING', securityGroups = [] } = options;
  const number = service.deployments.length + 1;
  const portMappings = [{ containerPort: 80 }];
  const deployment = {
    id: `ecs-svc/${number}`,
    number,
    service,
    definition: { networkMode, containerDefinitions: [{ name: 'app', portMappings }] },
    settings: {
      loadBalancers: options.loadBalancers ?? [{ targetGroupArn: 'arn:web', containerName: 'app', containerPort: 80 }],
      deploymentConfiguration: { strategy },
      awsvpc: { subnets: ['subnet-1'], securityGroups, assignPublicIp: 'DISABLED' },
    },
    tasks: new Set(),
    usedGroups: new Set(),
    zones: new Map(),
  } as unknown as DeploymentState;
  service.deployments.unshift(deployment);
  return deployment;
}

/** A RUNNING task that has just changed. */
export function runningTask(
  state: ClusterState,
  deployment: DeploymentState,
  given: Partial<TaskState> = {},
): TaskState {
  const number = state.counters.tasks++;
  const task = {
    id: `task-${number}`,
    number,
    service: deployment.service,
    deployment,
    definition: deployment.definition,
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    healthStatus: 'UNKNOWN',
    networkBindings: [],
    containers: [],
    privateIp: `10.0.0.${4 + number}`,
    targets: [],
    ...given,
  } as unknown as TaskState;
  state.tasks.set(task.number, task);
  deployment.tasks.add(task);
  state.changedTargets.add(task);
  return task;
}

export function ec2Instance(ec2InstanceId: string | undefined, securityGroups?: readonly string[]): InstanceState {
  return { ec2InstanceId, given: { securityGroups }, slot: 0, isHalted: false } as unknown as InstanceState;
}

/** A security group that lets `source` in on a range of ports. */
export function letsIn(groupId: string, source: string, fromPort: number, toPort = fromPort): SecurityGroup {
  return { groupId, ingress: [{ fromPort, toPort, protocol: 'tcp', sourceGroups: [source], anywhere: false }] };
}
