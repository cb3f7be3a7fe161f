/**
 * The agents: for each task that changed, when its next moment comes, or when its containers are gone. Called by
 * control/reconcile. What a task does is drawn from the seed and its number, so order never matters.
 */
import type { Command } from '../cluster/commands.ts';
import type { ClusterView, TaskState } from '../cluster/state.ts';
import { type Behaviour, behaviourOf } from '../model/behaviour.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import { type Scripts, scriptsOf, type TaskScript } from './script.ts';
import { stopContainers } from './stop.ts';

export type Behaviours = ReadonlyMap<string, Behaviour>;

export interface Agents {
  tick(view: ClusterView): Command[];
}

/** A u32 for the k-th draw of a task. */
function draw(seed: number, number: number, k: number): number {
  let h = (seed ^ Math.imul(number + 1, 0x9e3779b9) ^ Math.imul(k + 1, 0x85ebca6b)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}

/** @param behaviours by `family:revision` or family. */
export function createAgents(seed: number, behaviours: Behaviours): Agents {
  const known = new Map<TaskDefinition, Scripts>();
  const scriptsFor = (definition: TaskDefinition): Scripts => {
    const before = known.get(definition);
    if (before !== undefined) return before;
    const made = scriptsOf(definition, behaviourOf(behaviours, definition));
    known.set(definition, made);
    return made;
  };
  const scriptOf = (task: TaskState): TaskScript => {
    if (task.script !== undefined) return task.script as TaskScript;
    let draws = 0;
    const script = scriptsFor(task.definition).drawn(() => draw(seed, task.number, draws++));
    task.script = script;
    return script;
  };
  return {
    tick(view) {
      const commands: Command[] = [];
      for (const task of view.changedTasks) {
        const command =
          task.desiredStatus === 'STOPPED' ? stopping(view, task, scriptOf(task)) : living(task, scriptOf(task));
        if (command !== undefined) commands.push(command);
      }
      return commands;
    },
  };
}

function living(task: TaskState, script: TaskScript): Command | undefined {
  const report = script.moment(task.moment);
  if (report === undefined) return undefined;
  const command: Command = { type: 'ChangeTask', task, moment: task.moment, report };
  return { type: 'Later', atMs: task.placedAtMs + report.afterMs, command };
}

/** Waits for its targets to drain; then the containers get their signal. */
function stopping(view: ClusterView, task: TaskState, script: TaskScript): Command | undefined {
  if (task.lastStatus === 'STOPPED' || task.lastStatus === 'DEACTIVATING') return undefined;
  const { stoppedAfterMs, containers } = stopContainers(script, task.moment, view.nowMs - task.placedAtMs);
  const stopped = containers.map(({ name, exitCode }) => ({
    name,
    lastStatus: 'STOPPED',
    ...(exitCode === undefined ? {} : { exitCode }),
  }));
  const command: Command = { type: 'ChangeTask', task, report: { lastStatus: 'STOPPED', containers: stopped } };
  return { type: 'Later', atMs: task.placedAtMs + stoppedAfterMs, command };
}
