/** Amazon Resource Names in the long format, as the recorded answers have them. */
import { describe, expect, it } from 'vitest';
import {
  clusterArn,
  containerArn,
  DEFAULT_CONTEXT,
  lastSegment,
  taskArn,
  taskDefinitionArn,
} from '../../src/base/arn.ts';

const context = { region: 'eu-central-1', account: '000000000001', cluster: 'prod' };

describe('Amazon Resource Names', () => {
  it('name region, account and cluster', () => {
    expect([
      clusterArn(context),
      taskArn(context, 'abc'),
      containerArn(context, 'abc', 'def'),
      taskDefinitionArn(context, 'web', 3),
      clusterArn(DEFAULT_CONTEXT),
    ]).toEqual([
      'arn:aws:ecs:eu-central-1:000000000001:cluster/prod',
      'arn:aws:ecs:eu-central-1:000000000001:task/prod/abc',
      'arn:aws:ecs:eu-central-1:000000000001:container/prod/abc/def',
      'arn:aws:ecs:eu-central-1:000000000001:task-definition/web:3',
      'arn:aws:ecs:us-east-1:123456789012:cluster/default',
    ]);
  });

  it.each([
    ['arn:aws:ecs:us-east-1:1:container-instance/default/abc', 'abc'],
    ['arn:aws:ecs:us-east-1:1:container-instance/abc', 'abc'],
    ['abc', 'abc'],
    ['', ''],
  ])('%j ends in %j', (arn, id) => {
    expect(lastSegment(arn)).toBe(id);
  });
});
