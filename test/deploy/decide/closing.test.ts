/** Deleting a service: refused while it has a count, or by force; protected tasks too; its name is free afterwards. */
import { describe, expect, it } from 'vitest';
import { service } from '../../simulate/scenarios.ts';
import { liveAt, play } from '../../support/story.ts';

const remove = (at: number, members = {}) => ({ at, call: 'DeleteService', input: { service: 'web', ...members } });
const refusals = ({ events }: Awaited<ReturnType<typeof play>>) =>
  events.flatMap(({ error }) => (error === undefined ? [] : [error]));

describe('DeleteService', () => {
  it('is refused above a count of 0', async () => {
    const result = await play({ events: [remove(300)] });
    expect(refusals(result)).toEqual([
      { name: 'InvalidParameterException', message: 'The service cannot be stopped while it is scaled above 0.' },
    ]);
    expect(liveAt(result)).toHaveLength(2);
  });

  it('with force stops every task, protected ones too', async () => {
    const protect = { tasks: ['web[0]'], protectionEnabled: true };
    const result = await play({
      events: [{ at: 200, call: 'UpdateTaskProtection', input: protect }, remove(300, { force: true })],
    });
    expect(liveAt(result)).toEqual([]);
    expect(result.services).toMatchObject([{ status: 'INACTIVE', desiredCount: 0, runningCount: 0 }]);
    expect(result.summary.steady).toBe(true);
  });

  it('during an update stops both revisions', async () => {
    const update = { at: 300, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } };
    const result = await play({ events: [update, remove(310, { force: true })] });
    expect(liveAt(result)).toEqual([]);
    expect(result.services).toMatchObject([{ status: 'INACTIVE' }]);
  });

  it('leaves a service that cannot be updated, then a name that can be used again', async () => {
    const input = { service: 'web', desiredCount: 3 };
    const result = await play({
      events: [
        remove(300, { force: true }),
        { at: 300, call: 'UpdateService', input },
        { at: 400, call: 'CreateService', input: service({ desiredCount: 1 }) },
      ],
    });
    expect(refusals(result)).toMatchObject([{ name: 'ServiceNotActiveException' }]);
    expect(liveAt(result)).toHaveLength(1);
  });
});
