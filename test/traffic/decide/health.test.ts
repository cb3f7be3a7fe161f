/** What a target's answers make of it, and when. */
import { describe, expect, it } from 'vitest';
import type { TargetState } from '../../../src/cluster/state.ts';
import type { TargetGroup } from '../../../src/model/target-group.ts';
import { changeHealth } from '../../../src/traffic/decide/health.ts';
import type { Answer } from '../../../src/traffic/observe.ts';
import { targetGroup } from '../scene.ts';

function target(given: Partial<TargetState> = {}, settings: Partial<TargetGroup> = {}): TargetState {
  const group = { settings: targetGroup('web', settings), targets: new Set() };
  return { group, health: 'initial', registeredAtMs: 1000, due: undefined, ...given } as TargetState;
}

function answer(of: TargetState, failure?: Answer['failure']): Answer {
  return { target: of, failure };
}

describe('a new target', () => {
  it('is due healthy after its first answer, or after the threshold of a Network Load Balancer', () => {
    expect(changeHealth(answer(target()), 1000)).toMatchObject({ health: 'healthy', atMs: 6000 });
    const network = target({}, { kind: 'network', healthyThresholdCount: 3 });
    expect(changeHealth(answer(network), 1000)).toMatchObject({ health: 'healthy', atMs: 66_000 });
  });

  it('that fails is due unhealthy with the reason', () => {
    expect(changeHealth(answer(target(), 'Target.Timeout'), 1000)).toMatchObject({
      health: 'unhealthy',
      reason: 'Target.Timeout',
      atMs: 36_000,
    });
  });
});

describe('answers that turn', () => {
  it('make another change due, counted from the next check', () => {
    const failing = answer(target({ health: 'healthy' }), 'Target.FailedHealthChecks');
    expect(changeHealth(failing, 45_000)).toMatchObject({
      health: 'unhealthy',
      reason: 'Target.FailedHealthChecks',
      atMs: 96_000,
    });
    const recovering = target({ health: 'unhealthy', reason: 'Target.Timeout' });
    expect(changeHealth(answer(recovering), 45_000)).toMatchObject({ health: 'healthy', atMs: 186_000 });
  });

  it('and turn back take the change back', () => {
    const due = { health: 'unhealthy', atMs: 96_000 } as const;
    const steady = target({ health: 'healthy', due });
    expect(changeHealth(answer(steady), 50_000)).toEqual({ target: steady, health: 'healthy' });
    const down = target({ health: 'unhealthy', reason: 'Target.Timeout', due: { health: 'healthy', atMs: 96_000 } });
    expect(changeHealth(answer(down, 'Target.Timeout'), 50_000)).toEqual({
      target: down,
      health: 'unhealthy',
      reason: 'Target.Timeout',
    });
  });

  it('replace what a new target was due to become', () => {
    const fresh = target({ due: { health: 'healthy', atMs: 6000 } });
    expect(changeHealth(answer(fresh, 'Target.Timeout'), 2000)).toMatchObject({ health: 'unhealthy', atMs: 66_000 });
  });
});

describe('nothing changes', () => {
  it.each([
    ['a healthy target that answers', target({ health: 'healthy' }), undefined],
    ['an unhealthy target that fails', target({ health: 'unhealthy' }), 'Target.Timeout'],
    ['a change that is due already', target({ due: { health: 'healthy', atMs: 6000 } }), undefined],
    ['a draining target', target({ health: 'draining' }), 'Target.Timeout'],
    ['an unused target', target({ health: 'unused' }), undefined],
  ] as [string, TargetState, Answer['failure']][])('for %s', (_, of, failure) => {
    expect(changeHealth(answer(of, failure), 2000)).toBeUndefined();
  });
});
