/** Writes down what happens: numbered events, and series of counts. Called by run; one for each cluster. */
import { publish } from '../cluster/apply/bus.ts';
import { eventBridgeEvent } from '../cluster/describe/event.ts';
import { isoTime } from '../cluster/describe/iso-time.ts';
import type { ClusterEvent, EventSink } from '../cluster/events.ts';
import type { ClusterState } from '../cluster/state.ts';
import { BayplanError, type ExceptionName } from '../errors.ts';
import type { RecordedEvent } from './result.ts';
import type { Sampler } from './series.ts';

export interface Log {
  /** Of all clusters, in order. */
  readonly events: RecordedEvent[];
  readonly onEvent: ((event: RecordedEvent) => void) | undefined;
}

/** For those who count along; nothing of it is told. */
type Untold = 'CountsChange' | 'ScalableTargetChange' | 'AlarmChange';
type Told = Exclude<ClusterEvent, { readonly type: Untold }>;

function isTold(event: ClusterEvent): event is Told {
  return event.type !== 'CountsChange' && event.type !== 'ScalableTargetChange' && event.type !== 'AlarmChange';
}

function particulars(event: Told): Partial<RecordedEvent> {
  switch (event.type) {
    case 'ServiceEvent':
      return { service: event.service.name, message: event.message };
    case 'ServiceAction':
    case 'DeploymentStateChange':
      return { service: event.service.name };
    case 'TaskStateChange':
      return event.task.service === undefined ? {} : { service: event.task.service.name };
    case 'ContainerInstanceStateChange':
      return {};
    case 'TargetHealthChange':
      return targetChange(event);
    case 'TrafficShift':
      return {
        service: event.service.name,
        traffic: { deploymentId: event.deployment.id, percent: event.deployment.trafficPermille / 10 },
      };
    case 'AlarmStateChange': {
      const { alarm, previousState, stateValue, reason } = event;
      const { source, alarmName } = alarm.settings;
      const watched = source.kind === 'metric' ? source.stat.key.dimensions.ServiceName : undefined;
      const service = alarm.tracked?.target.serviceName ?? watched;
      return {
        ...(service === undefined ? {} : { service }),
        alarm: { alarmName, ...policyOf(alarm.owner), previousState, stateValue, reason },
      };
    }
    case 'ScalingActivity':
      return scalingActivity(event);
    case 'GroupInstanceStateChange':
      return groupInstance(event);
    case 'AutoScalingActivity':
      return groupActivity(event);
    case 'ManagedInstanceStateChange':
      return { managedInstance: managedInstance(event) };
    case 'DaemonDeploymentStateChange':
      return { daemon: daemonDeployment(event) };
    case 'DaemonTaskFailed':
      return { daemon: failedDaemon(event) };
    case 'RuleMatched':
      return { rule: matched(event) };
    case 'InvocationFailed':
      return { invocation: failedInvocation(event) };
    case 'Notification': {
      const { topicArn, rule, alarm, message } = event;
      const from = {
        ...(rule === undefined ? {} : { ruleName: rule.settings.name }),
        ...(alarm === undefined ? {} : { alarmName: alarm.settings.alarmName }),
      };
      return { notification: { topicArn, ...from, message } };
    }
    case 'Call':
      return { call: event.call, input: event.input };
    case 'Fault':
      return { fault: event.fault, input: event.input };
    case 'Refusal':
      return { call: event.call, error: event.error, ...(event.path === undefined ? {} : { path: event.path }) };
  }
}

function groupInstance({
  instance,
}: Extract<ClusterEvent, { type: 'GroupInstanceStateChange' }>): Partial<RecordedEvent> {
  const { group, instanceId, state, availabilityZone, offer, isSpot } = instance;
  return {
    groupInstance: {
      autoScalingGroupName: group.name,
      instanceId,
      lifecycleState: state,
      availabilityZone,
      ...(offer.instanceType === undefined ? {} : { instanceType: offer.instanceType }),
      lifecycle: isSpot ? 'spot' : 'on-demand',
    },
  };
}

