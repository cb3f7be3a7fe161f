/** Members that AWS has and that are not modelled are refused by name, others with the one that was meant. */
import { describe, expect, it } from 'vitest';
import { onlyMembers } from '../../src/model/known-members.ts';
import { refusal } from './refusal.ts';

const check = (given: Record<string, unknown>, path = 'group') =>
  refusal(() => onlyMembers(given, path, ['MinSize', 'MaxSize'], ['WarmPool']));

describe('onlyMembers', () => {
  it('takes what is known, and what is absent', () => {
    expect(check({ MinSize: 1, WarmPool: undefined })).toBeUndefined();
  });

  it('names what is not modelled', () => {
    expect(check({ WarmPool: {} })).toEqual({
      name: 'ValidationException',
      code: 'NOT_MODELLED',
      path: 'group.WarmPool',
      message: 'group.WarmPool: WarmPool is not modelled.',
    });
  });

  it('says which member was meant', () => {
    expect(check({ MinSise: 1 }, '')).toEqual({
      name: 'ValidationException',
      code: 'UNKNOWN_MEMBER',
      path: 'MinSise',
      message: 'MinSise: there is no member MinSise. Did you mean MinSize?',
    });
  });
});
