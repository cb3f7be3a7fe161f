/** Blue/green: hooks, alarms and stops send everything back to the revision that is still whole. */
import { describe, expect, it } from 'vitest';
import { definition, instance, service } from '../../simulate/scenarios.ts';
import { countBy, liveAt, play, story, tasksAt } from '../../support/story.ts';

const ELB = 'arn:aws:elasticloadbalancing:eu-west-1:210987654321';
const groups = ['blue', 'green'].map((name) => ({
  name,
  targetGroupArn: `${ELB}:targetgroup/${name}/0123456789abcdef`,
  protocol: 'HTTP',
  port: 80,
  targetType: 'instance',
}));
const loadBalancers = [
  {
    targetGroupArn: groups[0]?.targetGroupArn,
    containerName: 'app',
    containerPort: 80,
    advancedConfiguration: {
      alternateTargetGroupArn: groups[1]?.targetGroupArn,
      productionListenerRule: `${ELB}:listener-rule/app/web/1/2/3`,
      roleArn: 'arn:aws:iam::210987654321:role/ecs',
    },
  },
];
const revisions = [1, 2].map(() => definition('web', { portMappings: [{ containerPort: 80 }] }));
const update = { at: 300, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } };
const revisionOf = ({ taskDefinitionArn }: { taskDefinitionArn: string }) => taskDefinitionArn.slice(-5);

const green = (deploymentConfiguration: object, events: object[] = [update], members: object = {}) =>
  play({
    containerInstances: [instance('a'), instance('b', 'eu-west-1b')],
    taskDefinitions: revisions,
    targetGroups: groups,
    services: [
      service({
        loadBalancers,
        deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5, ...deploymentConfiguration },
      }),
    ],
    events,
    duration: 'PT1H',
    ...members,
  });
const hook = (members: object) => ({
  hookTargetArn: 'arn:aws:lambda:eu-west-1:210987654321:function:check',
  roleArn: 'arn:aws:iam::210987654321:role/ecs',
  ...members,
});
const shifts = ({ events }: Awaited<ReturnType<typeof play>>) =>
  events.flatMap(({ atMs, traffic }) => (traffic === undefined ? [] : [`${atMs / 1000} ${traffic.percent}`]));

