/** An alarm as metrics evaluates it. Made by Metrics when the cluster has a new one. */
import type { MetricAlarmState } from '../cluster/alarm-state.ts';
import type { Source } from './source.ts';

export interface WatchedByMetrics {
  readonly alarm: MetricAlarmState;
  readonly source: Source;
  /** In the fleet. */
  readonly row: number;
  /** Evaluation range in periods. */
  readonly range: number;
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
