/** RunTask and StartTask inputs. */
import { describe, expect, it } from 'vitest';
import { MAX_TASKS, parseRunTask, parseStartTask } from '../../src/model/run-task.ts';
import { definitionWith, registryWith } from './definitions.ts';
import { refusal } from './refusal.ts';

const registry = registryWith(
  definitionWith({ placementConstraints: [{ type: 'memberOf', expression: 'attribute:a exists' }] }),
);
const run = (input: object = {}) => parseRunTask({ taskDefinition: 'web', ...input }, registry, new Map());
const start = (input: object = {}) =>
  parseStartTask({ taskDefinition: 'web', containerInstances: ['abc'], ...input }, registry, new Map());

describe('RunTask', () => {
  it.each([
    [undefined, 1],
    [1, 1],
    [11, 11],
    [MAX_TASKS, MAX_TASKS],
  ])('with count %j runs %i', (count, tasks) => {
    expect(run({ count }).count).toBe(tasks);
  });

  it.each([[0], [-1], [1.5], ['1'], [MAX_TASKS + 1], [Number.NaN], [true]])('refuses count %j', (count) => {
    expect(refusal(() => run({ count }))).toMatchObject({ name: 'InvalidParameterException', path: 'count' });
  });

  it('keeps who started it, its tags and its overrides', () => {
    const kept = { startedBy: 's'.repeat(128), tags: [{ key: 'a', value: 'b' }], overrides: { cpu: '512' } };
    expect(run(kept).extras).toEqual(kept);
    expect(refusal(() => run({ startedBy: 's'.repeat(129) }))?.path).toBe('startedBy');
  });

  it.each([[undefined], [null], ['web'], [[]]])('refuses %j as input', (input) => {
    expect(refusal(() => parseRunTask(input, registry, new Map()))?.code).toBe('WRONG_TYPE');
  });
});

describe('StartTask', () => {
  it('does not ask for constraints or a launch type', () => {
    expect(start().placement).toMatchObject({ constraints: [], group: 'family:web', subnets: [] });
    expect(start().placement.launchType).toBeUndefined();
  });

  it('applies overrides', () => {
    expect(start({ overrides: { cpu: '512' } }).placement.taskDefinition.cpu).toBe('512');
  });

  it.each(['placementConstraints', 'placementStrategy', 'launchType', 'capacityProviderStrategy'])(
    'has no %s',
    (member) => {
      expect(refusal(() => start({ [member]: [] }))?.path).toBe(member);
    },
  );

  it.each([
    [[], 'containerInstances'],
    [undefined, 'containerInstances'],
    ['abc', 'containerInstances'],
    [['abc', 5], 'containerInstances[1]'],
    [['abc', ''], 'containerInstances[1]'],
  ])('refuses the instances %j', (containerInstances, path) => {
    expect(refusal(() => start({ containerInstances }))?.path).toBe(path);
  });

  it('keeps 36 characters of who started it', () => {
    expect(start({ startedBy: 's'.repeat(36) }).extras.startedBy).toHaveLength(36);
    expect(refusal(() => start({ startedBy: 's'.repeat(37) }))?.path).toBe('startedBy');
  });
});
