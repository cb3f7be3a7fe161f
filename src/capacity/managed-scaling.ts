/**
 * Managed scaling: what the alarms of capacity providers do to their groups, once a minute while they are in ALARM (ECS
 * developer guide, cluster auto scaling). Called by control/minute.
 */
import type { CapacityProviderState } from '../cluster/capacity-state.ts';
import type { Command } from '../cluster/commands.ts';
import type { ClusterView } from '../cluster/state.ts';
import type { Firing } from '../metrics/watched.ts';
import { reservationOf } from './reservation.ts';
import { warming } from './warmup.ts';

export function manage(view: ClusterView, firings: readonly Firing[]): Command[] {
  const commands: Command[] = [];
  for (const provider of view.capacity.providers.values()) {
    const { policyArn, group } = provider;
    if (policyArn === undefined || group.suspended.has('AlarmNotification')) continue;
    const fired = firings.filter(({ alarm, actions }) => alarm.stateValue === 'ALARM' && actions.includes(policyArn));
    const high = fired.find(({ alarm }) => alarm.settings.alarmName === provider.alarmHigh);
    const desired = fired.length === 0 ? undefined : wanted(view, provider, high !== undefined);
    if (desired === undefined || desired === group.desiredCapacity) continue;
    const name = (high ?? fired[0])?.alarm.settings.alarmName;
    const policy = policyArn.slice(policyArn.lastIndexOf('/') + 1);
    const who = `a monitor alarm ${name} in state ALARM triggered policy ${policy}`;
    commands.push({ type: 'SetGroupCapacity', group, desired, who });
  }
  return commands;
}

/** Nothing while an instance warms up; out only up, in only down, and by less than half of the instances a minute. */
function wanted(view: ClusterView, provider: CapacityProviderState, isHigh: boolean): number | undefined {
  const { group, settings } = provider;
  if (warming(group, settings.managedScaling.instanceWarmupMs, view.nowMs).length > 0) return undefined;
  const { desiredCapacity } = reservationOf(view, provider);
  if (isHigh) return Math.max(desiredCapacity, group.desiredCapacity);
  const most = Math.max(1, Math.ceil(group.desiredCapacity / 2) - 1);
  return Math.min(group.desiredCapacity, Math.max(desiredCapacity, group.minSize, group.desiredCapacity - most));
}
