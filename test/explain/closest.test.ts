/** Counts of reasons, the closest instance, and ECS's event sentences. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, GATES, type Gate, type InstanceTrace } from '../../src/explain.ts';
import { agent, cpu, DISTINCT, draining, type Facts, instanceTrace, MEMBER, memory } from './trace.ts';

const group = 'service:web';
const closest = (...trace: InstanceTrace[]) => explain(trace, { group }).closest;
const closestId = (...trace: InstanceTrace[]) =>
  closest(...trace)
    ?.containerInstanceArn.split('/')
    .at(-1);

const TAIL = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';
const HEAD = '(service web) was unable to place a task because no container instance met all of its requirements.';

describe('the closest instance', () => {
  it('passes the most checks', () => {
    const far = instanceTrace('far', { ...cpu(100, 99), ...memory(100, 99) });
    expect(closestId(far, instanceTrace('near', agent))).toBe('near');
  });

  it('then lacks the smaller part of what its first failing check needs', () => {
    expect(closestId(instanceTrace('a', cpu(1000, 400)), instanceTrace('b', cpu(1000, 500)))).toBe('b');
    expect(closestId(instanceTrace('a', cpu(100, 10)), instanceTrace('b', memory(100_000, 20_000)))).toBe('b');
    expect(closestId(instanceTrace('a', agent), instanceTrace('b', memory(512, 300)))).toBe('b');
  });

  it('compares parts exactly', () => {
    const need = 2 ** 30 - 1;
    const a = instanceTrace('a', cpu(need, 1));
    const b = instanceTrace('b', memory(need - 1, 1));
    // (need - 1) / need against (need - 2) / (need - 1): equal as numbers of 53 bits, but the second is smaller.
    expect(closestId(a, b)).toBe('b');
  });

  it('then was registered first', () => {
    expect(closestId(instanceTrace('a', cpu(8, 4)), instanceTrace('b', cpu(8, 4)))).toBe('a');
    expect(closestId(instanceTrace('a', cpu(8, 4)), instanceTrace('b', memory(4, 2)))).toBe('a');
  });

  it('is ACTIVE and of the launch type and capacity provider asked for', () => {
    const skipped = [
      instanceTrace('a', draining),
      instanceTrace('b', { LAUNCH_TYPE: { need: 'EC2', have: 'EXTERNAL' } }),
      instanceTrace('c', { CAPACITY_PROVIDER: { need: 'p' } }),
    ];
    expect(closest(...skipped)).toBeUndefined();
    expect(closestId(...skipped, instanceTrace('d', { ...agent, ...cpu(9, 0) }))).toBe('d');
  });

  it('is not named when the task fits somewhere', () => {
    expect(closest(instanceTrace('a', agent), instanceTrace('b'))).toBeUndefined();
    expect(closest()).toBeUndefined();
  });

  it('does not depend on its place unless there is a tie', () => {
    const facts = fc.record({ need: fc.integer({ min: 1, max: 50 }), have: fc.constant(0) });
    const gates = fc.dictionary(fc.constantFrom<Gate>('RESOURCE:CPU', 'RESOURCE:MEMORY', 'AGENT'), facts, {
      minKeys: 1,
    });
    fc.assert(
      fc.property(fc.array(gates, { minLength: 1, maxLength: 6 }), (list) => {
        const trace = list.map((failed, k) => instanceTrace(String(k), failed as Partial<Record<Gate, Facts>>));
        const count = (id: string | undefined) => trace[Number(id)]?.gates.filter(({ passed }) => !passed).length;
        const most = Math.min(...trace.map(({ gates: all }) => all.filter(({ passed }) => !passed).length));
        expect(count(closestId(...trace))).toBe(most);
        expect(count(closestId(...trace.toReversed()))).toBe(most);
      }),
    );
  });
});

describe("ECS's event sentence", () => {
  it.each<[Gate, string]>([
    ['RESOURCE:CPU', 'has insufficient CPU units available.'],
    ['RESOURCE:MEMORY', 'has insufficient memory available.'],
    ['RESOURCE:PORTS', 'is already using a port required by your task.'],
    ['ATTRIBUTE', 'is missing an attribute required by your task.'],
    ['AGENT', "doesn't have the agent connected."],
    ['LOCATION', 'encountered error "LOCATION".'],
    ['RESOURCE:ENI', 'encountered error "RESOURCE:ENI".'],
    ['RESOURCE:GPU', 'encountered error "RESOURCE:GPU".'],
    [DISTINCT, 'encountered error "DistinctInstance placement constraint unsatisfied.".'],
    [MEMBER, 'encountered error "MemberOf placement constraint unsatisfied.".'],
  ])('of %s is exact', (gate, sentence) => {
    expect(closest(instanceTrace('0a1b', { [gate]: {} }))).toEqual({
      containerInstanceArn: 'arn:aws:ecs:us-east-1:123456789012:container-instance/c/0a1b',
      reason: gate,
      message: `${HEAD} The closest matching (container-instance 0a1b) ${sentence} ${TAIL}`,
    });
  });

  it('names the first failing check', () => {
    expect(closest(instanceTrace('a', { [MEMBER]: {}, ...memory(2, 1), ...cpu(2, 1) }))?.reason).toBe('RESOURCE:CPU');
  });

  it('names the group of a task that belongs to no service', () => {
    const { closest: told } = explain([instanceTrace('a', agent)], { group: 'family:web' });
    expect(told?.message).toMatch(/^\(group family:web\) was unable to place a task because /);
  });
});

describe('the counts of reasons', () => {
  it('are by first failing check, in the order of checks', () => {
    const { reasons, candidates, placeable } = explain(
      [
        instanceTrace('a', { ...memory(2, 1), [MEMBER]: {} }),
        instanceTrace('b', draining),
        instanceTrace('c', { ...cpu(2, 1), ...memory(2, 1) }),
        instanceTrace('d', memory(2, 0)),
        instanceTrace('e'),
      ],
      { group },
    );
    expect({ candidates, placeable }).toEqual({ candidates: 1, placeable: true });
    expect(reasons).toEqual({ STATUS: 1, 'RESOURCE:CPU': 1, 'RESOURCE:MEMORY': 2 });
    expect(Object.keys(reasons)).toEqual(GATES.filter((gate) => gate in reasons));
  });

  it('and candidates are all instances', () => {
    const { instances } = explain([instanceTrace('a'), instanceTrace('b', agent)], { group });
    expect(instances.map(({ gates }) => gates.length)).toEqual([GATES.length, GATES.length]);
    expect(instances.every((instance) => !('clauses' in instance))).toBe(true);
  });
});
