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
  /** It has just changed, by evaluation or by hand; it has ever changed since it is watched: before no action runs. */
  isChanged: boolean;
  hasChanged: boolean;
  /** It asks for another capacity, or may do so since its service changed. */
  isAsking: boolean;
}

const NO_ACTIONS: readonly string[] = [];

/** An alarm whose actions run now. It is the same object every minute. */
export class Firing {
  readonly alarm: MetricAlarmState;
  /** The newest datapoint; undefined when it is missing. */
  metricValue: number | undefined = undefined;
  /** It has just changed. */
  #isChange = false;
  hasChanged = false;
  #actions: readonly string[] | undefined = undefined;

  constructor(alarm: MetricAlarmState) {
    this.alarm = alarm;
  }

  tell({ isChanged, hasChanged, source }: WatchedByMetrics): void {
    if (isChanged || this.#isChange) this.#actions = undefined;
    this.#isChange = isChanged;
    this.hasChanged = hasChanged;
    this.metricValue = Number.isNaN(source.value) ? undefined : source.value;
  }

  /**
   * Of the state that it is in. Auto Scaling's come again while it stays in ALARM, others only when it changes. Found when they
   * are asked for: an alarm of target tracking has no other than its policy's.
   */
  get actions(): readonly string[] {
    if (!this.hasChanged) return NO_ACTIONS;
    const { alarm } = this;
    this.#actions ??= this.#isChange ? actionsOf(alarm) : actionsOf(alarm).filter((arn) => AUTO_SCALING.test(arn));
    return this.#actions;
  }
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
