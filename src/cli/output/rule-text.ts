/** What rules and topics do, as lines of a timeline. Called by simulation-report. */
import type { RecordedEvent } from '../../simulate/result.ts';

interface Line {
  readonly text: string;
  readonly tone: 'plain' | 'bad';
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

/** A target that failed, and what becomes of it. */
export function invocationText({ invocation, atMs }: RecordedEvent): Line | undefined {
  if (invocation === undefined) return undefined;
  const { ruleName, targetId, errorMessage, retryAtMs, deadLetter } = invocation;
  const next =
    deadLetter === undefined
      ? `tried again in ${((retryAtMs ?? atMs) - atMs) / 1000} s`
      : `a dead letter in ${targetText(deadLetter.queueArn)} after ${deadLetter.RETRY_ATTEMPTS} retries`;
  return { text: `rule ${ruleName}, target ${targetId}: ${errorMessage}; ${next}`, tone: 'bad' };
}
