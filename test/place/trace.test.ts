/** Trace: every gate of every instance with need and have, clause by clause. Seen through explain. */
import { describe, expect, it } from 'vitest';
import type { Engine, PlacementInput } from '../../src/contract.ts';
import type { GateTrace } from '../../src/explain.ts';
import { engineKinds } from '../support/engines.ts';
import { arn, cluster, definition, instance, run } from '../support/shapes.ts';

function traceOf(engine: Engine, input: Partial<PlacementInput> = {}) {
  const { instances } = engine.explain({ taskDefinition: 'web', ...input });
  return instances.map(({ gates, ...rest }) => ({ ...rest, gates: new Map(gates.map((gate) => [gate.gate, gate])) }));
}

function gateOf(
  engine: Engine,
  gate: GateTrace['gate'],
  input: Partial<PlacementInput> = {},
): Omit<GateTrace, 'gate'>[] {
  return traceOf(engine, input).map(({ gates }) => {
    const { gate: _, ...facts } = gates.get(gate) as GateTrace;
    return facts;
  });
}

const SUBNETS = [
  { subnetId: 'subnet-b', availabilityZone: 'z2', vpcId: 'vpc-2' },
  { subnetId: 'subnet-a', availabilityZone: 'z1', vpcId: 'vpc-1' },
  { subnetId: 'subnet-c', availabilityZone: 'z1', vpcId: 'vpc-1' },
];
const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-b', 'subnet-a', 'subnet-c'] } };

