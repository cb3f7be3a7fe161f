/** Existing tasks: which ones count, and what they hold that the instance record does not show. */
import { describe, expect, it } from 'vitest';
import { parseTasks } from '../../src/model/imported-task.ts';
import { refusal } from './refusal.ts';

const parse = (members: object) => parseTasks([{ taskArn: 'arn:task/a', ...members }])[0];

describe('an existing task', () => {
  it.each([
    ['RUNNING', 'RUNNING', true],
    ['RUNNING', 'PROVISIONING', true],
    ['RUNNING', 'STOPPED', false],
    ['STOPPED', 'RUNNING', false],
    ['STOPPED', 'STOPPED', false],
    [undefined, undefined, true],
  ])('desired %s and last %s counts: %s', (desiredStatus, lastStatus, active) => {
    expect(parse({ desiredStatus, lastStatus })?.active).toBe(active);
  });

  it('holds the network interfaces that are attached or on their way', () => {
    const eni = (status?: string) => ({ type: 'ElasticNetworkInterface', status });
    const attachments = [
      eni('ATTACHED'),
      eni('PRECREATED'),
      eni(),
      eni('DELETED'),
      eni('DETACHED'),
      { type: 'AmazonElasticBlockStorage', status: 'CREATED' },
    ];
    expect(parse({ attachments })?.enis).toBe(3);
    expect(parse({})?.enis).toBe(0);
  });

  it('keeps its instance and group; a Fargate task has no instance', () => {
    expect(parse({ containerInstanceArn: 'arn:i/1', group: 'service:web' })).toMatchObject({
      containerInstanceArn: 'arn:i/1',
      group: 'service:web',
    });
    expect(parse({ launchType: 'FARGATE' })?.containerInstanceArn).toBeUndefined();
  });

  it.each([
    ['without an ARN', { taskArn: undefined }, 'tasks[0].taskArn'],
    ['with a number as group', { group: 3 }, 'tasks[0].group'],
    ['with attachments that are no list', { attachments: {} }, 'tasks[0].attachments'],
    ['with an attachment that is text', { attachments: ['eni'] }, 'tasks[0].attachments[0]'],
  ])('is refused %s', (_, members, path) => {
    expect(refusal(() => parse(members))?.path).toBe(path);
  });

  it('stands once', () => {
    expect(refusal(() => parseTasks([{ taskArn: 'a' }, { taskArn: 'a' }]))).toMatchObject({
      code: 'DUPLICATE_TASK',
      path: 'tasks[1].taskArn',
    });
  });
});
