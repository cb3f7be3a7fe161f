/** `bayplan/simulate`: clusters on a virtual clock, from a scenario to its events and figures. Named re-exports only. */

export type { AlarmFleet, Decisions } from '../model/decisions.ts';
export { decisionsOf } from './controls.ts';
export type { RecordedEvent, Series, ServiceSummary, SimulationResult, Summary } from './result.ts';
export { type SimulateOptions, simulate } from './run.ts';
export {
  parseScenario,
  type Scenario,
  type ScenarioCluster,
  type ScenarioEvent,
  type ScenarioService,
} from './scenario.ts';
export type { Load } from './scenario-load.ts';
export { setPath } from './set.ts';
export { Simulation, type SimulationOptions } from './simulation.ts';
