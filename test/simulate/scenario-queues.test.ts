/** Queues of a scenario and their load that are refused before anything happens: the path and the code. */
import { describe, expect, it } from 'vitest';
import { BayplanError } from '../../src/errors.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { scenarioWith } from './scenarios.ts';

const REFUSED: readonly [what: string, members: Members, path: string, code: string][] = [
  ['a queue twice', { queues: [{ QueueName: 'a' }, { QueueName: 'a' }] }, 'queues[1].QueueName', 'DUPLICATE'],
  ['a FIFO queue', { queues: [{ QueueName: 'a.fifo' }] }, 'queues[0].QueueName', 'QUEUE_FIFO'],
  [
    'a visibility timeout out of range',
    { queues: [{ QueueName: 'a', Attributes: { VisibilityTimeout: '43201' } }] },
    'queues[0].Attributes.VisibilityTimeout',
    'OUT_OF_RANGE',
  ],
  [
    'a dead letter queue that is not there',
    {
      queues: [
        {
          QueueName: 'a',
          Attributes: { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:1:b","maxReceiveCount":"3"}' },
        },
      ],
    },
    'queues[0].Attributes.RedrivePolicy.deadLetterTargetArn',
    'QUEUE_NOT_FOUND',
  ],
  ['a poller of no queue', { behaviour: { web: { queue: 'a' } } }, 'behaviour["web"].queue', 'QUEUE_NOT_FOUND'],
  ['messages of a service', { load: [{ service: 'web', signal: 'messages' }] }, 'load[0].queue', 'LOAD_OF'],
  ['requests of a queue', { load: [{ queue: 'a', signal: 'requests' }] }, 'load[0].service', 'LOAD_OF'],
  ['messages of no queue', { load: [{ queue: 'a', signal: 'messages' }] }, 'load[0].queue', 'QUEUE_NOT_FOUND'],
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
