/** An empty cluster around an engine. Called by simulate, by the endpoint and by tests. */
import type { EngineContext } from '../base/arn.ts';
import type { Engine } from '../contract.ts';
import type { SplitRule } from '../model/capacity-split.ts';
import type { Decisions } from '../model/decisions.ts';
import type { QueueSettings } from '../model/queue.ts';
import type { CapacityProviderStrategyItem } from '../model/service.ts';
import type { Subnet } from '../model/subnet.ts';
import type { SecurityGroup, TargetGroup } from '../model/target-group.ts';
import { coreDecisions } from '../scaling/decisions.ts';
import { newCapacity } from './capacity-state.ts';
import { ChangeSet } from './change-set.ts';
import type { EventSink } from './events.ts';
import { createQueue } from './queue-state.ts';
import type { ClusterState } from './state.ts';
import { TaskQueue } from './task-queue.ts';
import { Timers } from './timers.ts';

export interface ClusterOptions {
  readonly engine: Engine;
  /** Default: the core's. */
  readonly decisions?: Decisions;
  /** Default 'sequential'. */
  readonly splitRule?: SplitRule;
  readonly context: EngineContext;
  readonly seed: number;
  readonly startEpochMs: number;
  readonly sink?: EventSink;
  readonly subnets?: readonly Subnet[];
  readonly targetGroups?: readonly TargetGroup[];
  readonly securityGroups?: readonly SecurityGroup[];
  readonly defaultStrategy?: readonly CapacityProviderStrategyItem[];
  readonly queues?: readonly QueueSettings[];
  /** Default true. */
  readonly firesSchedules?: boolean;
}

const DEAF: EventSink = { isOpen: false, emit: () => undefined };

export function createCluster(options: ClusterOptions): ClusterState {
  const { subnets = [], targetGroups = [], securityGroups = [] } = options;
  if (subnets.length > 0) options.engine.registerSubnets(subnets);
  const state: ClusterState = {
    context: options.context,
    seed: options.seed,
    startEpochMs: options.startEpochMs,
    nowMs: 0,
    engine: options.engine,
    decisions: options.decisions ?? coreDecisions(),
    splitRule: options.splitRule ?? 'sequential',
    instances: new Map(),
    slots: [],
    services: new Map(),
    tasks: new Map(),
    stoppedTasks: new TaskQueue(),
    targetGroups: new Map(
      targetGroups.map((settings) => [settings.targetGroupArn, { settings, targets: new Set() }] as const),
    ),
    securityGroups: new Map(securityGroups.map((group) => [group.groupId, group])),
    subnets: new Map(subnets.map((subnet) => [subnet.subnetId, subnet])),
    defaultStrategy: options.defaultStrategy ?? [],
    lostZones: new Set(),
    alarms: new Set(),
    alarmWatchers: new Set(),
    metricAlarms: new Map(),
    changedAlarms: new ChangeSet(),
    metricData: [],
    scalableTargets: new Map(),
    capacity: newCapacity(),
    rules: new Map(),
    busEvents: [],
    parcels: [],
    firesSchedules: options.firesSchedules ?? true,
    queues: new Map((options.queues ?? []).map((settings) => [settings.name, createQueue(options.context, settings)])),
    throttledUntilMs: 0,
    placers: new Map(),
    timers: new Timers(),
    sink: options.sink ?? DEAF,
    changedServices: new ChangeSet(),
    waitingServices: new Set(),
    unevenServices: new Set(),
    changedTasks: new ChangeSet(),
    unjudgedTasks: new ChangeSet(),
    changedTargets: new ChangeSet(),
    counters: {
      instanceChanges: 0,
      tasks: 0,
      deployments: 0,
      services: 0,
      addresses: 0,
      events: 0,
      activities: 0,
      scalingIds: 0,
    },
  };
  for (const queue of state.queues.values())
    if (queue.counts.visible > 0) state.timers.set(queue.expiryMs, { type: 'ExpireMessages', queue });
  return state;
}
