/** Applies one command: the only writer of the cluster. Called by control, whole or not at all: what throws has changed nothing. */
import { applyCall, injectFault } from './apply/api.ts';
import { changeTask } from './apply/change-task.ts';
import { completeDeployment, failDeployment, moveStage, settleService } from './apply/deployments.ts';
import { terminate } from './apply/faults.ts';
import { judgeTask, stopTask } from './apply/life.ts';
import { removeService } from './apply/services.ts';
import { startDaemons, startTasks } from './apply/start-tasks.ts';
import { deregisterTargets, registerTargets, removeTarget, setTargetHealth } from './apply/targets.ts';
import { act, tell } from './apply/tell.ts';
import type { Command } from './commands.ts';
import type { ClusterState, ServiceState, TaskState } from './state.ts';

export function apply(state: ClusterState, command: Command): void {
  switch (command.type) {
    case 'ChangeTask':
      return changeTask(state, command);
    case 'Later':
      return state.timers.set(command.atMs, command.command);
    case 'JudgeTask':
      return judgeTask(state, command.task, command.isHealthy, command.unfit);
    case 'ReviewTask':
      state.unjudgedTasks.add(command.task);
      return;
    case 'StartTasks':
      return startTasks(state, command.deployment, command.count);
    case 'StartDaemons':
      return startDaemons(state, command.deployment, command.instances);
    case 'StopTasks':
      return stopTasks(state, command.service, command.tasks, command.stoppedReason);
    case 'RegisterTargets':
      return registerTargets(state, command);
    case 'DeregisterTargets':
      return deregisterTargets(state, command);
    case 'SetTargetHealth':
      return setTargetHealth(state, command);
    case 'RemoveTarget':
      return removeTarget(state, command);
    case 'ForgetTask':
      state.tasks.delete(command.task.id);
      return;
    case 'Call':
      return applyCall(state, command);
    case 'Fault':
      return injectFault(state, command);
    case 'TerminateInstance':
      return terminate(state, command.instance);
    default:
      return applyToService(state, command);
  }
}

type ServiceCommand = Extract<
  Command,
  {
    type:
      | 'CompleteDeployment'
      | 'FailDeployment'
      | 'MoveStage'
      | 'RetireDeployment'
      | 'BlockDeployment'
      | 'TellService'
      | 'SettleService'
      | 'HoldStarts'
      | 'WakeService'
      | 'RemoveService'
      | 'Rebalance';
  }
>;

function applyToService(state: ClusterState, command: ServiceCommand): void {
  switch (command.type) {
    case 'CompleteDeployment':
      return completeDeployment(state, command.deployment);
    case 'FailDeployment':
      return failDeployment(state, command.deployment, command.reason, command.rollBack);
    case 'MoveStage':
      return moveStage(state, command.deployment, command.stage, command.trafficPermille);
    case 'RetireDeployment':
      return retire(command.deployment.service);
    case 'BlockDeployment':
      command.deployment.blockedBy = command.by;
      return command.message === undefined ? undefined : tell(state, command.deployment.service, command.message);
    case 'TellService':
      return tell(state, command.service, command.message);
    case 'SettleService':
      return settleService(state, command.service);
    case 'HoldStarts':
      return holdStarts(state, command.service, command.untilMs);
    case 'WakeService':
      state.changedServices.add(command.service);
      return;
    case 'RemoveService':
      return removeService(state, command.service);
    case 'Rebalance':
      command.service.isRebalancing = command.isOn;
      tell(state, command.service, command.message);
      return act(
        state,
        command.service,
        'INFO',
        command.isOn ? 'SERVICE_REBALANCING_STARTED' : 'SERVICE_REBALANCING_COMPLETED',
      );
  }
}

/** Revisions that are no longer wanted and have no task left. */
function retire(service: ServiceState): void {
  const isOver = (one: ServiceState['deployments'][number]): boolean =>
    one.status !== 'PRIMARY' && one.tasks.size === 0;
  for (const one of service.deployments) if (isOver(one)) one.status = 'INACTIVE';
  service.deployments = service.deployments.filter((one) => one.status !== 'INACTIVE');
}

function stopTasks(state: ClusterState, service: ServiceState, tasks: readonly TaskState[], reason: string): void {
  for (const task of tasks) stopTask(state, task, 'ServiceSchedulerInitiated', reason);
  service.isSteady = false;
  tell(
    state,
    service,
    `has stopped ${tasks.length} running tasks: ${tasks.map(({ id }) => `(task ${id})`).join(' ')}.`,
  );
}

/** The throttle of tasks that fail one after another (scaling.md 4.7). */
function holdStarts(state: ClusterState, service: ServiceState, untilMs: number): void {
  service.startsHeldUntilMs = untilMs;
  service.heldForFailures = service.failedStarts;
  state.timers.set(untilMs, { type: 'WakeService', service });
  tell(state, service, 'is unable to consistently start tasks successfully.');
  act(state, service, 'WARN', 'SERVICE_TASK_START_IMPAIRED');
}
