/**
 * What events and queues ask for: rules that match what has just happened, and tasks that begin to poll. Called by
 * control/reconcile in each round; answers commands. Rules are looked at in the order they were put, events in their own.
 */
import type { Command } from '../cluster/commands.ts';
import type { Consumer } from '../cluster/queue-state.ts';
import type { ClusterView, TaskState } from '../cluster/state.ts';
import { matchesEvent } from '../event-pattern/match.ts';
import { type Behaviour, behaviourOf } from '../model/behaviour.ts';
import type { TaskDefinition } from '../model/task-definition.ts';

export interface Events {
  tick(view: ClusterView): Command[];
}

function route(view: ClusterView): Command[] {
  const commands: Command[] = [];
  for (const { busName, json } of view.busEvents) {
    for (const rule of view.rules.values()) {
      const { pattern, settings, isEnabled } = rule;
      if (!isEnabled || pattern === undefined || settings.busName !== busName) continue;
      if (matchesEvent(pattern, json)) commands.push({ type: 'RunRule', rule, event: json });
    }
  }
  return commands;
}

function consumerOf(task: TaskState, behaviour: Behaviour | undefined): Consumer | undefined {
  const { queue: queueName, secondsPerMessage = 1, messagesAtOnce = 1, messageFailRate = 0 } = behaviour ?? {};
  if (queueName === undefined) return undefined;
  const processingMs = Math.max(1, Math.round(secondsPerMessage * 1000));
  return { task, queueName, processingMs, failRate: messageFailRate, free: messagesAtOnce };
}

/** @param behaviours by `family:revision` or family. */
export function createEvents(behaviours: ReadonlyMap<string, Behaviour>): Events {
  const known = new Map<TaskDefinition, Behaviour | undefined>();
  const polling = new WeakSet<TaskState>();
  const behaviourFor = (definition: TaskDefinition): Behaviour | undefined => {
    if (!known.has(definition)) known.set(definition, behaviourOf(behaviours, definition));
    return known.get(definition);
  };
  const join = (view: ClusterView): Command[] => {
    const commands: Command[] = [];
    // A task that comes to RUNNING is one to be judged.
    for (const task of view.unjudgedTasks) {
      if (task.lastStatus !== 'RUNNING' || polling.has(task)) continue;
      polling.add(task);
      const consumer = consumerOf(task, behaviourFor(task.definition));
      if (consumer !== undefined) commands.push({ type: 'JoinQueue', consumer });
    }
    return commands;
  };
  return {
    tick(view) {
      const routed = view.busEvents.length === 0 ? [] : route(view);
      return view.queues.size === 0 ? routed : [...routed, ...join(view)];
    },
  };
}
