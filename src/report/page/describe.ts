/** Events in words, for the log, the player and search. Pure. */
import { INSTANCE_EVENT, type ReportData, TARGET_EVENT, TASK_EVENT } from '../data.ts';
import { shortId } from './format.ts';
import type { Timeline } from './timeline.ts';

/** Short names of the event types; others stand as they are. */
const KINDS: Readonly<Record<string, string>> = {
  ServiceEvent: 'Service',
  ServiceAction: 'Action',
  DeploymentStateChange: 'Deployment',
  TaskStateChange: 'Task',
  ContainerInstanceStateChange: 'Instance',
  TargetHealthChange: 'Target',
  TrafficShift: 'Traffic',
  AlarmStateChange: 'Alarm',
  ScalingActivity: 'Scaling',
  AutoScalingActivity: 'Group',
  ManagedInstanceStateChange: 'Managed',
  DaemonDeploymentStateChange: 'Daemon',
  DaemonTaskFailed: 'Daemon',
};

export function kindName(type: string): string {
  return KINDS[type] ?? type;
}

/** Longer names of instances are shortened in sentences. */
const MOST_NAME = 12;

export class Descriptions {
  readonly #data: ReportData;
  readonly #timeline: Timeline;
  readonly #made: (string | undefined)[] = [];

  constructor(data: ReportData, timeline: Timeline) {
    this.#data = data;
    this.#timeline = timeline;
  }

  type(event: number): string {
    return this.#text(this.#data.events.type[event]);
  }

  /** Name of the service, empty without one. */
  service(event: number): string {
    return this.#data.groups[this.#data.events.group[event] as number]?.name ?? '';
  }

  isBad(event: number): boolean {
    return this.#data.events.bad[event] === 1;
  }

  sentence(event: number): string {
    this.#made[event] ??= this.#describe(event);
    return this.#made[event] as string;
  }

  instanceName(instance: number): string {
    const one = this.#data.instances[instance];
    return one ? one.ec2InstanceId || shortId(one.arn) : '';
  }

  /** As the drawing names it: the end of a long id. */
  shortName(instance: number): string {
    const name = this.instanceName(instance);
    return name.length > MOST_NAME ? `${name.slice(0, 2)}\u2026${name.slice(-5)}` : name;
  }

  /** The ids in full of what an event is about. */
  identity(event: number): string {
    const task = this.#timeline.taskOf(event);
    const row = this.#data.events.row[event] as number;
    const on = this.#timeline.isTaskChange(event) ? (this.#data.taskRows.instance[row] as number) : -1;
    const instance = this.#data.instances[on >= 0 ? on : this.#timeline.instanceOf(event)];
    return [this.#data.tasks[task]?.arn, instance?.arn, instance?.ec2InstanceId].filter(Boolean).join(' ');
  }

  #describe(event: number): string {
    const row = this.#data.events.row[event] as number;
    const type = this.type(event);
    const told = this.#text(this.#data.events.text[event]);
    if (row < 0 || told !== '') return told || type;
    if (type === TASK_EVENT) return this.#task(row, this.#timeline.rowBefore(event));
    if (type === INSTANCE_EVENT) return this.#instance(row, this.#timeline.rowBefore(event));
    return type === TARGET_EVENT ? this.#target(row) : type;
  }

  #task(row: number, before: number): string {
    const rows = this.#data.taskRows;
    const task = this.#data.tasks[rows.task[row] as number];
    const name = `${this.#text(task?.definition)} ${shortId(task?.arn ?? '')}`;
    const status = this.#text(rows.status[row]);
    const reason = this.#text(rows.reason[row]);
    const why = reason === '' ? '' : ` (${reason})`;
    const was = before < 0 ? '' : this.#text(rows.status[before]);
    if (was !== status) {
      const place = this.#place(row);
      return `${name} ${was === '' ? '' : `${was} \u2192 `}${status}${place}${status.startsWith('S') ? why : ''}`;
    }
    if (rows.desired[row] !== rows.desired[before]) return `${name} shall be ${this.#text(rows.desired[row])}${why}`;
    if (rows.health[row] !== rows.health[before]) return `${name} is ${this.#text(rows.health[row])}`;
    return `${name} ${status}${this.#place(row)}`;
  }

  #place(row: number): string {
    const { instance, zone } = this.#data.taskRows;
    const name = this.shortName(instance[row] as number);
    if (name !== '') return ` on ${name}`;
    const where = this.#text(zone[row]);
    return where === '' ? '' : ` in ${where}`;
  }

  #instance(row: number, before: number): string {
    const rows = this.#data.instanceRows;
    const name = this.shortName(rows.instance[row] as number);
    const status = this.#text(rows.status[row]);
    if (before < 0) return `${name} joined, ${status}`;
    if (rows.status[before] !== rows.status[row]) return `${name} ${this.#text(rows.status[before])} \u2192 ${status}`;
    if (rows.connected[before] !== rows.connected[row])
      return `${name} agent ${rows.connected[row] === 1 ? 'connected' : 'disconnected'}`;
    return `${name} ${status}`;
  }

  #target(row: number): string {
    const rows = this.#data.targetRows;
    const task = this.#data.tasks[rows.task[row] as number];
    const reason = this.#text(rows.reason[row]);
    return `${this.#text(task?.definition)} ${shortId(task?.arn ?? '')} is ${this.#text(rows.health[row])} at ${this.#text(rows.place[row])}${reason === '' ? '' : ` (${reason})`}`;
  }

  #text(index: number | undefined): string {
    return this.#data.strings[index ?? -1] ?? '';
  }
}
