/** Calls of AWS's API, by name. Called by apply and by the endpoint; each checks its input whole before it writes. */
import { asValidation } from '../../model/validation.ts';
import type { ApiCall, Fault } from '../commands.ts';
import type { ClusterState } from '../state.ts';
import { deleteAlarms, putMetricAlarm, putMetricData, setAlarmState } from './alarms.ts';
import { runTask, startTask, stopTaskCall, updateTaskProtection } from './calls.ts';
import { capacityCall } from './capacity.ts';
import { continueDeployment, stopDeployment } from './deployment-calls.ts';
import { answerEvents } from './event-calls.ts';
import { applyFault } from './faults.ts';
import { putGroupPolicy } from './group-policies.ts';
import { deleteGroupSchedule } from './group-schedules.ts';
import { deregisterInstance, registerInstance, updateInstances } from './instances.ts';
import { noteRoom } from './life.ts';
import { orRefuse } from './refusal.ts';
import { deleteScalingPolicy, deregisterScalableTarget, putScalingPolicy, registerScalableTarget } from './scaling.ts';
import { deleteScheduledAction, putScheduledAction } from './scheduled-actions.ts';
import { createService, deleteService, updateService } from './services.ts';

/** @throws BayplanError; the cluster is as before. */
export function answerCall(state: ClusterState, call: ApiCall): unknown {
  switch (call.call) {
    case 'CreateService':
      return createService(state, call);
    case 'UpdateService':
      return updateService(state, call);
    case 'DeleteService':
      return deleteService(state, call);
    case 'RunTask':
      return runTask(state, call);
    case 'StartTask':
      return startTask(state, call);
    case 'StopTask':
      return stopTaskCall(state, call);
    case 'UpdateTaskProtection':
      return updateTaskProtection(state, call);
    case 'RegisterTaskDefinition':
      return state.engine.registerTaskDefinition(call.input);
    case 'RegisterContainerInstance':
      return registerInstance(state, call);
    case 'DeregisterContainerInstance':
      return deregisterInstance(state, call);
    case 'UpdateContainerInstancesState':
      return updateInstances(state, call);
    case 'StopServiceDeployment':
      return stopDeployment(state, call);
    case 'ContinueServiceDeployment':
      return continueDeployment(state, call);
    case 'PutAttributes':
    case 'DeleteAttributes':
      return changeAttributes(state, call);
    default:
      return answerCapacity(state, call);
  }
}

/** Capacity providers and daemons are ECS's; nothing else from here on is. */
function answerCapacity(state: ClusterState, call: ApiCall): unknown {
  const answer = capacityCall(call.call);
  if (answer === undefined) return asValidation(() => answerScaling(state, call));
  return /CapacityProvider|Daemon/.test(call.call) ? answer(state, call) : asValidation(() => answer(state, call));
}

/** Application Auto Scaling and CloudWatch. */
function answerScaling(state: ClusterState, call: ApiCall): unknown {
  switch (call.call) {
    case 'SetAlarmState':
      return setAlarmState(state, call);
    case 'PutMetricAlarm':
      return putMetricAlarm(state, call);
    case 'DeleteAlarms':
      return deleteAlarms(state, call);
    case 'PutMetricData':
      return putMetricData(state, call);
    case 'RegisterScalableTarget':
      return registerScalableTarget(state, call);
    case 'DeregisterScalableTarget':
      return deregisterScalableTarget(state, call);
    case 'PutScalingPolicy':
      // Amazon EC2 Auto Scaling and Application Auto Scaling have one call of this name each.
      return call.input.AutoScalingGroupName === undefined
        ? putScalingPolicy(state, call)
        : putGroupPolicy(state, call);
    case 'DeleteScalingPolicy':
      return deleteScalingPolicy(state, call);
    case 'PutScheduledAction':
      return putScheduledAction(state, call);
    case 'DeleteScheduledAction':
      return call.input.AutoScalingGroupName === undefined
        ? deleteScheduledAction(state, call)
        : deleteGroupSchedule(state, call);
    default:
      return answerEvents(state, call);
  }
}

function changeAttributes(state: ClusterState, call: ApiCall): unknown {
  const input = call.input as { attributes: [] };
  const answer =
    call.call === 'PutAttributes' ? state.engine.putAttributes(input) : state.engine.deleteAttributes(input);
  noteRoom(state);
  for (const service of state.services.values()) {
    state.changedServices.add(service);
    service.refusedInstances.clear();
  }
  return answer;
}

export function applyCall(state: ClusterState, call: ApiCall): void {
  if (state.sink.isOpen) state.sink.emit({ type: 'Call', call: call.call, input: call.input });
  orRefuse(state, call.call, call.path, () => answerCall(state, call));
}

export function injectFault(state: ClusterState, fault: Fault): void {
  if (state.sink.isOpen) state.sink.emit({ type: 'Fault', fault: fault.fault, input: fault.input });
  orRefuse(state, fault.fault, fault.path, () => applyFault(state, fault));
}