describe('blue/green', () => {
  it('has both revisions whole through the bake, then the new one', async () => {
    const result = await green({});
    expect(countBy(liveAt(result, 500), revisionOf)).toEqual({ 'web:1': 2, 'web:2': 2 });
    expect(shifts(result)).toEqual(['300 0', '310 100']);
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:2': 2 });
    expect(result.summary.services[0]).toMatchObject({ steady: true, belowMinimumMs: 0 });
  });

  it('replaces tasks of the new revision that end while both bake', async () => {
    const kill = { at: 400, fault: 'killTask', service: 'web', index: 2 };
    const result = await green({}, [update, kill, { ...kill, at: 401 }]);
    expect(countBy(liveAt(result, 420), revisionOf)).toEqual({ 'web:1': 2, 'web:2': 2 });
    expect(result.summary.services[0]).toMatchObject({ steady: true, rolloutState: 'COMPLETED', started: 6 });
  });

  it('keeps to its target group when all its tasks are replaced at once, and changes it with the next deployment', async () => {
    const kill = { at: 1500, fault: 'killTask', service: 'web' };
    const again = { ...update, at: 1800, input: { service: 'web', taskDefinition: 'web:1' } };
    const result = await green({}, [update, kill, { ...kill, index: 0 }, again]);
    const kinds = story(result)
      .filter((line) => line.includes(' registered '))
      .map((line) => line.split('/')[1]);
    expect(kinds).toEqual(['blue', 'green', 'green', 'blue']);
  });

  it('replaces tasks that fail their checks one for one, and moves no traffic to them', async () => {
    const ill = { behaviour: { 'web:2': { unhealthyAfterSeconds: 0 } } };
    const result = await green({}, [update], ill);
    for (const second of [400, 1000, 3500]) {
      const live = liveAt(result, second).filter(({ desiredStatus }) => desiredStatus === 'RUNNING');
      expect(countBy(live, revisionOf)).toEqual({ 'web:1': 2, 'web:2': 2 });
    }
    expect(shifts(result)).toEqual(['300 0']);
    expect(result.summary.services[0]).toMatchObject({ rolloutState: 'IN_PROGRESS', steady: false });
  });

  it('leaves a draining instance when what was there has been replaced', async () => {
    const drain = { at: 400, call: 'UpdateContainerInstancesState' };
    const input = { containerInstances: ['a'], status: 'DRAINING' };
    const result = await green({}, [update, { ...drain, input }]);
    expect(countBy(liveAt(result, 590), ({ containerInstanceArn = '' }) => containerInstanceArn.slice(-1))).toEqual({
      a: 1,
      b: 3,
    });
    expect(result.summary.services[0]).toMatchObject({ steady: true, belowMinimumMs: 0 });
  });

  it('comes to a greater count before the old revision goes', async () => {
    const more = { at: 400, call: 'UpdateService', input: { service: 'web', desiredCount: 4 } };
    const result = await green({}, [update, more]);
    expect(countBy(liveAt(result, 590), revisionOf)).toEqual({ 'web:1': 2, 'web:2': 4 });
    expect(result.summary.services[0]).toMatchObject({ steady: true, belowMinimumMs: 0 });
  });

  it('goes back whole when an alarm comes during the bake', async () => {
    const alarms = { enable: true, rollback: true, alarmNames: ['errors'] };
    const alarm = { at: 400, call: 'SetAlarmState', input: { AlarmName: 'errors', StateValue: 'ALARM' } };
    const result = await green({ alarms }, [update, alarm]);
    expect(shifts(result)).toEqual(['300 0', '310 100', '400 0']);
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:1': 2 });
    // No task of the old revision was touched.
    expect(tasksAt(result).filter((task) => revisionOf(task) === 'web:1')).toHaveLength(2);
    expect(result.summary.services[0]).toMatchObject({ steady: true });
  });

  it('leaves both revisions as they are when it is aborted', async () => {
    const abort = {
      at: 400,
      call: 'StopServiceDeployment',
      input: { serviceDeploymentArn: 'web', stopType: 'ABORT' },
    };
    const result = await green({}, [update, abort]);
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:1': 2, 'web:2': 2 });
    expect(result.summary.services[0]).toMatchObject({ rolloutState: 'FAILED', steady: false });
  });

  it('goes back when it is stopped by hand', async () => {
    const stop = { at: 400, call: 'StopServiceDeployment', input: { serviceDeploymentArn: 'web' } };
    const result = await green({}, [update, stop]);
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:1': 2 });
    expect(story(result, 400)[0]).toBe('400 (deployment D2) deployment failed: Deployment stopped by user.');
  });
});

describe('lifecycle hooks', () => {
  it('hold a stage until they answer', async () => {
    const lifecycleHooks = [
      hook({ lifecycleStages: ['POST_SCALE_UP'], hookDetails: { hookStatus: 'SUCCEEDED', afterSeconds: 120 } }),
    ];
    expect(shifts(await green({ lifecycleHooks }))).toEqual(['300 0', '430 100']);
  });

  it('that fail send everything back before any traffic moved', async () => {
    const lifecycleHooks = [
      hook({ lifecycleStages: ['POST_SCALE_UP'], hookDetails: { hookStatus: 'FAILED', afterSeconds: 60 } }),
    ];
    const result = await green({ lifecycleHooks });
    expect(shifts(result)).toEqual(['300 0']);
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:1': 2 });
    expect(story(result, 370)[0]).toContain('deployment failed: ECS deployment lifecycle hook failed at POST_SCALE_UP');
  });

  it('that pause go on when they are told', async () => {
    const pause = { targetType: 'PAUSE', lifecycleStages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'] };
    const go = { at: 1000, call: 'ContinueServiceDeployment', input: { serviceDeploymentArn: 'web' } };
    expect(shifts(await green({ lifecycleHooks: [pause] }, [update, go]))).toEqual(['300 0', '1000 100']);
  });
});
