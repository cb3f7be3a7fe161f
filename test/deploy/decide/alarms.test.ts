/** Alarms of CloudWatch that a deployment watches: into ALARM fails it; in ALARM before it began does not. */
import { describe, expect, it } from 'vitest';
import { service } from '../../simulate/scenarios.ts';
import { countBy, liveAt, play, story } from '../../support/story.ts';

const deploymentConfiguration = {
  alarms: { enable: true, rollback: true, alarmNames: ['errors'] },
  maximumPercent: 150,
};
const update = { at: 300, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } };
const alarm = (at: number, StateValue = 'ALARM') => ({
  at,
  call: 'SetAlarmState',
  input: { AlarmName: 'errors', StateValue },
});
const revisionOf = ({ taskDefinitionArn }: { taskDefinitionArn: string }) => taskDefinitionArn.slice(-5);
const withAlarm = (...events: object[]) => play({ services: [service({ deploymentConfiguration })], events });

describe('a deployment alarm', () => {
  it('rolls back', async () => {
    const result = await withAlarm(update, alarm(310));
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:1': 2 });
    expect(story(result, 310).slice(0, 2)).toEqual([
      '310 (deployment D2) deployment failed: ECS deployment alarm: errors is in ALARM.',
      '310 rolling back to (deployment D1).',
    ]);
  });

  it('that was in ALARM when the deployment began is ignored, also when it comes again', async () => {
    const result = await withAlarm(alarm(200), update, alarm(310, 'OK'), alarm(311));
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:2': 2 });
  });

  it('of another name, or after the end, changes nothing', async () => {
    const other = { at: 310, call: 'SetAlarmState', input: { AlarmName: 'other', StateValue: 'ALARM' } };
    const result = await withAlarm(update, other, alarm(1200));
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:2': 2 });
  });
});
