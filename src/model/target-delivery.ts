/** RetryPolicy and DeadLetterConfig of a rule's target, with EventBridge's defaults. Called by event-rule. */
import { onlyMembers } from './known-members.ts';
import { nameOfQueue, queueName } from './queue.ts';
import { type Fields, fields, optionalText, optionalWhole, refuse } from './read.ts';

export interface TargetDelivery {
  /** Beside the first try. */
  readonly mostRetries: number;
  readonly mostAgeMs: number;
  /** ARN of the queue for what cannot be delivered. */
  readonly deadLetterArn: string | undefined;
}

/** EventBridge API, RetryPolicy. */
const MOST_RETRIES = 185;
const AGE = { least: 60, most: 86_400 };

function deadLetterOf(input: unknown, path: string): string | undefined {
  if (input === undefined) return undefined;
  const given = fields(input, path);
  onlyMembers(given, path, ['Arn']);
  const arn = optionalText(given.Arn, `${path}.Arn`);
  if (arn === undefined) return undefined;
  if (!/^arn:[^:]+:sqs:/.test(arn))
    refuse(
      'DEAD_LETTER',
      `${path}.Arn ${arn} is no SQS queue: dead letters go to a standard queue.`,
      { path: `${path}.Arn`, value: arn, expected: ['arn:aws:sqs:...'] },
      'ValidationException',
    );
  queueName(nameOfQueue(arn), `${path}.Arn`);
  return arn;
}

/** @throws ValidationException or InvalidParameterException naming the member. */
export function parseDelivery({ RetryPolicy, DeadLetterConfig }: Fields, path: string): TargetDelivery {
  const at = `${path}.RetryPolicy`;
  const policy = RetryPolicy === undefined ? {} : fields(RetryPolicy, at);
  onlyMembers(policy, at, ['MaximumRetryAttempts', 'MaximumEventAgeInSeconds']);
  const seconds = optionalWhole(policy.MaximumEventAgeInSeconds, `${at}.MaximumEventAgeInSeconds`, AGE.least, AGE.most);
  return {
    mostRetries:
      optionalWhole(policy.MaximumRetryAttempts, `${at}.MaximumRetryAttempts`, 0, MOST_RETRIES) ?? MOST_RETRIES,
    mostAgeMs: (seconds ?? AGE.most) * 1000,
    deadLetterArn: deadLetterOf(DeadLetterConfig, `${path}.DeadLetterConfig`),
  };
}
