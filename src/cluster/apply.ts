/** Applies one command: the only writer of the cluster. Called by control, whole or not at all: what throws has changed nothing. */
import { changeAlarm } from './apply/alarms.ts';
import { applyCall, injectFault } from './apply/api.ts';
import { CAPACITY_HANDLERS } from './apply/capacity.ts';
import { changeTask } from './apply/change-task.ts';
import { receiveParcel } from './apply/delivery.ts';
import { completeDeployment, failDeployment, moveStage, settleService } from './apply/deployments.ts';
import { terminate } from './apply/faults.ts';
import { judgeTask, stopTask } from './apply/life.ts';
import { runForecast } from './apply/predictive.ts';
import { expireMessages, feedQueue, finishMessages, joinQueue, returnMessages, showMessages } from './apply/queues.ts';
import { fireRule } from './apply/rules.ts';
import { invokeTarget, runRule } from './apply/run-rule.ts';
import { noteNotScaled, scaleService } from './apply/scale-service.ts';
import { setDesiredCount } from './apply/scaling.ts';
import { runScheduledAction } from './apply/scheduled-actions.ts';
import { removeService } from './apply/services.ts';
import { startDaemons, startTasks } from './apply/start-tasks.ts';
import { deregisterTargets, registerTargets, removeTarget, setTargetHealth } from './apply/targets.ts';
import { act, tell, tellTasks } from './apply/tell.ts';
import type { Command } from './commands.ts';
import type { ClusterState, ServiceState, TaskState } from './state.ts';

type Handlers = {
  readonly [Type in Command['type']]: (state: ClusterState, command: Extract<Command, { readonly type: Type }>) => void;
};

const HANDLERS: Handlers = {
  ...CAPACITY_HANDLERS,
  Call: applyCall,
  Fault: injectFault,
  ChangeTask: changeTask,
  // What an agent could not report in time comes now.
  Later: (state, { atMs, command }) => state.timers.set(Math.max(atMs, state.nowMs), command),
  JudgeTask: (state, { task, isHealthy, unfit }) => judgeTask(state, task, isHealthy, unfit),
  ReviewTask: (state, { task }) => {
    state.unjudgedTasks.add(task);
  },
  StartTasks: (state, { deployment, count }) => startTasks(state, deployment, count),
  StartDaemons: (state, { deployment, instances }) => startDaemons(state, deployment, instances),
  StopTasks: (state, { service, tasks, stoppedReason }) => stopTasks(state, service, tasks, stoppedReason),
  TerminateInstance: (state, { instance }) => terminate(state, instance),
  RegisterTargets: registerTargets,
  DeregisterTargets: deregisterTargets,
  SetTargetHealth: setTargetHealth,
  RemoveTarget: removeTarget,
  CompleteDeployment: (state, { deployment }) => completeDeployment(state, deployment),
  FailDeployment: (state, { deployment, reason, rollBack }) => failDeployment(state, deployment, reason, rollBack),
  MoveStage: (state, { deployment, stage, trafficPermille }) => moveStage(state, deployment, stage, trafficPermille),
  BlockDeployment: (state, { deployment, by, message }) => {
    deployment.blockedBy = by;
    deployment.service.isSteady = false;
    tell(state, deployment.service, message);
  },
  Rebalance: rebalance,
  AwaitRoom: (state, { service }) => {
    state.unevenServices.add(service);
  },
  SettleService: (state, { service }) => settleService(state, service),
  HoldStarts: (state, { service, untilMs }) => holdStarts(state, service, untilMs),
  WakeService: (state, { service }) => {
    state.changedServices.add(service);
  },
  ChangeAlarm: changeAlarm,
  SetDesiredCount: (state, { service, desiredCount }) => setDesiredCount(state, service, desiredCount),
  ScaleService: scaleService,
  NoteNotScaled: noteNotScaled,
  RunScheduledAction: runScheduledAction,
  RunForecast: runForecast,
  RunRule: runRule,
  FireRule: fireRule,
  InvokeTarget: invokeTarget,
  ReceiveParcel: receiveParcel,
  FeedQueue: feedQueue,
  ShowMessages: showMessages,
  JoinQueue: joinQueue,
  FinishMessages: finishMessages,
  ReturnMessages: returnMessages,
  ExpireMessages: expireMessages,
  RemoveService: (state, { service }) => removeService(state, service),
};

export function apply(state: ClusterState, command: Command): void {
  const handler = HANDLERS[command.type] as (state: ClusterState, command: Command) => void;
  handler(state, command);
}

function rebalance(state: ClusterState, command: Extract<Command, { readonly type: 'Rebalance' }>): void {
  const { service, message } = command;
  service.isRebalancing = command.state === 'STARTED';
  tell(state, service, message);
  act(state, service, 'INFO', `SERVICE_REBALANCING_${command.state}`);
}

const STOPPED = (count: number): string => `has stopped ${count} running tasks`;

function stopTasks(state: ClusterState, service: ServiceState, tasks: readonly TaskState[], reason: string): void {
  for (const task of tasks) tellUnhealthyTargets(state, service, task);
  for (const task of tasks) stopTask(state, task, 'ServiceSchedulerInitiated', reason);
  service.isSteady = false;
  tellTasks(state, service, tasks, STOPPED);
}

/** Whose targets made it unfit is told when it stops, not when they turned (seen in public service events). */
function tellUnhealthyTargets(state: ClusterState, service: ServiceState, task: TaskState): void {
  if (task.unfit?.cause !== 'TARGET_HEALTH') return;
  for (const { health, port, reason, group } of task.targets) {
    if (health !== 'unhealthy') continue;
    const why = reason === 'Target.Timeout' ? 'Request timed out' : 'Health checks failed';
    const where = `(target-group ${group.settings.targetGroupArn})`;
    tell(state, service, `(task ${task.id}) (port ${port}) is unhealthy in ${where} due to (reason ${why}).`);
  }
}

/** The throttle of tasks that fail one after another (ECS developer guide). */
function holdStarts(state: ClusterState, service: ServiceState, untilMs: number): void {
  service.startsHeldUntilMs = untilMs;
  service.heldForFailures = service.failedStarts;
  state.timers.set(untilMs, { type: 'WakeService', service });
  tell(state, service, 'is unable to consistently start tasks successfully.');
  act(state, service, 'WARN', 'SERVICE_TASK_START_IMPAIRED');
}
