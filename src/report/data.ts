/**
 * What the report page is given: a SimulationResult with its text interned and its events in columns, so that 100,000
 * events stay small to embed and quick to step through. Written by condense.ts, read by page/. Shapes only.
 */
import type { Series, Summary } from '../simulate/result.ts';

/** Index into `strings`; -1 for none. */
export type Text = number;

/** A service, or whatever else tasks run for (`family:job`). */
export interface ReportGroup {
  readonly cluster: string;
  readonly name: string;
  readonly isService: boolean;
}

/** What never changes about a task. */
export interface ReportTask {
  readonly arn: string;
  readonly group: number;
  /** `family:revision`. */
  readonly definition: Text;
  /** CPU units and MiB that it reserves. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly launchType: Text;
}

export interface ReportInstance {
  readonly arn: string;
  readonly ec2InstanceId: string;
  readonly cluster: string;
  readonly zone: string;
  readonly instanceType: string;
  /** Reserved by something else than tasks of this simulation. */
  readonly otherCpu: number;
  readonly otherMemoryMiB: number;
  /** Row of its state before the first event; -1 when it joins later. */
  readonly firstRow: number;
}

/** One row for each change of a task: all columns have one length. */
export interface TaskRows {
  readonly task: number[];
  readonly status: Text[];
  readonly desired: Text[];
  /** Index into `instances`; -1 on Fargate and before placement. */
  readonly instance: number[];
  readonly zone: Text[];
  readonly health: Text[];
  readonly reason: Text[];
}

export interface InstanceRows {
  readonly instance: number[];
  readonly status: Text[];
  readonly cpu: number[];
  readonly memoryMiB: number[];
  /** 1 or 0. */
  readonly connected: number[];
}

/** What a load balancer thinks of a task. */
export interface TargetRows {
  readonly task: number[];
  readonly health: Text[];
  readonly reason: Text[];
  readonly place: Text[];
}

export interface EventColumns {
  readonly atMs: number[];
  readonly type: Text[];
  readonly group: number[];
  readonly text: Text[];
  /** Longer facts: the input of a call. */
  readonly detail: Text[];
  /** Row in the table that the type belongs to; -1 for none. */
  readonly row: number[];
  /** 1 when something went wrong: a refused call, a fault, an ERROR. */
  readonly bad: number[];
}

/** A CloudWatch alarm, and when it was in ALARM. */
export interface ReportAlarm {
  readonly name: string;
  /** One that tells of too little, as its threshold is a lower one. */
  readonly isLow: boolean;
  /** Until null: to the end. */
  readonly spans: readonly (readonly [fromMs: number, untilMs: number | null])[];
}

export interface ReportData {
  readonly title: string;
  readonly seed: number;
  /** ISO 8601 of time 0, or empty. */
  readonly start: string;
  readonly summary: Summary;
  readonly strings: readonly string[];
  readonly groups: readonly ReportGroup[];
  readonly tasks: readonly ReportTask[];
  readonly instances: readonly ReportInstance[];
  readonly taskRows: TaskRows;
  readonly instanceRows: InstanceRows;
  readonly targetRows: TargetRows;
  readonly events: EventColumns;
  readonly series: readonly Series[];
  readonly alarms: readonly ReportAlarm[];
}

export const TASK_EVENT = 'TaskStateChange';
export const INSTANCE_EVENT = 'ContainerInstanceStateChange';
export const TARGET_EVENT = 'TargetHealthChange';
export const ACTIVITY_EVENT = 'ScalingActivity';
export const GROUP_ACTIVITY_EVENT = 'AutoScalingActivity';
export const MANAGED_EVENT = 'ManagedInstanceStateChange';
