/** What must hold of the events of a run: versions and statuses of tasks, complete ends, and sums that agree. */
import type { RecordedEvent, SimulationResult } from '../../../src/simulate/result.ts';

interface TaskJson {
  readonly taskArn: string;
  readonly version: number;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly containers: readonly { readonly name: string; readonly lastStatus: string }[];
}

const STATUSES = [
  'PROVISIONING',
  'PENDING',
  'ACTIVATING',
  'RUNNING',
  'DEACTIVATING',
  'STOPPING',
  'DEPROVISIONING',
  'STOPPED',
];

export function taskIn(event: RecordedEvent): TaskJson | undefined {
  return event.type === 'TaskStateChange' ? (event.event?.detail as TaskJson | undefined) : undefined;
}

function endWrongs(task: TaskJson): string[] {
  if (task.lastStatus !== 'STOPPED') return [];
  const running = task.containers.filter(({ lastStatus }) => lastStatus !== 'STOPPED');
  return [
    ...(task.stopCode === undefined ? [`${task.taskArn} stopped without a stopCode`] : []),
    ...(task.stoppedReason ? [] : [`${task.taskArn} stopped without a reason`]),
    ...(task.desiredStatus === 'STOPPED' ? [] : [`${task.taskArn} stopped without being told`]),
    ...running.map(({ name, lastStatus }) => `${task.taskArn} is STOPPED with its container ${name} ${lastStatus}`),
  ];
}

/** Follows events as they come. */
export class Story {
  readonly #tasks = new Map<string, TaskJson>();
  readonly wrongs: string[] = [];
  #seq = 0;
  #atMs = 0;

  note(event: RecordedEvent): void {
    if (event.seq !== this.#seq + 1) this.wrongs.push(`event ${event.seq} follows ${this.#seq}`);
    if (event.atMs < this.#atMs) this.wrongs.push(`time goes back from ${this.#atMs} to ${event.atMs}`);
    if (!Number.isInteger(event.atMs)) this.wrongs.push(`an event at ${event.atMs} ms`);
    this.#seq = event.seq;
    this.#atMs = event.atMs;
    const task = taskIn(event);
    if (task === undefined) return;
    this.#noteTask(task);
    this.#tasks.set(task.taskArn, task);
  }

  #noteTask(task: TaskJson): void {
    const before = this.#tasks.get(task.taskArn);
    if (task.version !== (before?.version ?? 0) + 1)
      this.wrongs.push(`${task.taskArn} goes from version ${before?.version} to ${task.version}`);
    if (before !== undefined && STATUSES.indexOf(task.lastStatus) < STATUSES.indexOf(before.lastStatus))
      this.wrongs.push(`${task.taskArn} goes from ${before.lastStatus} back to ${task.lastStatus}`);
    if (before?.lastStatus === 'STOPPED') this.wrongs.push(`${task.taskArn} changes though it is STOPPED`);
    this.wrongs.push(...endWrongs(task));
  }
}

/** The summary against the events it sums up, counted in another way. */
export function summaryWrongs({ summary, events, series }: SimulationResult): string[] {
  const tasks = events.map(taskIn).filter((task) => task !== undefined);
  const expected = {
    events: events.length,
    tasksStarted: tasks.filter(({ version }) => version === 1).length,
    tasksStopped: tasks.filter(({ lastStatus }) => lastStatus === 'STOPPED').length,
    refused: events.filter(({ type }) => type === 'Refusal').length,
  };
  const wrongs = Object.entries(expected)
    .filter(([name, value]) => summary[name as keyof typeof expected] !== value)
    .map(
      ([name, value]) => `the summary has ${summary[name as keyof typeof expected]} ${name}, but there are ${value}`,
    );
  for (const one of summary.services) {
    for (const name of ['runningCount', 'healthyCount', 'desiredCount'] as const) {
      const line = series.find(
        ({ name: of, dimensions }) =>
          of === name && dimensions.ServiceName === one.service && dimensions.ClusterName === one.cluster,
      );
      const last = line?.points.at(-1)?.[1];
      if (last !== one[name]) wrongs.push(`${one.service} has ${name} ${one[name]}, but its series ends with ${last}`);
    }
  }
  for (const { name, points } of series) {
    if (points.some(([atMs, value], k) => k > 0 && (atMs <= (points[k - 1]?.[0] ?? 0) || value === points[k - 1]?.[1])))
      wrongs.push(`series ${name} repeats itself or goes back`);
  }
  return wrongs;
}
