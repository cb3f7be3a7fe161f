/** What alarms and Application Auto Scaling do, as lines of a timeline. Called by simulation-report. */
import type { RecordedEvent } from '../../simulate/result.ts';

interface Line {
  readonly text: string;
  readonly tone: 'plain' | 'bad';
}

/** `AlarmHigh of policy cpu`, or the name that the user gave. */
function nameOf({ alarmName, policyName }: NonNullable<RecordedEvent['alarm']>): string {
  const side = /-(Alarm(?:High|Low))-[0-9a-f-]{36}$/.exec(alarmName)?.[1];
  // Managed scaling names its policy itself.
  const policy = policyName?.replace(/-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '');
  return policy === undefined || side === undefined ? `alarm ${alarmName}` : `${side} of policy ${policy}`;
}

/** At most three digits behind the point. */
function figure(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** An alarm that has just been made comes to OK: that is no news. */
export function alarmText({ alarm }: RecordedEvent): Line | undefined {
  if (alarm === undefined || (alarm.stateValue !== 'ALARM' && alarm.previousState !== 'ALARM')) return undefined;
  const isBad = alarm.stateValue === 'ALARM' && alarm.policyName === undefined;
  return { text: `${nameOf(alarm)} is in ${alarm.stateValue}`, tone: isBad ? 'bad' : 'plain' };
}

/** `policy cpu: 52 at a target of 50, 2 tasks` */
function inputsText({ policyName, metricValue, targetValue, threshold, baseCapacity }: Inputs): string {
  const at = targetValue === undefined ? `at a threshold of ${threshold}` : `at a target of ${targetValue}`;
  return `policy ${policyName}: ${figure(metricValue ?? 0)} ${at}, ${baseCapacity} tasks`;
}

interface Inputs {
  readonly policyName?: string;
  readonly metricValue?: number;
  readonly targetValue?: number;
  readonly threshold?: number;
  readonly baseCapacity?: number;
}

export function activityText({ activity }: RecordedEvent): Line | undefined {
  if (activity === undefined) return undefined;
  const { description, cause, inputs, notScaledReasons = [] } = activity;
  const why = inputs.policyName === undefined ? cause : inputsText(inputs);
  const reasons = notScaledReasons.map(({ Code }) => String(Code));
  const text = reasons.length === 0 ? description : `not scaled: ${reasons.join(', ')}`;
  return { text: `${text} (${why})`, tone: 'plain' };
}
