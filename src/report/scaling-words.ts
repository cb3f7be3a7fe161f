/** Scaling in words for the report: what was decided, and what from. Called by condense. Pure. */
import type { RecordedEvent } from '../simulate/result.ts';

/** UUIDs at the end of names say nothing to people. */
function short(text: string): string {
  return text.replaceAll(/-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '');
}

const INPUTS: readonly (readonly [member: string, name: string])[] = [
  ['policyName', 'Policy'],
  ['metricValue', 'Metric'],
  ['targetValue', 'Target'],
  ['threshold', 'Threshold'],
  ['baseCapacity', 'Counted from'],
  ['raw', 'Wanted'],
  ['result', 'Result'],
];

function figure(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : value;
}

/** A line each: `Metric: 72.5`. Empty without inputs. */
export function scalingDetail({ activity, groupActivity, alarm }: RecordedEvent): string {
  if (groupActivity !== undefined) return `Cause: ${short(groupActivity.cause)}`;
  if (alarm !== undefined) return `Reason: ${alarm.reason}`;
  if (activity === undefined) return '';
  const { inputs, cause } = activity;
  const told = INPUTS.filter(([member]) => inputs[member] !== undefined);
  const lines = told.map(([member, name]) => `${name}: ${figure(inputs[member] ?? '')}`);
  return [...lines, ...(lines.length === 0 ? [`Cause: ${short(cause)}`] : [])].join('\n');
}

function managedSentence(one: NonNullable<RecordedEvent['managedInstance']>): string {
  const { capacityProviderName, instanceId, instanceType, availabilityZone, instanceState, reason } = one;
  const held = one.capacityReservationId === undefined ? '' : ` (${one.capacityReservationId})`;
  const why = reason === undefined ? '' : `: ${reason}`;
  return `${capacityProviderName}: ${instanceType} ${instanceId} in ${availabilityZone}${held} is ${instanceState}${why}`;
}

function daemonSentence(one: NonNullable<RecordedEvent['daemon']>): string {
  const { daemonName, status, instanceId, reason } = one;
  const why = reason === undefined ? '' : `: ${reason}`;
  return status === undefined
    ? `Daemon ${daemonName} failed on ${instanceId}${why}`
    : `Deployment of daemon ${daemonName} is ${status}${why}`;
}

/** Undefined for events of other kinds. */
export function scalingSentence({
  activity,
  groupActivity,
  managedInstance,
  daemon,
  alarm,
}: RecordedEvent): string | undefined {
  if (alarm !== undefined) return `${short(alarm.alarmName)}: ${alarm.previousState} \u2192 ${alarm.stateValue}`;
  if (groupActivity !== undefined) return `${groupActivity.autoScalingGroupName}: ${groupActivity.description}`;
  if (managedInstance !== undefined) return managedSentence(managedInstance);
  if (daemon !== undefined) return daemonSentence(daemon);
  if (activity === undefined) return undefined;
  const reasons = (activity.notScaledReasons ?? []).map(({ Code }) => String(Code));
  return reasons.length === 0 ? activity.description : `Not scaled: ${reasons.join(', ')}`;
}
