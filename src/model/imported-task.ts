/** Existing tasks, as describe-tasks answers them: what importTasks counts. */
import { type Fields, fields, list, nonEmptyText, optionalList, optionalText, refuse } from './read.ts';

export interface ImportedTask {
  readonly taskArn: string;
  /** Absent for Fargate tasks. */
  readonly containerInstanceArn?: string;
  readonly group?: string;
  /** Desired RUNNING and not yet STOPPED: the tasks that spread and distinctInstance see. */
  readonly active: boolean;
  /** Task network interfaces attached until it is STOPPED: what the instance record does not show. */
  readonly enis: number;
}

const GONE = ['DELETED', 'DETACHED'];

function countInterfaces(task: Fields, path: string): number {
  const attachments = optionalList(task.attachments, `${path}.attachments`).map((entry, k) =>
    fields(entry, `${path}.attachments[${k}]`),
  );
  return attachments.filter(({ type, status }) => type === 'ElasticNetworkInterface' && !GONE.includes(String(status)))
    .length;
}

/** @throws InvalidParameterException for wrong types and for a task ARN that stands twice. */
export function parseTasks(input: unknown, path = 'tasks'): ImportedTask[] {
  const seen = new Set<string>();
  return list(input, path).map((entry, k) => {
    const at = `${path}[${k}]`;
    const given = fields(entry, at);
    const taskArn = nonEmptyText(given.taskArn, `${at}.taskArn`);
    if (seen.has(taskArn))
      refuse('DUPLICATE_TASK', `${at}.taskArn ${taskArn} stands twice.`, { path: `${at}.taskArn`, value: taskArn });
    seen.add(taskArn);
    const desired = optionalText(given.desiredStatus, `${at}.desiredStatus`) ?? 'RUNNING';
    const last = optionalText(given.lastStatus, `${at}.lastStatus`) ?? 'RUNNING';
    return {
      taskArn,
      containerInstanceArn: optionalText(given.containerInstanceArn, `${at}.containerInstanceArn`),
      group: optionalText(given.group, `${at}.group`),
      active: desired === 'RUNNING' && last !== 'STOPPED',
      enis: last === 'STOPPED' ? 0 : countInterfaces(given, at),
    };
  });
}
