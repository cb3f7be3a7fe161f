/** Where requests go: equal parts over the targets that get traffic, by weight over revisions, never more than all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClusterView, ServiceState, TargetHealth, TargetState } from '../../src/cluster/state.ts';
import { receivers, sharesOf } from '../../src/traffic/requests.ts';

const targets = (...healths: TargetHealth[]): TargetState[] =>
  healths.map((health, k) => ({ id: `10.0.0.${k}`, health }) as TargetState);

interface Revision {
  readonly permille: number;
  readonly group: 'blue' | 'green';
  readonly healths: readonly TargetHealth[];
}

/** A service with a blue and a green group, the newest revision first. */
function scene(revisions: readonly Revision[], strategy: string, hasAlternate = true) {
  const groups = new Map(
    ['blue', 'green'].map((name) => [name, { settings: { targetGroupArn: name }, targets: new Set<TargetState>() }]),
  );
  const deployments = revisions.map(({ permille, group: name, healths }) => {
    const group = groups.get(name);
    const tasks = healths.map((health, k) => {
      const target = { group, id: `${name}.${k}`, health } as unknown as TargetState;
      group?.targets.add(target);
      return { targets: [target] };
    });
    return { trafficPermille: permille, tasks: new Set(tasks) };
  });
  const advancedConfiguration = hasAlternate ? { alternateTargetGroupArn: 'green' } : undefined;
  const settings = {
    deploymentConfiguration: { strategy },
    loadBalancers: [{ targetGroupArn: 'blue', containerName: 'app', containerPort: 80, advancedConfiguration }],
  };
  const view = { targetGroups: groups } as unknown as ClusterView;
  const shares = sharesOf(view, { settings, deployments } as unknown as ServiceState, 'blue');
  return shares.map(({ target, part }) => [target.id, part]);
}

describe('the targets that get traffic', () => {
  it('are the healthy ones', () => {
    expect(receivers(targets('healthy', 'unhealthy', 'healthy', 'initial')).map(({ id }) => id)).toEqual([
      '10.0.0.0',
      '10.0.0.2',
    ]);
  });

  it('are the unhealthy ones when none is healthy, but never new or draining ones', () => {
    expect(receivers(targets('unhealthy', 'initial', 'draining')).map(({ id }) => id)).toEqual(['10.0.0.0']);
    expect(receivers(targets('initial', 'draining', 'unused'))).toEqual([]);
  });
});

describe('the shares of a request', () => {
  it('are equal over all targets of the group while a rolling update replaces its tasks', () => {
    const rolling: Revision[] = [
      { permille: 1000, group: 'blue', healths: ['healthy', 'initial'] },
      { permille: 1000, group: 'blue', healths: ['healthy', 'draining'] },
    ];
    const half = [
      ['blue.0', 0.5],
      ['blue.0', 0.5],
    ];
    expect(scene(rolling, 'ROLLING')).toEqual(half);
    expect(scene(rolling, 'ROLLING', false)).toEqual(half);
  });

  it('go by weight over the revisions of a canary, then evenly', () => {
    expect(
      scene(
        [
          { permille: 100, group: 'green', healths: ['healthy'] },
          { permille: 1000, group: 'blue', healths: ['healthy', 'healthy'] },
        ],
        'CANARY',
      ),
    ).toEqual([
      ['green.0', 0.1],
      ['blue.0', 0.45],
      ['blue.1', 0.45],
    ]);
  });

  it('go to the new revision alone once all traffic is on it, and to the old one after a rollback', () => {
    const [old, young]: Revision[] = [
      { permille: 1000, group: 'blue', healths: ['healthy'] },
      { permille: 1000, group: 'green', healths: ['healthy'] },
    ];
    expect(scene([young as Revision, old as Revision], 'BLUE_GREEN')).toEqual([['green.0', 1]]);
    expect(scene([old as Revision, { ...(young as Revision), permille: 0 }], 'BLUE_GREEN')).toEqual([['blue.0', 1]]);
  });

  it('of a revision without targets are lost', () => {
    expect(
      scene(
        [
          { permille: 250, group: 'green', healths: ['initial'] },
          { permille: 1000, group: 'blue', healths: ['healthy'] },
        ],
        'LINEAR',
      ),
    ).toEqual([['blue.0', 0.75]]);
  });

  it('are none where the group is unknown', () => {
    const view = { targetGroups: new Map() } as unknown as ClusterView;
    expect(sharesOf(view, { settings: { loadBalancers: [] } } as unknown as ServiceState, 'blue')).toEqual([]);
  });

  it('never sum up to more than one, whatever the weights', () => {
    const health = fc.constantFrom<TargetHealth>('healthy', 'unhealthy', 'initial', 'draining');
    const revision = fc.record({
      permille: fc.integer({ min: 0, max: 1000 }),
      group: fc.constantFrom('blue' as const, 'green' as const),
      healths: fc.array(health, { maxLength: 5 }),
    });
    fc.assert(
      fc.property(
        fc.array(revision, { maxLength: 4 }),
        fc.constantFrom('ROLLING', 'CANARY'),
        fc.boolean(),
        (revisions, strategy, hasAlternate) => {
          const sum = scene(revisions, strategy, hasAlternate).reduce((total, [, part]) => total + Number(part), 0);
          expect(sum).toBeLessThanOrEqual(1 + 1e-12);
        },
      ),
    );
  });
});
