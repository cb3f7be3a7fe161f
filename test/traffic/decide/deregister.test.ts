/** Who drains and who leaves at once. */
import { describe, expect, it } from 'vitest';
import type { StopCode, TargetGroupState, TargetState, TaskState } from '../../../src/cluster/state.ts';
import { deregister, remove } from '../../../src/traffic/decide/deregister.ts';
import { observe, type TaskTraffic } from '../../../src/traffic/observe.ts';
import { ec2Instance, revision, runningTask, scene, serviceNamed, targetGroup } from '../scene.ts';

/** Targets that start to drain and that leave at once, of a task with one target. */
function leaving(given: Partial<TaskState>, health: TargetState['health'] = 'healthy'): [number, number] {
  const state = scene([targetGroup('web')]);
  const task = runningTask(state, revision(serviceNamed('web')), given);
  const group = state.targetGroups.get('arn:web') as TargetGroupState;
  task.targets.push({ group, task, health } as TargetState);
  const traffic = observe(state).tasks[0] as TaskTraffic;
  return [deregister(traffic).length, remove(traffic).length];
}

const stopping = { desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING' } as const;

describe('targets of a task', () => {
  it('stay while it shall run', () => {
    expect(leaving({})).toEqual([0, 0]);
  });

  it.each<StopCode>(['ServiceSchedulerInitiated', 'UserInitiated', 'SpotInterruption'])(
    'drain when it is stopped: %s',
    (stopCode) => expect(leaving({ ...stopping, stopCode })).toEqual([1, 0]),
  );

  it('are deregistered once', () => {
    expect(leaving({ ...stopping, stopCode: 'UserInitiated' }, 'draining')).toEqual([0, 0]);
  });

  it.each<StopCode>(['EssentialContainerExited', 'TaskFailedToStart', 'InfrastructureHealth', 'TerminationNotice'])(
    'are deregistered and leave at once when it died: %s',
    (stopCode) => expect(leaving({ ...stopping, stopCode })).toEqual([1, 1]),
  );

  it.each([
    ['its containers have got the signal', { lastStatus: 'STOPPING' }],
    ['it is STOPPED', { lastStatus: 'STOPPED' }],
    ['its instance has left', { instance: { ...ec2Instance('i-1'), slot: -1 } }],
    ['its instance was stopped', { instance: { ...ec2Instance('i-1'), isHalted: true } }],
  ] as [string, Partial<TaskState>][])('that drain leave when %s', (_, given) => {
    expect(leaving({ ...stopping, stopCode: 'UserInitiated', ...given }, 'draining')).toEqual([0, 1]);
  });
});
