/** Security group admission: only a known group without a fitting rule keeps the load balancer out. */
import { describe, expect, it } from 'vitest';
import type { IngressRule, SecurityGroup } from '../../src/model/target-group.ts';
import { admits } from '../../src/traffic/admits.ts';

function withRule(rule: Partial<IngressRule>): ReadonlyMap<string, SecurityGroup> {
  const whole = {
    fromPort: 80,
    toPort: 80,
    protocol: 'tcp',
    sourceGroups: ['sg-alb'],
    anywhere: false,
    ...rule,
  } as const;
  return new Map([['sg-task', { groupId: 'sg-task', ingress: [whole] }]]);
}

const visit = { sources: ['sg-alb'], port: 80, protocol: 'tcp' } as const;

describe('a security group', () => {
  it.each([
    ['the port', {}, true],
    ['a range with the port', { fromPort: 32768, toPort: 61000 }, false],
    ['a range that ends before', { fromPort: 1, toPort: 79 }, false],
    ['a range that ends at it', { fromPort: 1, toPort: 80 }, true],
    ['a range that begins at it', { fromPort: 80, toPort: 90 }, true],
    ['all ports', { fromPort: -1, toPort: -1 }, true],
    ['all protocols', { protocol: 'all' }, true],
    ['another protocol', { protocol: 'udp' }, false],
    ['another source', { sourceGroups: ['sg-other'] }, false],
    ['a CIDR block', { sourceGroups: [], anywhere: true }, true],
  ] as [string, Partial<IngressRule>, boolean][])('that opens %s: %j', (_, rule, expected) => {
    expect(admits(withRule(rule), ['sg-task'], visit)).toBe(expected);
  });

  it('without rules lets nobody in', () => {
    expect(admits(new Map([['sg-task', { groupId: 'sg-task', ingress: [] }]]), ['sg-task'], visit)).toBe(false);
  });

  it('is enough when another of the target does not open', () => {
    const known = new Map([...withRule({}), ['sg-closed', { groupId: 'sg-closed', ingress: [] }]]);
    expect(admits(known, ['sg-closed'], visit)).toBe(false);
    expect(admits(known, ['sg-closed', 'sg-task'], visit)).toBe(true);
  });
});

describe('what the scenario does not give', () => {
  it('lets everything in: no group of the target, none of the load balancer, or an unknown one', () => {
    const closed = withRule({ sourceGroups: [] });
    expect(admits(closed, [], visit)).toBe(true);
    expect(admits(closed, ['sg-task'], { ...visit, sources: [] })).toBe(true);
    expect(admits(closed, ['sg-unknown'], visit)).toBe(true);
    expect(admits(closed, ['sg-task'], visit)).toBe(false);
  });
});
