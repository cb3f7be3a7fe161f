/** Starts that were decided for instances which left before they were applied. */
import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/cluster/apply.ts';
import type { ClusterState } from '../../../src/cluster/state.ts';
import { parseScenario } from '../../../src/simulate/scenario.ts';
import { Simulation } from '../../../src/simulate/simulation.ts';
import { scenarioWith, service } from '../../simulate/scenarios.ts';

describe('daemons', () => {
  it('do not start on an instance that has left in the same round', async () => {
    const simulation = await Simulation.create(
      parseScenario(
        scenarioWith({
          services: [service({ schedulingStrategy: 'DAEMON', desiredCount: undefined })],
          events: [{ at: 60, fault: 'terminateInstance', containerInstance: 'a' }],
        }),
      ),
    );
    const state = simulation.states[0] as ClusterState;
    const instances = [...state.instances.values()];
    while (simulation.nextMs <= 120_000) simulation.step();
    const [gone] = instances.filter(({ slot }) => slot < 0);
    const deployment = [...state.services.values()][0]?.deployments[0];
    if (gone === undefined || deployment === undefined) throw new Error('nothing left');
    const before = deployment.tasks.size;
    apply(state, { type: 'StartDaemons', deployment, instances: [gone] });
    expect(deployment.tasks.size).toBe(before);
    expect(deployment.service.refusedInstances.has(gone)).toBe(false);
    simulation.dispose();
  });
});
