/** Laws of groups and capacity providers over random scenarios; both engines agree on every byte. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../src/simulate/result.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import { Simulation } from '../../src/simulate/simulation.ts';
import type { Members } from '../model/definitions.ts';
import { capacityScenario } from '../support/simulation/capacity.ts';

const switches = fc.constantFrom('ENABLED', 'DISABLED');

const event = fc
  .record({
    at: fc.integer({ min: 1, max: 3000 }),
    kind: fc.nat(6),
    n: fc.nat(8),
    index: fc.nat(4),
    flag: fc.boolean(),
  })
  .map(({ at, kind, n, index, flag }): Members => {
    const AutoScalingGroupName = 'asg';
    const containerInstance = `asg[${index}]`;
    const calls: Members[] = [
      { call: 'UpdateService', input: { service: 'web', desiredCount: n } },
      { call: 'SetDesiredCapacity', input: { AutoScalingGroupName, DesiredCapacity: n } },
      {
        call: 'SetInstanceProtection',
        input: { AutoScalingGroupName, InstanceIds: [containerInstance], ProtectedFromScaleIn: flag },
      },
      { call: flag ? 'SuspendProcesses' : 'ResumeProcesses', input: { AutoScalingGroupName } },
      { fault: 'terminateInstance', containerInstance },
      { fault: flag ? 'loseZone' : 'restoreZone', availabilityZone: 'us-east-1a' },
      { call: 'UpdateAutoScalingGroup', input: { AutoScalingGroupName, MinSize: n > 4 ? 1 : 0, MaxSize: 4 + n } },
    ];
    return { at, ...calls[kind] };
  });

const scenario = fc
  .record({
    desired: fc.nat(5),
    atStart: fc.boolean(),
    count: fc.nat(10),
    target: fc.constantFrom(50, 90, 100),
    draining: switches,
    protection: switches,
    mixed: fc.boolean(),
    events: fc.array(event, { maxLength: 8 }),
  })
  .map(({ desired, atStart, count, target, draining, protection, mixed, events }) =>
    capacityScenario({
      group: {
        MaxSize: 8,
        DesiredCapacity: desired,
        instancesAtStart: atStart ? desired : 0,
        NewInstancesProtectedFromScaleIn: protection === 'ENABLED',
        ...(mixed
          ? { MixedInstancesPolicy: { InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 40 } } }
          : {}),
      },
      provider: {
        managedScaling: { targetCapacity: target, instanceWarmupPeriod: 60 },
        managedDraining: draining,
        managedTerminationProtection: protection,
      },
      service: { desiredCount: count },
      duration: 'PT1H',
      events,
    }),
  );

/** After every step: bounds, counts, and that scale-in spared what was protected before it. */
async function checked(given: Members, engine: 'wasm' | 'reference'): Promise<SimulationResult> {
  const simulation = await Simulation.create(parseScenario(given), { engine });
  const state = simulation.states[0] as (typeof simulation.states)[number];
  const [group] = [...state.capacity.groups.values()];
  while (group !== undefined && simulation.nextMs <= 3_600_000) {
    const guarded = [...group.instances].filter((one) => one.isProtected && !one.state.startsWith('Terminat'));
    const known = simulation.events.length;
    simulation.step();
    expect(group.desiredCapacity).toBeGreaterThanOrEqual(group.minSize);
    expect(group.desiredCapacity).toBeLessThanOrEqual(group.maxSize);
    const told = simulation.events.slice(known);
    const shrunk = told.filter(({ groupActivity }) => groupActivity?.cause.includes('shrinking the capacity'));
    const spared = guarded.filter((one) => one.isProtected);
    for (const { groupActivity } of shrunk)
      expect(spared.map(({ instanceId }) => instanceId)).not.toContain(groupActivity?.instanceId);
    for (const [task] of state.capacity.provisioning) expect(task.lastStatus).toBe('PROVISIONING');
    for (const [instance, member] of state.capacity.members) expect(member.containerInstance).toBe(instance);
  }
  const result = simulation.result(3_600_000);
  simulation.dispose();
  return result;
}

describe('random groups and capacity providers', () => {
  it('keep the laws, and are the same in both engines', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const first = await checked(given, 'wasm');
        expect(JSON.stringify(await checked(given, 'reference'))).toBe(JSON.stringify(first));
      }),
      { numRuns: 40, seed: 5 },
    );
  });
});