describe.each(engineKinds)('$name', (kind) => {
  it('has the gates that are always asked, in order, and one entry per registered instance in slot order', async () => {
    const engine = await cluster(kind, [instance(5), instance(3, { status: 'DRAINING' })]);
    const { instances } = engine.explain({ taskDefinition: 'web' });
    expect(instances.map(({ containerInstanceArn }) => containerInstanceArn)).toEqual([arn(5), arn(3)]);
    expect(instances[1]?.gates).toEqual([
      { gate: 'STATUS', passed: false, need: 'ACTIVE', have: 'DRAINING' },
      { gate: 'LAUNCH_TYPE', passed: true, need: 'EC2', have: 'EC2' },
      { gate: 'AGENT', passed: true, need: 'connected', have: 'connected' },
      { gate: 'ATTRIBUTE', passed: true, need: [], have: [] },
      { gate: 'RESOURCE:CPU', passed: true, need: 128, have: 1024 },
      { gate: 'RESOURCE:MEMORY', passed: true, need: 128, have: 1024 },
    ]);
  });

  it('has the other gates when the request asks for them, in the order of the checks', async () => {
    const task = definition(
      'web',
      { resourceRequirements: [{ type: 'GPU', value: '1' }] },
      { networkMode: 'awsvpc', placementConstraints: [{ type: 'memberOf', expression: 'attribute:x exists' }] },
    );
    const engine = await cluster(kind, [instance(0)], [task]);
    engine.registerSubnets(SUBNETS);
    const [only] = traceOf(engine, {
      networkConfiguration,
      capacityProvider: 'spot',
      placementConstraints: [{ type: 'distinctInstance' }],
    });
    expect([...(only?.gates.keys() ?? [])]).toEqual([
      'STATUS',
      'LAUNCH_TYPE',
      'CAPACITY_PROVIDER',
      'AGENT',
      'ATTRIBUTE',
      'LOCATION',
      'RESOURCE:CPU',
      'RESOURCE:MEMORY',
      'RESOURCE:ENI',
      'RESOURCE:GPU',
      'DistinctInstance placement constraint unsatisfied.',
      'MemberOf placement constraint unsatisfied.',
    ]);
  });

  it('goes on after the first failed gate', async () => {
    const engine = await cluster(kind, [instance(0, { agentConnected: false, cpuLeft: 1, memoryLeftMiB: 2 })]);
    const failed = [...(traceOf(engine)[0]?.gates.values() ?? [])].filter(({ passed }) => !passed);
    expect(failed).toEqual([
      { gate: 'AGENT', passed: false, need: 'connected', have: 'disconnected' },
      { gate: 'RESOURCE:CPU', passed: false, need: 128, have: 1 },
      { gate: 'RESOURCE:MEMORY', passed: false, need: 128, have: 2 },
    ]);
  });

  it('tells launch types and capacity providers', async () => {
    const engine = await cluster(kind, [
      instance(0, { capacityProviderName: 'steady' }),
      instance(1, { attributes: { 'ecs.capability.external': null } }),
    ]);
    expect(gateOf(engine, 'LAUNCH_TYPE', { launchType: 'EXTERNAL' })).toEqual([
      { passed: false, need: 'EXTERNAL', have: 'EC2' },
      { passed: true, need: 'EXTERNAL', have: 'EXTERNAL' },
    ]);
    expect(gateOf(engine, 'CAPACITY_PROVIDER', { capacityProvider: 'spot' })).toEqual([
      { passed: false, need: 'spot', have: 'steady' },
      { passed: false, need: 'spot' },
    ]);
  });

  it('lists the attributes that are missing, and the VPCs after them', async () => {
    const requiresAttributes = [{ name: 'b' }, { name: 'a', value: '1' }, { name: 'c' }];
    const engine = await cluster(
      kind,
      [
        instance(0, { attributes: { a: '2', c: null } }),
        instance(1, { attributes: { 'ecs.vpc-id': 'vpc-2', a: '1', b: 'x', c: 'y' } }),
      ],
      [definition('web', {}, { requiresAttributes, networkMode: 'awsvpc' })],
    );
    engine.registerSubnets(SUBNETS);
    const need = ['b', 'a=1', 'c', 'ecs.capability.execute-command', 'ecs.vpc-id=vpc-1|vpc-2'];
    expect(gateOf(engine, 'ATTRIBUTE', { networkConfiguration, enableExecuteCommand: true })).toEqual([
      { passed: false, need, have: ['b', 'a=1', 'ecs.capability.execute-command', 'ecs.vpc-id=vpc-1|vpc-2'] },
      { passed: false, need, have: ['ecs.capability.execute-command'] },
    ]);
  });

  it('lists the zones asked for once each, sorted, and the own one where there is one', async () => {
    const engine = await cluster(
      kind,
      [instance(0, { zone: 'z3' }), instance(1)],
      [definition('web', {}, { networkMode: 'awsvpc' })],
    );
    engine.registerSubnets(SUBNETS);
    expect(gateOf(engine, 'LOCATION', { networkConfiguration })).toEqual([
      { passed: false, need: ['z1', 'z2'], have: 'z3' },
      { passed: false, need: ['z1', 'z2'] },
    ]);
  });

  it('lists ports by protocol and number, and says when only the limit is passed', async () => {
    const portMappings = [
      { containerPort: 2, hostPort: 53, protocol: 'udp' as const },
      { containerPort: 3, hostPort: 8080 },
      { containerPort: 4, hostPort: 80 },
      { containerPort: 5, hostPort: 0 },
    ];
    const full = Array.from({ length: 98 }, (_, k) => String(1000 + k));
    const engine = await cluster(
      kind,
      [
        instance(0),
        instance(1, { ports: ['80', '22'], portsUdp: ['53'] }),
        instance(2, { ports: full }),
        instance(3, { ports: [...full, '80'] }),
      ],
      [definition('web', { portMappings })],
    );
    const need = ['80/tcp', '8080/tcp', '53/udp'];
    expect(gateOf(engine, 'RESOURCE:PORTS')).toEqual([
      { passed: true, need, have: [] },
      { passed: false, need, have: ['80/tcp', '53/udp'] },
      { passed: false, need, have: '98 of 100 reserved' },
      { passed: false, need, have: ['80/tcp'] },
    ]);
  });

  it('counts interfaces and GPUs that are left', async () => {
    const engine = await cluster(
      kind,
      [instance(0, { attributes: { 'ecs.instance-type': 't' }, gpuIds: ['A', 'B'], gpuIdsLeft: ['A'] }), instance(1)],
      [
        definition('web', { resourceRequirements: [{ type: 'GPU', value: 'ALL' }] }, { networkMode: 'awsvpc' }),
        definition('net', {}, { networkMode: 'awsvpc' }),
        definition('two', { resourceRequirements: [{ type: 'GPU', value: '2' }] }),
      ],
      { instanceTypes: { t: { awsvpcTasks: 2 } } },
    );
    run(engine, { taskDefinition: 'net' });
    expect(gateOf(engine, 'RESOURCE:ENI')).toEqual([
      { passed: true, need: 1, have: 1 },
      { passed: true, need: 1, have: 'unlimited' },
    ]);
    expect(gateOf(engine, 'RESOURCE:GPU')).toEqual([
      { passed: false, need: 'ALL', have: 1 },
      { passed: false, need: 'ALL', have: 0 },
    ]);
    expect(gateOf(engine, 'RESOURCE:GPU', { taskDefinition: 'two' })[0]).toEqual({ passed: false, need: 2, have: 1 });
  });

  it('names the group of distinctInstance and counts its tasks', async () => {
    const engine = await cluster(kind, [instance(0), instance(1)]);
    run(engine, { count: 2, group: 'g' });
    const input = { group: 'g', placementConstraints: [{ type: 'distinctInstance' as const }] };
    expect(gateOf(engine, 'DistinctInstance placement constraint unsatisfied.', input)).toEqual([
      { passed: false, need: 'g', have: 2 },
      { passed: true, need: 'g', have: 0 },
    ]);
  });

  it('tells the clauses of every expression apart', async () => {
    const own = {
      type: 'memberOf' as const,
      expression: 'attribute:stack==prod && (attribute:zone exists or agentConnected == true)',
    };
    const asked = { type: 'memberOf' as const, expression: 'attribute:rack in [r1,r2]' };
    const engine = await cluster(
      kind,
      [instance(0, { attributes: { stack: 'prod' } }), instance(1, { attributes: { rack: 'r2' } })],
      [definition('web', {}, { placementConstraints: [own] })],
    );
    const input = { placementConstraints: [{ type: 'distinctInstance' as const }, asked] };
    const clauses = [
      { constraint: 0, clause: 1, expression: 'attribute:stack == prod' },
      { constraint: 0, clause: 2, expression: 'attribute:zone exists or agentConnected == true' },
      { constraint: 2, clause: 1, expression: 'attribute:rack in [r1, r2]' },
    ];
    const passed = [
      [true, true, false],
      [false, true, true],
    ];
    expect(traceOf(engine, input).map((one) => one.clauses)).toEqual(
      passed.map((row) => clauses.map((clause, k) => ({ ...clause, passed: row[k] }))),
    );
    expect(gateOf(engine, 'MemberOf placement constraint unsatisfied.', input)).toEqual([
      { passed: false, need: [own.expression, asked.expression], have: ['attribute:rack in [r1, r2]'] },
      { passed: false, need: [own.expression, asked.expression], have: ['attribute:stack == prod'] },
    ]);
  });

  it('answers for an empty cluster and for a provider without instances', async () => {
    const engine = await cluster(kind, []);
    expect(engine.explain({ taskDefinition: 'web' })).toMatchObject({ placeable: false, candidates: 0, instances: [] });
    expect(engine.explain({ taskDefinition: 'web', capacityProvider: 'x' }).placeable).toBe(false);
  });

  it('changes nothing, neither tables nor draws', async () => {
    const engine = await cluster(kind, [instance(0), instance(1)], undefined, { seed: 3 });
    const twin = await cluster(kind, [instance(0), instance(1)], undefined, { seed: 3 });
    for (let k = 0; k < 3; k++) engine.explain({ taskDefinition: 'web' });
    expect(run(engine, { count: 9, placementStrategy: undefined })).toEqual(
      run(twin, { count: 9, placementStrategy: undefined }),
    );
  });
});
