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
};

export function kindName(type: string): string {
  return KINDS[type] ?? type;
}

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
    const name = this.instanceName(instance[row] as number);
    if (name !== '') return ` on ${name}`;
    const where = this.#text(zone[row]);
    return where === '' ? '' : ` in ${where}`;
  }

  #instance(row: number, before: number): string {
    const rows = this.#data.instanceRows;
    const name = this.instanceName(rows.instance[row] as number);
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
