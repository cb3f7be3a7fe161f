/**
 * The whole minute: the datapoints of the past one are published, alarms are evaluated, their actions run. Called by the
 * run loop before whatever else is due at that millisecond; the scheduler's round comes after. Metrics of high resolution
 * make it come more often. Invariant: while nothing changes there is no minute.
 */

import { manage } from '../capacity/managed-scaling.ts';
import { followPolicies } from '../capacity/policies.ts';
import { apply } from '../cluster/apply.ts';
import type { ClusterState, ClusterView } from '../cluster/state.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Usage } from '../metrics/usage.ts';
import { tick as scale } from '../scale/tick.ts';
import type { RequestFlow } from '../traffic/request-flow.ts';

/** Whoever publishes datapoints beside the services: queues, capacity providers. */
export interface Publisher {
  /** Publishes the datapoints of the period that ends now. */
  publish(view: ClusterView, metrics: Metrics): void;
  /** The next whole minute at which it has something to publish; `Infinity` while nothing of it changes. */
  nextMs(view: ClusterView): number;
}

export interface Minute {
  readonly metrics: Metrics;
  readonly usage: Usage;
  readonly requests: RequestFlow;
  readonly publishers: readonly Publisher[];
}

/** When the next minute is due, after now; `Infinity` when none is needed. */
export function nextMinuteMs(view: ClusterView, { metrics, usage, requests, publishers }: Minute): number {
  let nextMs = Math.min(metrics.nextMs(view), usage.nextMs(view.nowMs), requests.nextMs(view));
  for (const one of publishers) nextMs = Math.min(nextMs, one.nextMs(view));
  return nextMs;
}

/** Sees what changed, before each round of the scheduler. */
export function observeMinute(view: ClusterView, { metrics, usage, requests }: Minute): void {
  if (view.changedAlarms.size > 0) metrics.follow(view);
  usage.observe(view, requests.observe(view));
  metrics.observe(view);
}

export function runMinute(state: ClusterState, { metrics, usage, requests, publishers }: Minute): void {
  metrics.follow(state);
  for (const alarm of state.changedAlarms) {
    if (alarm.isSetByHand) metrics.noteSetByHand(alarm);
    alarm.isSetByHand = false;
  }
  state.changedAlarms.clear();
  usage.publish(state);
  requests.publish(state, metrics);
  for (const one of publishers) one.publish(state, metrics);
  metrics.publishData(state);
  if (state.metricData.length > 0) state.metricData.length = 0;
  for (const command of metrics.evaluate(state)) apply(state, command);
  // Actions of Auto Scaling groups (`arn:aws:autoscaling:...:autoScalingGroupName/...`) and topics go to their own parts.
  const firings = metrics.actions(state.nowMs);
  for (const command of scale(state, firings)) apply(state, command);
  for (const command of manage(state, firings)) apply(state, command);
  for (const command of followPolicies(state, firings)) apply(state, command);
}
