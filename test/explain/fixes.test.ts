/** The smallest changes: their words, their order, and when none is listed. */
import { describe, expect, it } from 'vitest';
import { explain, type Fix, GATES, type Gate, type InstanceTrace } from '../../src/explain.ts';
import { agent, clause, cpu, DISTINCT, draining, type Facts, instanceTrace, MEMBER, memory } from './trace.ts';

function fixes(...trace: InstanceTrace[]): Fix[] {
  return explain(trace, { group: 'family:web' }).fixes;
}
const changes = (...trace: InstanceTrace[]) => fixes(...trace).map(({ change }) => change);

describe('the fix of one failed check', () => {
  it.each<[Gate, Facts, string[]]>([
    ['STATUS', { have: 'DRAINING' }, ['set x to ACTIVE']],
    ['STATUS', { have: 'REGISTERING' }, ['wait until x is ACTIVE']],
    ['STATUS', { have: 'INACTIVE' }, []],
    ['LAUNCH_TYPE', { need: 'EC2', have: 'EXTERNAL' }, ['launch with launch type EXTERNAL']],
    ['CAPACITY_PROVIDER', { need: 'spot' }, ['drop capacity provider spot']],
    ['AGENT', { have: 'disconnected' }, ['reconnect the agent of x']],
    ['ATTRIBUTE', { need: ['a', 'b=c'], have: ['b=c'] }, ['add attribute b=c to x']],
    ['ATTRIBUTE', { need: ['a', 'b=c'], have: ['a', 'b=c'] }, ['add attributes a and b=c to x']],
    [
      'ATTRIBUTE',
      { need: ['ecs.vpc-id=v1|v2'], have: ['ecs.vpc-id=v1|v2'] },
      ['add a subnet in the VPC and zone of x to the network configuration'],
    ],
    ['LOCATION', { need: ['z-a'], have: 'z-b' }, ['add a subnet in z-b to the network configuration']],
    ['LOCATION', { need: ['z-a'] }, ['add attribute ecs.availability-zone to x']],
    ['RESOURCE:CPU', { need: 2048, have: 1 }, ['free 2,047 CPU units on x']],
    ['RESOURCE:CPU', { need: 2, have: 1 }, ['free 1 CPU unit on x']],
    ['RESOURCE:MEMORY', { need: 512, have: 300 }, ['free 212 MiB of memory on x']],
    ['RESOURCE:PORTS', { need: ['80/tcp', '53/udp'], have: ['80/tcp'] }, ['free port 80/tcp on x']],
    [
      'RESOURCE:PORTS',
      { need: ['80/tcp', '53/udp'], have: ['80/tcp', '53/udp'] },
      ['free ports 80/tcp and 53/udp on x'],
    ],
    ['RESOURCE:PORTS', { need: ['22/tcp'], have: ['22/tcp'] }, ['use other host ports than 22/tcp']],
    [
      'RESOURCE:PORTS',
      { need: ['22/tcp', '80/tcp'], have: ['22/tcp', '80/tcp'] },
      ['free port 80/tcp on x and use other host ports than 22/tcp'],
    ],
    [
      'RESOURCE:PORTS',
      { need: ['80/tcp', '81/tcp'], have: '99 of 100 reserved' },
      ['free 1 port on x, which has 99 of 100 reserved'],
    ],
    [
      'RESOURCE:ENI',
      { need: 1, have: 0 },
      ['free a network interface on x (stop an awsvpc task there) or use ENI trunking'],
    ],
    ['RESOURCE:GPU', { need: 2, have: 1 }, ['free 1 GPU on x']],
    ['RESOURCE:GPU', { need: 'ALL', have: 1 }, ['free every GPU on x']],
    [DISTINCT, { need: 'family:web', have: 1 }, ['stop the task of family:web on x', 'drop distinctInstance']],
    [DISTINCT, { need: 'family:web', have: 2 }, ['stop the 2 tasks of family:web on x', 'drop distinctInstance']],
  ])('%s, %j', (gate, facts, expected) => {
    expect(changes(instanceTrace('x', { [gate]: facts }))).toEqual(expected);
  });

  it('of an amount has the amount and the instance', () => {
    const x = instanceTrace('x', memory(512, 300));
    expect(fixes(x)).toEqual([
      {
        containerInstanceArn: x.containerInstanceArn,
        change: 'free 212 MiB of memory on x',
        gate: 'RESOURCE:MEMORY',
        amount: 212,
      },
    ]);
  });

  it('changes the task when the whole instance is too small', () => {
    const registered = { cpu: 1024, memoryMiB: 2048, gpus: 0 };
    const of = (failed: Partial<Record<Gate, Facts>>) => fixes(instanceTrace('x', failed, { registered }));
    expect(of(cpu(1025, 1000))).toEqual([{ change: 'ask for 25 CPU units less', gate: 'RESOURCE:CPU', amount: 25 }]);
    expect(of(cpu(1024, 1000))[0]?.change).toBe('free 24 CPU units on x');
    expect(of(memory(4096, 2048))[0]?.change).toBe('ask for 2,048 MiB of memory less');
    expect(of({ 'RESOURCE:GPU': { need: 1, have: 0 } })[0]?.change).toBe('ask for 1 GPU less');
    expect(of({ 'RESOURCE:GPU': { need: 'ALL', have: 0 } })).toEqual([]);
  });

  it('changes the task when no instance may have so many ports', () => {
    const need = Array.from({ length: 101 }, (_, k) => `${1000 + k}/tcp`);
    expect(changes(instanceTrace('x', { 'RESOURCE:PORTS': { need, have: '5 of 100 reserved' } }))).toEqual([
      'ask for 6 ports less',
    ]);
  });

  it('drops the failing clauses of an expression', () => {
    const member = { [MEMBER]: {} };
    const two = [clause(1, 'a == b', true), clause(2, 'c == d', false)];
    expect(changes(instanceTrace('x', member, { clauses: two }))).toEqual([
      'drop clause 2 of the memberOf expression (c == d)',
    ]);
    const more = [...two, clause(1, 'e exists', false, 3)];
    expect(changes(instanceTrace('x', member, { clauses: more }))).toEqual([
      'drop clause 2 of placement constraint 1 (c == d) and clause 1 of placement constraint 4 (e exists)',
    ]);
  });
});

