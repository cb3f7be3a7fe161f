/** Existing tasks, as describe-tasks gives them, on instances known and unknown. */
import fc from 'fast-check';
import type { Task } from '../../../src/model/task.ts';
import { among, GROUPS, instanceArn, oneIn } from './names.ts';

const STATES = [
  { lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
  { lastStatus: 'PENDING', desiredStatus: 'RUNNING' },
  { lastStatus: 'RUNNING', desiredStatus: 'STOPPED' },
  { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' },
] as const;

const attachment = { id: 'a', type: 'ElasticNetworkInterface', status: 'ATTACHED', details: [] };

/** `instances` bounds the instance numbers; some lie beyond it and are unknown. */
export const existingTasks = (instances: number): fc.Arbitrary<Task[]> =>
  fc
    .array(
      fc.record({
        instance: fc.nat(instances),
        group: among(GROUPS),
        state: among([STATES[0], STATES[0], ...STATES]),
        awsvpc: oneIn(4),
      }),
      { maxLength: 6 },
    )
    .map((draws) =>
      draws.map(({ instance, group, state, awsvpc }, k) => ({
        taskArn: `arn:aws:ecs:us-east-1:123456789012:task/default/${k.toString(16).padStart(32, 'f')}`,
        containerInstanceArn: instanceArn(instance),
        group,
        ...state,
        ...(awsvpc ? { attachments: [attachment] } : {}),
      })),
    );
