/** Runs a scenario to its end. Called by the command line, the endpoint and by library users. Same scenario, same bytes. */
import type { SimulationResult } from './result.ts';
import type { Scenario } from './scenario.ts';
import { Simulation, type SimulationOptions } from './simulation.ts';

export interface SimulateOptions extends SimulationOptions {
  /** Stops there instead of at the scenario's end. */
  readonly untilMs?: number;
  /** Now and then, with the virtual time. */
  readonly onProgress?: (atMs: number) => void;
}

/** @throws BayplanError for a scenario whose instances or task definitions an engine refuses. */
export async function simulate(scenario: Scenario, options: SimulateOptions = {}): Promise<SimulationResult> {
  const simulation = await Simulation.create(scenario, options);
  const untilMs = Math.min(options.untilMs ?? scenario.durationMs, scenario.durationMs);
  for (let nowMs = simulation.nextMs; nowMs <= untilMs; nowMs = simulation.nextMs) {
    simulation.step();
    options.onProgress?.(nowMs);
  }
  const result = simulation.result(untilMs);
  simulation.dispose();
  return result;
}
