/** Alarms in a run that nobody listens to: only those of target tracking that ask for something are told of. */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/simulate/scenario.ts';
import { Simulation } from '../../src/simulate/simulation.ts';
import { scaledScenario, target, tracking } from '../support/simulation/scaled.ts';

describe('an alarm that goes into ALARM while its service is at its bound', () => {
  it('scales once the bound is moved, whether anyone listens or not', async () => {
    // 2 tasks at 150 % of their CPU; a maximum of 6 lets the next minute have all of the 6 that 50 % need.
    const scenario = parseScenario(
      scaledScenario(2, {
        scalableTargets: [target(1, 2)],
        scalingPolicies: [tracking(50)],
        load: [{ service: 'web', signal: 'cpuSeconds', points: [[0, 3]] }],
        events: [{ at: 1810, call: 'RegisterScalableTarget', input: target(1, 6) }],
      }),
    );
    for (const record of [true, false]) {
      const simulation = await Simulation.create(scenario, { record });
      while (simulation.nextMs <= 1_880_000) simulation.step();
      expect(simulation.states[0]?.services.get('web')?.desiredCount).toBe(6);
      simulation.dispose();
    }
  });
});
