/** Whether an alarm is in ALARM, by its name. Called by whoever watches deployments. */
import type { ClusterView } from './state.ts';

/** Deployments watch names: also those that nobody has put an alarm for. */
export function isInAlarm(
  { alarms, metricAlarms }: Pick<ClusterView, 'alarms' | 'metricAlarms'>,
  name: string,
): boolean {
  return metricAlarms.get(name)?.stateValue === 'ALARM' || alarms.has(name);
}
