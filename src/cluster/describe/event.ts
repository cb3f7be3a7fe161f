/** EventBridge's JSON of what happened (ECS developer guide). Called by traces; rules match against it. */
import { clusterArn } from '../../base/arn.ts';
import type { ClusterEvent } from '../events.ts';
import type { ClusterState, InstanceState } from '../state.ts';
import { isoTime } from './iso-time.ts';
import { scalingEvent } from './scaling-event.ts';
import { describeTask } from './task.ts';

type Json = Record<string, unknown>;

function eventId(seq: number): string {
  const hex = seq.toString(16).padStart(12, '0');
  return `00000000-0000-4000-8000-${hex}`;
}

function envelope(state: ClusterState, seq: number, detailType: string, resources: string[], detail: Json): Json {
  return {
    version: '0',
    id: eventId(seq),
    'detail-type': detailType,
    source: 'aws.ecs',
    account: state.context.account,
    time: isoTime(state, state.nowMs),
    region: state.context.region,
    resources,
    detail,
  };
}

/** As the engine has it, with what only the cluster knows. */
function describeInstance(state: ClusterState, instance: InstanceState): Json {
  const known =
    instance.slot < 0
      ? undefined
      : state.engine.describeContainerInstances({ containerInstances: [instance.arn] }).containerInstances[0];
  return {
    ...(known ?? instance.given),
    clusterArn: clusterArn(state.context),
    containerInstanceArn: instance.arn,
    status: instance.status,
    agentConnected: instance.agentConnected,
    version: instance.version,
    updatedAt: isoTime(state, state.nowMs),
  };
}

/** undefined for what EventBridge never sees. */
export function eventBridgeEvent(state: ClusterState, seq: number, event: ClusterEvent): Json | undefined {
  switch (event.type) {
    case 'TaskStateChange': {
      const detail = { ...describeTask(state, event.task), updatedAt: isoTime(state, state.nowMs) };
      return envelope(state, seq, 'ECS Task State Change', [event.task.arn], detail);
    }
    case 'ContainerInstanceStateChange': {
      const { instance } = event;
      return envelope(
        state,
        seq,
        'ECS Container Instance State Change',
        [instance.arn],
        describeInstance(state, instance),
      );
    }
    case 'ServiceAction':
      return envelope(state, seq, 'ECS Service Action', [event.service.arn], {
        eventType: event.level,
        eventName: event.name,
        clusterArn: clusterArn(state.context),
        createdAt: isoTime(state, state.nowMs),
        ...(event.reason === undefined ? {} : { reason: event.reason }),
      });
    case 'DeploymentStateChange':
      return envelope(state, seq, 'ECS Deployment State Change', [event.service.arn], {
        eventType: event.level,
        eventName: event.name,
        deploymentId: event.deployment.id,
        updatedAt: isoTime(state, state.nowMs),
        reason: event.reason,
      });
    case 'AlarmStateChange':
    case 'ScalingActivity':
      return scalingEvent(state, eventId(seq), event);
    default:
      return undefined;
  }
}
