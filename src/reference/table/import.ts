/** importTasks: existing tasks become counts per group and instance, and take their network interfaces; no records. */

import type { ImportedTask } from '../../model/imported-task.ts';
import { refuseImportedTwice } from '../../model/instance-calls.ts';
import type { Failure } from '../../model/task.ts';
import type { Instance, State } from '../state.ts';
import { changeCount } from './counts.ts';
import { findInstance } from './instances.ts';

/** @throws InvalidParameterException DUPLICATE_TASK for a task that was imported before; then nothing is counted. */
export function importTasks(state: State, tasks: readonly ImportedTask[]): { imported: number; failures: Failure[] } {
  const again = tasks.find(({ taskArn }) => state.imported.includes(taskArn));
  if (again !== undefined) refuseImportedTwice(again.taskArn);
  const failures: Failure[] = [];
  const held = tasks.filter((task) => task.containerInstanceArn !== undefined && (task.active || task.enis > 0));
  for (const task of held) {
    const instance = findInstance(state, task.containerInstanceArn ?? '');
    if (instance === undefined) {
      failures.push({ arn: task.taskArn, reason: 'MISSING' });
      continue;
    }
    count(instance, task);
    state.imported.push(task.taskArn);
  }
  return { imported: held.length - failures.length, failures };
}

/** The instance's own record shows the resources taken and the tasks running, but not the interfaces. */
function count(instance: Instance, { active, group, enis }: ImportedTask): void {
  if (active && group !== undefined) changeCount(instance, group, 1);
  instance.enisTaken = Math.min(instance.enisTaken + enis, instance.eniLimit ?? Number.POSITIVE_INFINITY);
}