function managedInstance({
  instance,
  reason,
}: Extract<ClusterEvent, { type: 'ManagedInstanceStateChange' }>): NonNullable<RecordedEvent['managedInstance']> {
  const { provider, instanceId, state, availabilityZone, offer, isSpot, reservation } = instance;
  return {
    capacityProviderName: provider.settings.name,
    instanceId,
    instanceState: state,
    availabilityZone,
    instanceType: offer.instanceType ?? '',
    lifecycle: isSpot ? 'spot' : 'on-demand',
    ...(reservation === undefined ? {} : { capacityReservationId: reservation.settings.id }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function daemonDeployment({
  deployment: { daemon, arn, status, statusReason },
}: Extract<ClusterEvent, { type: 'DaemonDeploymentStateChange' }>): NonNullable<RecordedEvent['daemon']> {
  const reason = statusReason === '' ? {} : { reason: statusReason };
  return { daemonName: daemon.settings.name, deploymentArn: arn, status, ...reason };
}

function failedDaemon({
  daemon,
  instance: { provider, instanceId },
  reason,
}: Extract<ClusterEvent, { type: 'DaemonTaskFailed' }>): NonNullable<RecordedEvent['daemon']> {
  return { daemonName: daemon.settings.name, capacityProviderName: provider.settings.name, instanceId, reason };
}

function groupActivity({
  group,
  activity,
}: Extract<ClusterEvent, { type: 'AutoScalingActivity' }>): Partial<RecordedEvent> {
  const { description, cause, statusCode, instanceId } = activity;
  return {
    groupActivity: {
      autoScalingGroupName: group.name,
      description,
      cause,
      statusCode,
      ...(instanceId === undefined ? {} : { instanceId }),
    },
  };
}

function matched({ rule, event }: Extract<ClusterEvent, { type: 'RuleMatched' }>): NonNullable<RecordedEvent['rule']> {
  return {
    ruleName: rule.settings.name,
    eventId: String(event.id),
    source: String(event.source),
    detailType: String(event['detail-type']),
    targets: [...rule.targets.values()].map(({ id, arn }) => ({ id, arn })),
  };
}

function failedInvocation({
  invocation: { rule, target, event, retries = 0 },
  errorMessage,
  retryAtMs,
  letter,
}: Extract<ClusterEvent, { type: 'InvocationFailed' }>): NonNullable<RecordedEvent['invocation']> {
  const { deadLetterArn = '' } = target.delivery;
  return {
    ruleName: rule.settings.name,
    targetId: target.id,
    targetArn: target.arn,
    eventId: String(event.id),
    retries,
    errorMessage,
    ...(retryAtMs === undefined ? {} : { retryAtMs }),
    ...(letter === undefined
      ? {}
      : {
          deadLetter: {
            queueArn: deadLetterArn,
            RULE_ARN: rule.arn,
            TARGET_ARN: target.arn,
            ERROR_CODE: letter.errorCode,
            ERROR_MESSAGE: letter.errorMessage,
            RETRY_ATTEMPTS: letter.retryAttempts,
            ...(letter.exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: letter.exhausted }),
          },
        }),
  };
}

/** The last part of a policy's ARN; alarms of others have none. */
function policyOf(owner: string | undefined): { policyName?: string } {
  const policyName = /:policyName\/(.+)$/.exec(owner ?? '')?.[1];
  return policyName === undefined ? {} : { policyName };
}

function scalingActivity({
  scaled,
  activity,
}: Extract<ClusterEvent, { type: 'ScalingActivity' }>): Partial<RecordedEvent> {
  const { description, cause, statusCode, statusMessage, notScaledReasons, resourceId, inputs } = activity;
  return {
    ...(scaled === undefined ? {} : { service: scaled.name }),
    activity: {
      resourceId,
      description,
      cause,
      statusCode,
      ...(statusMessage === undefined ? {} : { statusMessage }),
      ...(notScaledReasons.length === 0 ? {} : { notScaledReasons: notScaledReasons.map((one) => ({ ...one })) }),
      inputs: { ...inputs },
    },
  };
}

function targetChange({ target }: Extract<ClusterEvent, { type: 'TargetHealthChange' }>): Partial<RecordedEvent> {
  const { group, id, port, health, reason, task } = target;
  return {
    ...(task.service === undefined ? {} : { service: task.service.name }),
    target: {
      targetGroupArn: group.settings.targetGroupArn,
      id,
      port,
      health,
      ...(reason === undefined ? {} : { reason }),
      taskArn: task.arn,
    },
  };
}

/** A sink that records into the log. The cluster is known only after the sink. */
export function createRecorder(log: Log, sampler: Sampler, cluster: () => ClusterState): EventSink {
  return {
    isOpen: true,
    emit(event) {
      const state = cluster();
      sampler.note(state, event);
      if (!isTold(event)) return;
      const seq = log.events.length + 1;
      const json = eventBridgeEvent(state, seq, event);
      if (json !== undefined) publish(state, json);
      const recorded: RecordedEvent = {
        seq,
        atMs: state.nowMs,
        time: isoTime(state, state.nowMs),
        type: event.type,
        cluster: state.context.cluster,
        ...particulars(event),
        ...(json === undefined ? {} : { event: json }),
      };
      log.events.push(recorded);
      log.onEvent?.(recorded);
    },
  };
}

/** For a run that is not recorded: only its rules listen, and what is refused is thrown. */
export function createListener(cluster: () => ClusterState): EventSink {
  let seq = 0;
  return {
    get isOpen() {
      return cluster().rules.size > 0;
    },
    emit(event) {
      if (event.type === 'Refusal') throw refusal(event);
      const state = cluster();
      seq += 1;
      const json = eventBridgeEvent(state, seq, event);
      if (json !== undefined) publish(state, json);
    },
  };
}

function refusal({ call, path, error }: Extract<ClusterEvent, { type: 'Refusal' }>): BayplanError {
  const facts = path === undefined ? { value: call } : { path, value: call };
  return new BayplanError(error.name as ExceptionName, 'REFUSED', error.message, facts);
}
