/** Rules of a scenario that are refused before anything happens: the path and the code. */
import { describe, expect, it } from 'vitest';
import { BayplanError } from '../../src/errors.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { scenarioWith } from './scenarios.ts';

/** Of the cluster dock. */
const TARGET = { Id: 'a', Arn: 'arn:aws:ecs:eu-west-1:210987654321:cluster/dock' };
const RUN = { ...TARGET, EcsParameters: { TaskDefinitionArn: 'web' } };

const REFUSED: readonly [what: string, members: Members, path: string, code: string][] = [
  ['a rule without a pattern or schedule', { rules: [{ Name: 'a' }] }, 'rules[0]', 'RULE_KIND'],
  ['a bad rule name', { rules: [{ Name: 'a b', ScheduleExpression: 'rate(1 hour)' }] }, 'rules[0].Name', 'RULE_NAME'],
  ['a bad pattern', { rules: [{ Name: 'a', EventPattern: { a: 1 } }] }, 'rules[0].EventPattern.a', 'EVENT_PATTERN'],
  [
    'a schedule of a rule with a date',
    { rules: [{ Name: 'a', ScheduleExpression: 'at(2026-01-05T01:00:00)' }] },
    'rules[0].ScheduleExpression',
    'RULE_SCHEDULE',
  ],
  [
    'a schedule on a bus of its own',
    { rules: [{ Name: 'a', EventBusName: 'b', ScheduleExpression: 'rate(1 hour)' }] },
    'rules[0].EventBusName',
    'RULE_BUS',
  ],
  [
    'a target of another cluster',
    {
      rules: [{ Name: 'a', EventPattern: { a: [1] }, Targets: [{ ...RUN, Arn: TARGET.Arn.replace('dock', 'pier') }] }],
    },
    'rules[0].Targets[0].Arn',
    'UNKNOWN_CLUSTER',
  ],
  [
    'a target twice',
    { rules: [{ Name: 'a', EventPattern: { a: [1] }, Targets: [RUN, RUN] }] },
    'rules[0].Targets[1].Id',
    'DUPLICATE',
  ],
  [
    'a target of another kind',
    { rules: [{ Name: 'a', EventPattern: { a: [1] }, Targets: [{ Id: 'a', Arn: 'arn:aws:lambda:eu-west-1:1:f' }] }] },
    'rules[0].Targets[0].Arn',
    'TARGET_KIND',
  ],
  ...(
    [
      ['no subnets', {}, '.Subnets', 'WRONG_TYPE'],
      ['an empty list of subnets', { Subnets: [] }, '.Subnets', 'SUBNET_COUNT'],
      ['a subnet that is no text', { Subnets: ['subnet-a', 5] }, '.Subnets[1]', 'WRONG_TYPE'],
      ['a misspelt network', { Subnets: ['subnet-a'], AssignPublicIP: 'ENABLED' }, '.AssignPublicIP', 'UNKNOWN_MEMBER'],
      [
        'a public IP that is neither',
        { Subnets: ['subnet-a'], AssignPublicIp: 'YES' },
        '.AssignPublicIp',
        'NOT_ALLOWED',
      ],
    ] as const
  ).map(([what, awsvpcConfiguration, path, code]) => {
    const EcsParameters = { TaskDefinitionArn: 'web', NetworkConfiguration: { awsvpcConfiguration } };
    const rules = [{ Name: 'a', EventPattern: { a: [1] }, Targets: [{ ...TARGET, EcsParameters }] }];
    const at = 'rules[0].Targets[0].EcsParameters.NetworkConfiguration.awsvpcConfiguration';
    return [what, { rules }, `${at}${path}`, code] as [string, Members, string, string];
  }),
  [
    'too many tasks of a target',
    {
      rules: [
        {
          Name: 'a',
          EventPattern: { a: [1] },
          Targets: [{ ...TARGET, EcsParameters: { TaskDefinitionArn: 'web', TaskCount: 11 } }],
        },
      ],
    },
    'rules[0].Targets[0].EcsParameters.TaskCount',
    'OUT_OF_RANGE',
  ],
  [
    'a bad input path',
    { rules: [{ Name: 'a', EventPattern: { a: [1] }, Targets: [{ ...RUN, InputPath: 'detail' }] }] },
    'rules[0].Targets[0].InputPath',
    'INPUT_PATH',
  ],
  [
    'an unknown queue of a target',
    { rules: [{ Name: 'a', EventPattern: { a: [1] }, Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:eu-west-1:1:jobs' }] }] },
    'rules[0].Targets[0].Arn',
    'QUEUE_NOT_FOUND',
  ],
];

describe('a scenario is refused for', () => {
  it.each(REFUSED)('%s', (_, members, path, code) => {
    const error = refusal(members);
    expect(error?.facts.path).toBe(path);
    expect(error?.code).toBe(code);
  });
});

function refusal(members: Members): BayplanError | undefined {
  try {
    parseScenario(scenarioWith(members));
    return undefined;
  } catch (error) {
    if (error instanceof BayplanError) return error;
    throw error;
  }
}
