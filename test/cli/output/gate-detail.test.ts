/** The words for each failed gate. */
import { describe, expect, it } from 'vitest';
import { gateDetail } from '../../../src/cli/output/gate-detail.ts';
import { GATES, type Gate, type GateTrace } from '../../../src/explain.ts';

const cases: [Gate, GateTrace['need'], GateTrace['have'], string][] = [
  ['STATUS', 'ACTIVE', 'DRAINING', 'is DRAINING'],
  ['LAUNCH_TYPE', 'EC2', 'EXTERNAL', 'is for launch type EXTERNAL, not EC2'],
  ['CAPACITY_PROVIDER', 'spot', undefined, 'has no capacity provider'],
  ['CAPACITY_PROVIDER', 'spot', 'on-demand', 'is of capacity provider on-demand'],
  ['AGENT', 'connected', 'disconnected', 'agent is disconnected'],
  ['ATTRIBUTE', ['a', 'b=c', 'd'], ['a', 'b=c'], 'lacks a, b=c'],
  ['LOCATION', ['z-a', 'z-b'], 'z-c', 'is in z-c, not in z-a, z-b'],
  ['LOCATION', ['z-a'], undefined, 'has no Availability Zone'],
  ['RESOURCE:CPU', 2048, 1024, 'needs 2,048 CPU units, has 1,024'],
  ['RESOURCE:MEMORY', 512, 300, 'needs 512 MiB, has 300'],
  ['RESOURCE:PORTS', ['80/tcp', '53/udp'], ['80/tcp'], '80/tcp is taken'],
  ['RESOURCE:PORTS', ['80/tcp', '53/udp'], ['80/tcp', '53/udp'], '80/tcp, 53/udp are taken'],
  ['RESOURCE:PORTS', ['80/tcp'], '100 of 100 reserved', '100 of 100 reserved ports'],
  ['RESOURCE:ENI', 1, 0, 'has no network interface left'],
  ['RESOURCE:GPU', 2, 1, 'needs 2 GPU, has 1'],
  ['RESOURCE:GPU', 'ALL', 1, 'needs ALL GPU, has 1'],
  ['DistinctInstance placement constraint unsatisfied.', 'family:web', 1, 'has 1 task of group family:web'],
  ['MemberOf placement constraint unsatisfied.', ['x', 'y'], ['x'], 'false: x'],
];

describe('gateDetail', () => {
  it.each(cases)('%s: need %j, have %j', (gate, need, have, detail) => {
    expect(gateDetail({ gate, passed: false, need, have })).toBe(detail);
  });

  it('has words for every gate', () => {
    expect(new Set(cases.map(([gate]) => gate))).toEqual(new Set(GATES));
  });
});
