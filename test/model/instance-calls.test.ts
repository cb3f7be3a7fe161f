/** The small calls that name instances or tasks, and the options of an engine. */
import { describe, expect, it } from 'vitest';
import { parseEngineOptions } from '../../src/model/engine-options.ts';
import {
  parseConnected,
  parseForce,
  parseList,
  parseName,
  parseNames,
  parseNewState,
  parseTaskStatus,
  refuseBackward,
  refuseNoInstances,
  TASK_STATUSES,
} from '../../src/model/instance-calls.ts';
import { refusal } from './refusal.ts';

describe('calls', () => {
  it.each([
    ['names that are no list', () => parseNames({ tasks: 'a' }, 'tasks'), 'tasks'],
    ['an empty name', () => parseNames({ tasks: ['a', ''] }, 'tasks'), 'tasks[1]'],
    ['no name', () => parseName({}, 'task'), 'task'],
    ['a force of text', () => parseForce({ force: 'yes' }), 'force'],
    ['a state other than ACTIVE and DRAINING', () => parseNewState({ status: 'REGISTERING' }), 'status'],
    ['no agentConnected', () => parseConnected({}), 'agentConnected'],
    ['INACTIVE as a state to list', () => parseList({ status: 'INACTIVE' }), 'status'],
    ['a filter of 2,001 characters', () => parseList({ filter: 'x'.repeat(2001) }), 'filter'],
    ['a task status that is none', () => parseTaskStatus({ status: 'DELETED' }), 'status'],
  ])('refuse %s', (_, call, path) => {
    expect(refusal(call)).toMatchObject({ name: 'InvalidParameterException', path });
  });

  it('take what is absent for the default', () => {
    expect([parseForce({}), parseList(undefined), parseList({ filter: '', status: null })]).toEqual([false, {}, {}]);
  });

  it('let a task move on or stay, never back', () => {
    TASK_STATUSES.forEach((from, k) => {
      TASK_STATUSES.forEach((to, m) => {
        expect(refusal(() => refuseBackward(from, to))?.code).toBe(m < k ? 'TASK_STATUS_BACKWARD' : undefined);
      });
    });
  });

  it('say that there is no instance in the words of ECS', () => {
    expect(refusal(() => refuseNoInstances(undefined))?.message).toBe(
      'No Container Instances were found in your cluster.',
    );
    expect(refusal(() => refuseNoInstances('asg'))?.message).toBe(
      'No Container Instances were found in your capacity provider.',
    );
  });
});

describe('options of an engine', () => {
  it('have defaults', () => {
    expect(parseEngineOptions({})).toEqual({
      seed: 0,
      region: 'us-east-1',
      account: '123456789012',
      cluster: 'default',
    });
  });

  it('name a cluster in the shape that ECS asks for', () => {
    expect(refusal(() => parseEngineOptions({ cluster: 'my cluster' }))?.message).toBe(
      'Cluster must match ^[a-zA-Z0-9\\-_]{1,255}$, but was my cluster',
    );
  });

  it.each([[-1], [0.5], [2 ** 32], ['1'], [Number.NaN]])('refuse the seed %j', (seed) => {
    expect(refusal(() => parseEngineOptions({ seed }))?.path).toBe('seed');
  });

  it('take every u32 as seed', () => {
    expect(parseEngineOptions({ seed: 0xffffffff }).seed).toBe(0xffffffff);
  });
});
