/** An alarm as metrics evaluates it. Made by Metrics when the cluster has a new one. */
import type { MetricAlarmState } from '../cluster/alarm-state.ts';
import type { Source } from './source.ts';

const AUTO_SCALING = /^arn:[^:]+:autoscaling:/;

export interface WatchedByMetrics {
  readonly alarm: MetricAlarmState;
  readonly source: Source;
  /** In the fleet, one for each reading of a period: windows that slide are evaluated in turn. */
  readonly rows: readonly number[];
  /** It has actions of Auto Scaling. */
  readonly scales: boolean;
  /** What is told of it while its actions run. */
  readonly firing: Firing;
}

/** An alarm whose actions run now. It is the same object every minute. */
export interface Firing {
  readonly alarm: MetricAlarmState;
  /** Of the state that it is in. Auto Scaling's come again while it stays in ALARM, others only when it changes. */
  actions: readonly string[];
  /** The newest datapoint; undefined when it is missing. */
  metricValue: number | undefined;
  /** It has just changed. */
  isChange: boolean;
}

/** Whether it has actions of Auto Scaling. */
export function scalesBy({ settings }: MetricAlarmState): boolean {
  return settings.actionsEnabled && settings.alarmActions.some((arn) => AUTO_SCALING.test(arn));
}

/** The row of the reading of now. */
export function rowAt({ rows, source }: WatchedByMetrics, nowMs: number): number {
  return rows[rows.length === 1 ? 0 : source.phaseAt(nowMs)] as number;
}

function actionsOf({ settings, stateValue }: MetricAlarmState): readonly string[] {
  if (!settings.actionsEnabled) return [];
  if (stateValue === 'ALARM') return settings.alarmActions;
  return stateValue === 'OK' ? settings.okActions : settings.insufficientDataActions;
}

/** What is told of it now. @param isChange it has just changed. */
export function firingNow({ alarm, source, firing }: WatchedByMetrics, isChange: boolean): Firing {
  if (isChange) firing.actions = actionsOf(alarm);
  else if (firing.isChange) firing.actions = firing.actions.filter((arn) => AUTO_SCALING.test(arn));
  firing.isChange = isChange;
  firing.metricValue = Number.isNaN(source.value) ? undefined : source.value;
  return firing;
}