describe('the list of fixes', () => {
  it('is empty when the task fits somewhere, and when there is no instance', () => {
    expect(fixes(instanceTrace('a'), instanceTrace('b', agent))).toEqual([]);
    expect(fixes()).toEqual([]);
  });

  it('has the smallest first, registration order deciding ties', () => {
    const trace = [
      instanceTrace('a', memory(100, 10)),
      instanceTrace('b', memory(100, 60)),
      instanceTrace('c', cpu(100, 60)),
      instanceTrace('d', memory(100, 90)),
      instanceTrace('e', { ...memory(100, 99), ...cpu(100, 99) }),
    ];
    expect(changes(...trace)).toEqual([
      'free 10 MiB of memory on d',
      'free 40 MiB of memory on b',
      'free 40 CPU units on c',
      'free 90 MiB of memory on a',
    ]);
  });

  it('has the best few of each kind', () => {
    const many = Array.from({ length: 50 }, (_, k) => instanceTrace(`m${k}`, memory(100, 50 + (k % 50))));
    const told = changes(...many, instanceTrace('x', agent), instanceTrace('y', draining));
    expect(told).toEqual([
      'free 1 MiB of memory on m49',
      'free 2 MiB of memory on m48',
      'free 3 MiB of memory on m47',
      'reconnect the agent of x',
      'set y to ACTIVE',
    ]);
  });

  it('has a change of the request once, however many instances it helps', () => {
    const clauses = [clause(1, 'a == b', false)];
    const trace = ['x', 'y', 'z'].map((id) => instanceTrace(id, { [MEMBER]: {} }, { clauses }));
    expect(fixes(...trace)).toEqual([{ change: 'drop clause 1 of the memberOf expression (a == b)', gate: MEMBER }]);
  });

  it('joins the smallest set when no single change is enough', () => {
    const a = instanceTrace('a', { ...agent, ...cpu(100, 50), ...memory(100, 99) });
    const b = instanceTrace('b', { ...cpu(100, 40), ...memory(100, 50) });
    expect(fixes(a, b)).toEqual([
      {
        containerInstanceArn: b.containerInstanceArn,
        change: 'free 60 CPU units on b and free 50 MiB of memory on b',
        gate: 'RESOURCE:CPU',
      },
    ]);
  });

  it('knows that one subnet answers for VPC and zone', () => {
    const vpc = { need: ['ecs.vpc-id=v'], have: ['ecs.vpc-id=v'] };
    expect(changes(instanceTrace('x', { ATTRIBUTE: vpc, LOCATION: { need: ['z-a'], have: 'z-b' } }))).toEqual([
      'add a subnet in the VPC and zone of x to the network configuration',
    ]);
  });

  it('never helps an instance that is past help', () => {
    expect(fixes(instanceTrace('x', { STATUS: { have: 'INACTIVE' }, ...cpu(2, 1) }))).toEqual([]);
  });

  it('has words for every check', () => {
    for (const gate of GATES) {
      const facts = { need: ['n'], have: ['DRAINING'] };
      const clauses = [clause(1, 'x', false)];
      const trace = instanceTrace('x', { [gate]: gate === 'STATUS' ? { have: 'DRAINING' } : facts }, { clauses });
      expect(changes(trace).join()).not.toBe('');
    }
  });
});
