/** SQS queues of a scenario: CreateQueue's input, read and checked. */
import { type Fields, fields, optionalText, optionalWhole, refuse, text, whole } from './read.ts';

export interface QueueSettings {
  readonly name: string;
  readonly visibilityTimeoutMs: number;
  readonly delayMs: number;
  readonly retentionMs: number;
  /** Where a message goes that has been received so often. */
  readonly redrive: { readonly queueName: string; readonly maxReceiveCount: number } | undefined;
  /** Messages that are there at time 0. */
  readonly messages: number;
}

const invalid = 'ValidationException';
const NAME = /^[A-Za-z0-9_-]{1,80}$/;
/** SQS API, SetQueueAttributes: seconds. */
const VISIBILITY = { unless: 30, least: 0, most: 43_200 };
const DELAY = { unless: 0, least: 0, most: 900 };
const RETENTION = { unless: 345_600, least: 60, most: 1_209_600 };
const MOST_RECEIVES = 1000;
/** Messages are counted in doubles and numbered; more than any queue holds. */
export const MOST_MESSAGES = 1e9;

export function queueName(value: unknown, path: string): string {
  const name = text(value, path);
  if (name.endsWith('.fifo'))
    refuse(
      'QUEUE_FIFO',
      `${path} ${name}: FIFO queues are not simulated; leave .fifo out.`,
      { path, value: name },
      invalid,
    );
  if (NAME.test(name)) return name;
  return refuse(
    'QUEUE_NAME',
    `${path} must have 1 to 80 letters, digits, hyphens or underscores, but was ${JSON.stringify(name)}.`,
    { path, value: name },
    invalid,
  );
}

/** AWS's attributes are texts of digits; numbers are taken too. */
function seconds(given: Fields, name: string, { unless, least, most }: typeof DELAY, path: string): number {
  const value = given[name];
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return number === undefined ? unless : whole(number, `${path}.${name}`, least, most);
}

function redriveOf(value: unknown, path: string): QueueSettings['redrive'] {
  if (value === undefined) return undefined;
  const given = fields(typeof value === 'string' ? parseJson(value, path) : value, path);
  const { maxReceiveCount: count } = given;
  const number = typeof count === 'string' && /^\d{1,4}$/.test(count) ? Number(count) : count;
  return {
    queueName: queueName(nameOfQueue(text(given.deadLetterTargetArn, `${path}.deadLetterTargetArn`)), path),
    maxReceiveCount: whole(number, `${path}.maxReceiveCount`, 1, MOST_RECEIVES),
  };
}

function parseJson(value: string, path: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return refuse('QUEUE_REDRIVE', `${path} must be JSON text.`, { path, value }, invalid);
  }
}

/** The name in an ARN or URL, or the name itself. */
export function nameOfQueue(arnOrUrl: string): string {
  return arnOrUrl.slice(Math.max(arnOrUrl.lastIndexOf(':'), arnOrUrl.lastIndexOf('/')) + 1);
}

/** @throws ValidationException for names and attributes outside SQS's ranges, and for FIFO queues. */
export function parseQueue(input: unknown, path: string): QueueSettings {
  const given = fields(input, path);
  const name = queueName(given.QueueName, `${path}.QueueName`);
  const at = `${path}.Attributes`;
  const attributes = given.Attributes === undefined ? {} : fields(given.Attributes, at);
  optionalText(attributes.FifoQueue, `${at}.FifoQueue`);
  return {
    name,
    visibilityTimeoutMs: seconds(attributes, 'VisibilityTimeout', VISIBILITY, at) * 1000,
    delayMs: seconds(attributes, 'DelaySeconds', DELAY, at) * 1000,
    retentionMs: seconds(attributes, 'MessageRetentionPeriod', RETENTION, at) * 1000,
    redrive: redriveOf(attributes.RedrivePolicy, `${at}.RedrivePolicy`),
    messages: optionalWhole(given.messages, `${path}.messages`, 0, MOST_MESSAGES) ?? 0,
  };
}
