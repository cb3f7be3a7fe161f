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

export function ruleText({ rule }: RecordedEvent): Line | undefined {
  if (rule === undefined) return undefined;
  const { ruleName, detailType, targets } = rule;
  const to = targets.length === 0 ? 'nobody' : targets.map(({ arn }) => targetText(arn)).join(', ');
  return { text: `rule ${ruleName}: ${detailType} -> ${to}`, tone: 'plain' };
}
