/** Reads and runs one scenario with what the options change. Called by simulate, alone and with --compare. */
import { instanceTypes } from '../../instance-types/index.ts';
import { parseDuration } from '../../model/duration.ts';
import type { RecordedEvent, SimulationResult } from '../../simulate/result.ts';
import { simulate } from '../../simulate/run.ts';
import { parseScenario, type Scenario } from '../../simulate/scenario.ts';
import { setPath } from '../../simulate/set.ts';
import type { Yardstick } from '../../simulate/yardstick.ts';
import { inFile } from '../input/json.ts';
import { displayName } from '../input/read-file.ts';
import type { Io } from '../io.ts';
import { Progress } from '../output/progress.ts';
import { counted } from '../output/text.ts';
import type { SimulateOptions } from './simulate-options.ts';

export interface Given {
  readonly name: string;
  readonly scenario: Scenario;
}

/**
 * The scenario with everything that is set, as if its file said so.
 * @param json the content of the file.
 */
export function scenarioOf(file: string, json: unknown, set: readonly string[], options: SimulateOptions): Given {
  const name = displayName(file);
  const seed = options.seed === undefined ? [] : [`seed=${options.seed}`];
  const scenario = parseScenario(
    inFile(file, () => [...set, ...seed].reduce(setPath, json)),
    name,
  );
  const durationMs = options.until === undefined ? scenario.durationMs : parseDuration(options.until, '--until');
  return { name, scenario: { ...scenario, durationMs } };
}

export function noteLateEvents({ name, scenario }: Given, io: Io): void {
  const late = scenario.events.filter(({ atMs }) => atMs > scenario.durationMs).length;
  if (late > 0) io.err(`note: ${name}: ${counted(late, 'event')} after the end, which will not happen\n`);
}

export async function runScenario(
  { scenario }: Given,
  { engine = 'wasm', yardsticks }: Pick<SimulateOptions, 'engine'> & { readonly yardsticks?: readonly Yardstick[] },
  io: Io,
  onEvent?: (event: RecordedEvent) => void,
): Promise<SimulationResult> {
  const progress = new Progress(io, scenario.durationMs);
  try {
    return await simulate(scenario, {
      engine,
      instanceTypes,
      onProgress: (atMs) => progress.show(atMs),
      ...(yardsticks === undefined ? {} : { yardsticks }),
      ...(onEvent === undefined ? {} : { onEvent }),
    });
  } finally {
    progress.end();
  }
}
