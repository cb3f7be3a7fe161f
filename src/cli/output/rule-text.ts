/** What rules and topics do, as lines of a timeline. Called by simulation-report. */
import type { RecordedEvent } from '../../simulate/result.ts';

interface Line {
  readonly text: string;
  readonly tone: 'plain';
}

/** `cluster demo`, `topic ops`, `queue jobs`. */
function targetText(arn: string): string {
  const name = arn.slice(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
  if (arn.includes(':cluster/')) return `cluster ${name}`;
  return `${arn.split(':')[2] === 'sns' ? 'topic' : 'queue'} ${name}`;
}

/** What a rule makes a topic say is in its own line; an alarm has none. */
export function ruleText({ rule, notification }: RecordedEvent): Line | undefined {
  if (notification?.alarmName !== undefined)
    return { text: `alarm ${notification.alarmName} -> ${targetText(notification.topicArn)}`, tone: 'plain' };
  if (rule === undefined) return undefined;
  const { ruleName, detailType, targets } = rule;
  const to = targets.length === 0 ? 'nobody' : targets.map(({ arn }) => targetText(arn)).join(', ');
  return { text: `rule ${ruleName}: ${detailType} -> ${to}`, tone: 'plain' };
}
